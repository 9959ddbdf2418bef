/** The audio files of an open mix session: what they are, their pictures, their samples. */
import type { AudioFile, AudioFileInfo } from "../../audio/audioFile.js";
import { fileStamp } from "../../audio/fileStamp.js";
import { openAudioFile } from "../../audio/openAudioFile.js";
import type { FilePeaks, FilePeaksRequest, PlayableFile, SourceState } from "../../protocol/mixProtocol.js";
import type { EditedAudio } from "../../session/audioEdits.js";
import { openedAudio } from "../../session/openedAudio.js";
import { sentenceOf } from "../wav/wavAnalysis.js";
import type { WavServices } from "../wav/wavServices.js";

/** Share of an overview after which its progress is told again. */
const PROGRESS_STEP = 0.1;

/** A file that can be read at any frame: itself, or its decoded copy. */
interface OpenSource {
  readonly file: AudioFile;
  readonly audio: EditedAudio;
  /** Where its exact peaks are; `null` until they are there. */
  overview: string | null;
}

interface Source {
  /** Of the file when it was read; "" for one that is missing. */
  readonly stamp: string;
  readonly controller: AbortController;
  state: SourceState;
  open: OpenSource | undefined;
}

export type MixSourcesServices = Pick<WavServices, "use" | "overviews" | "decoded">;

export class MixSources {
  readonly #services: MixSourcesServices;
  readonly #onChange: (path: string) => void;
  /** By absolute path. */
  readonly #sources = new Map<string, Source>();
  #isClosed = false;

  /** @param onChange told of a file of which something else is known now */
  constructor(services: MixSourcesServices, onChange: (path: string) => void) {
    this.#services = services;
    this.#onChange = onChange;
  }

  /** Turns to these files: new ones, and those that have changed on the disk, are read. */
  async follow(paths: ReadonlySet<string>): Promise<void> {
    for (const [path, source] of this.#sources) if (!paths.has(path)) this.#close(path, source);
    await Promise.all([...paths].map((path) => this.#refresh(path)));
  }

  state(path: string): SourceState {
    return this.#sources.get(path)?.state ?? { kind: "reading" };
  }

  /** Facts about a file under its own name; `undefined` until it can be read. */
  info(path: string): AudioFileInfo | undefined {
    const file = this.#sources.get(path)?.open?.file;
    return file && { ...file.info, path };
  }

  /** How its samples lie in what {@link read} gives; `undefined` until it can be read. */
  playable(path: string): PlayableFile | undefined {
    const source = this.#sources.get(path);
    const file = source?.open?.file;
    if (!file) return undefined;
    const { stamp } = source;
    const { layout, bigEndian, frameBytes, channels } = file.pcm;
    const { sampleRate, frames } = file.info;
    return { layout, bigEndian, frameBytes, channels, sampleRate, frames, stamp };
  }

  /** @throws Error if the file cannot be read */
  async peaks(path: string, { level, first, count }: Omit<FilePeaksRequest, "file">): Promise<FilePeaks> {
    const { audio, overview } = this.#required(path);
    return this.#services.use((studio) =>
      studio.peaks({ audio, overviews: [overview], level, first, count }),
    );
  }

  /** Frames as they lie in the file. @throws AudioFileError if it cannot be read */
  read(path: string, start: number, count: number): Uint8Array {
    const { file } = this.#required(path);
    const frames = Math.max(0, Math.min(count, file.info.frames - start));
    const bytes = new Uint8Array(frames * file.pcm.frameBytes);
    return bytes.subarray(0, file.readFrames(start, frames, bytes) * file.pcm.frameBytes);
  }

  dispose(): void {
    this.#isClosed = true;
    for (const [path, source] of this.#sources) this.#close(path, source);
  }

  #required(path: string): OpenSource {
    const open = this.#sources.get(path)?.open;
    if (!open) throw new Error(`${path} is not open.`);
    return open;
  }

  async #refresh(path: string): Promise<void> {
    const stamp = await stampOf(path);
    const known = this.#sources.get(path);
    if (this.#isClosed || known?.stamp === stamp) return;
    if (known) this.#close(path, known);
    const source: Source = {
      ...{ stamp, controller: new AbortController() },
      state: { kind: "reading" },
      open: undefined,
    };
    this.#sources.set(path, source);
    try {
      if (stamp === "") throw new Error("The file is missing.");
      await this.#open(path, source);
    } catch (error) {
      this.#show(path, source, { kind: "failed", message: sentenceOf(error) });
    }
  }

  async #open(path: string, source: Source): Promise<void> {
    const { use, decoded } = this.#services;
    const { signal } = source.controller;
    const { facts, source: pcm } = await use((studio) =>
      studio.openAudio({ path, cacheFolder: decoded.folder }, { signal }),
    );
    if (signal.aborted) return;
    source.open = { file: openAudioFile(pcm.path), audio: openedAudio(facts, pcm), overview: null };
    this.#showReady(path, source, 0);
    void this.#buildOverview(path, source, source.open, pcm);
  }

  async #buildOverview(
    path: string,
    source: Source,
    open: OpenSource,
    pcm: EditedAudio["sources"][number],
  ): Promise<void> {
    const { signal } = source.controller;
    let told = 0;
    const onProgress = (fraction: number): void => {
      if (fraction - told < PROGRESS_STEP) return;
      told = fraction;
      this.#showReady(path, source, Math.min(0.999, fraction));
    };
    try {
      const { path: target } = await this.#services.overviews.entry(pcm.path, "peaks");
      await this.#services.use((studio) =>
        studio.buildOverview({ source: pcm, target }, { signal, onProgress }),
      );
      open.overview = target;
      this.#showReady(path, source, 1);
    } catch {
      // Peaks go on being drawn from samples; who reads the file meets the same trouble, and tells it.
    }
  }

  #showReady(path: string, source: Source, overview: number): void {
    if (!source.open) return;
    const { channels, sampleRate, frames } = source.open.file.info;
    this.#show(path, source, { kind: "ready", facts: { channels, sampleRate, frames }, overview });
  }

  #show(path: string, source: Source, state: SourceState): void {
    if (source.controller.signal.aborted) return;
    source.state = state;
    this.#onChange(path);
  }

  #close(path: string, source: Source): void {
    this.#sources.delete(path);
    source.controller.abort();
    source.open?.file.close();
  }
}

async function stampOf(path: string): Promise<string> {
  try {
    const { file, size, modified } = await fileStamp(path);
    return `${file}:${size}:${modified}`;
  } catch {
    return "";
  }
}
