/** What a hover shows of an audio file: picture, format, loudness. Made once for each state of a file. */
import { openedAudio } from "../../session/openedAudio.js";
import { framesOf } from "../../session/pieces.js";
import { svgDataUri, waveformSvg } from "../../viewmodel/waveformSvg.js";
import type { AudioFacts } from "../../audio/audioFacts.js";
import { fileStamp } from "../../audio/fileStamp.js";
import type { EditSource } from "../../session/audioEdits.js";
import type { FileMeasurement } from "../../engine/measureFile.js";
import type { AudioTools } from "./audioJobs.js";

export const PICTURE = { width: 320, height: 64 };
/** Files to remember. */
const MOST_FILES = 200;

/** Parts that are found one after another; each rejects with a sentence for people. */
export interface AudioPicture {
  readonly facts: Promise<AudioFacts>;
  /** Address of the picture. */
  readonly waveform: Promise<string>;
  readonly measurement: Promise<FileMeasurement>;
}

export class AudioPictures {
  readonly #tools: AudioTools;
  /** By path, the one asked for longest ago first. */
  readonly #pictures = new Map<string, { identity: string; picture: AudioPicture }>();

  constructor(tools: AudioTools) {
    this.#tools = tools;
  }

  /** @param path absolute. @throws the file system's error if there is no such file */
  async of(path: string): Promise<AudioPicture> {
    const { file, size, modified } = await fileStamp(path);
    const identity = `${file}:${size}:${modified}`;
    const known = this.#pictures.get(path);
    const entry = known?.identity === identity ? known : { identity, picture: this.#make(path) };
    this.#pictures.delete(path);
    this.#pictures.set(path, entry);
    for (const oldest of this.#pictures.keys()) {
      if (this.#pictures.size <= MOST_FILES) break;
      this.#pictures.delete(oldest);
    }
    return entry.picture;
  }

  #make(path: string): AudioPicture {
    const { studio, services } = this.#tools;
    const input = { path, cacheFolder: services.decoded.folder };
    const opened = services.use((each) => each.openAudio(input));
    const picture = {
      facts: opened.then(({ facts }) => facts),
      waveform: opened.then(({ facts, source }) => this.#draw(facts, source)),
      measurement: opened.then(({ source }) =>
        studio.use(async (each) => (await each.measure({ path: source.path, dualMono: false })).measurement),
      ),
    };
    // A failure is not remembered: what was wrong may have been put right elsewhere.
    for (const part of Object.values(picture)) part.catch(() => this.#pictures.delete(path));
    return picture;
  }

  async #draw(facts: AudioFacts, source: EditSource): Promise<string> {
    const { use, overviews } = this.#tools.services;
    const audio = openedAudio(facts, source);
    const frames = framesOf(audio);
    const level = Math.max(0, Math.ceil(Math.log2(Math.max(1, frames) / PICTURE.width)));
    const { path: target } = await overviews.entry(source.path, "peaks");
    const { values } = await use(async (studio) => {
      await studio.buildOverview({ source, target });
      const count = Math.ceil(frames / 2 ** level);
      return studio.peaks({ audio, overviews: [target], level, first: 0, count });
    });
    return svgDataUri(waveformSvg({ values, channels: audio.channels }, PICTURE));
  }
}
