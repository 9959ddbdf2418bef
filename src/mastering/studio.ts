/** Everything heavy, behind one door: the host and the command line ask here, workers do it. */
import { availableParallelism } from "node:os";
import { WorkerPool, type JobOptions } from "../engine/workerPool.js";
import type { EditedPeaksTile } from "../engine/overview/editedPeaks.js";
import type { AudioFinding } from "../engine/overview/findings.js";
import type { RangeMeasurement } from "../engine/overview/measureEdited.js";
import type { MeanSpectrum } from "../engine/overview/meanSpectrum.js";
import type { AlbumPlan } from "./albumPlan.js";
import type { CheckSoundInput, SoundCheck } from "./checkSound.js";
import type { ComparedSongs } from "./compare/compareSongs.js";
import { decodedFolderIn } from "./decodedFolder.js";
import type { Program, ProgramInput, ProgramSoundInput } from "./listening/programJobs.js";
import type { MasterOptions } from "./masterOptions.js";
import type { MeasureInput, MeasuredFile } from "./measureJob.js";
import type { NewMixInput, NewMixResult } from "./newMix.js";
import type { OpenAudioInput, OpenedAudio } from "./openAudioJob.js";
import type { SongInput } from "./openSong.js";
import type { MixdownInput, MixdownResult } from "./renderMixdown.js";
import type { RenderStreamInput } from "./renderStream.js";
import type {
  BuildOverviewInput,
  BuiltOverview,
  ColumnsInput,
  ColumnsOfFile,
  FindingsInput,
  PeaksInput,
  RangeInput,
  SpectrogramInput,
} from "./overviewJobs.js";
import type { MasterSongInput } from "./masterSong.js";
import type { AlbumResult, SongOverview, SongResult } from "./results.js";
import type { SaveAudioInput } from "./editingJobs.js";
import type { RenderResources } from "./mixdown.js";
import type { ExportedStems, ExportStemsInput } from "./stems/exportStems.js";
import type { RoughMixInput, RoughMixOptions, RoughMixResult } from "./rough/roughMix.js";
import { renderProcessFile } from "./renderProcessFile.js";
import { saveAudio } from "./saveAudio.js";
import type { RenderedProcess, RenderProcessInput } from "../engine/editing/renderProcess.js";
import type { WrittenAudio } from "../engine/editing/saveAudio.js";
import type { ImpulseInput } from "./impulseJob.js";
import type { SoundInput } from "./soundJob.js";

export interface StudioOptions {
  /** The workers' program, dist/worker.js. */
  readonly workerPath: string;
  /** Most workers at once; absent or 0: as many as the machine has processors. */
  readonly workers?: number | undefined;
  /** Where files that can be made again are kept, absolute path; without it nothing is kept. */
  readonly cacheFolder?: string | undefined;
}

/** Workers that answer while the user waits. */
const INTERACTIVE_WORKERS = 2;
/** The others are ended when they have had nothing to do for so long: each takes some 20 MB. */
const REST_SECONDS = 10;

export class Studio {
  readonly #pool: WorkerPool;
  /** For what is drawn and heard at once, so that no long job ever holds it up. */
  readonly #interactive: WorkerPool;

  readonly #decodedFolder: string | undefined;
  readonly #resources: RenderResources;

  constructor({ workerPath, workers, cacheFolder }: StudioOptions) {
    const most = workers || availableParallelism();
    this.#pool = new WorkerPool(workerPath, most, REST_SECONDS);
    this.#resources = { pool: this.#pool, workers: most, cacheFolder };
    this.#decodedFolder = cacheFolder === undefined ? undefined : decodedFolderIn(cacheFolder);
    this.#interactive = new WorkerPool(workerPath, Math.min(most, INTERACTIVE_WORKERS));
  }

  /** Starts the workers of what is drawn and heard: an editor is about to open. */
  prepare(): void {
    this.#interactive.prepare();
  }

  /** See `masterAlbum` of masterAlbum.ts. */
  async masterAlbum(albumPath: string, options: MasterOptions = {}): Promise<AlbumResult> {
    // Loaded when it is asked for: the documents' schemas come along, and measuring needs none.
    const { masterAlbum } = await import("./masterAlbum.js");
    const { cacheFolder } = this.#resources;
    return masterAlbum(this.#pool, albumPath, {
      decodedFolder: this.#decodedFolder,
      cacheFolder,
      ...options,
    });
  }

  /** See `planAlbum` of masterAlbum.ts. */
  async planAlbum(albumPath: string, options: MasterOptions = {}): Promise<AlbumPlan> {
    const { planAlbum } = await import("./masterAlbum.js");
    const { cacheFolder } = this.#resources;
    return planAlbum(this.#pool, albumPath, { decodedFolder: this.#decodedFolder, cacheFolder, ...options });
  }

  /** See `masterSong` of masterSong.ts. */
  async masterSong(input: MasterSongInput, options: JobOptions<number> = {}): Promise<SongResult> {
    const { masterSong } = await import("./masterSong.js");
    return masterSong(this.#pool, { decodedFolder: this.#decodedFolder, ...input }, options);
  }

  /** See `checkSound` of checkSound.ts. */
  async checkSound(
    input: Omit<CheckSoundInput, "decodedFolder">,
    options: JobOptions<number> = {},
  ): Promise<SoundCheck[]> {
    const { checkSound } = await import("./checkSound.js");
    return checkSound(this.#pool, { ...input, decodedFolder: this.#decodedFolder }, options);
  }

  /** Measures an audio file. @throws AudioFileError's message if it cannot be read */
  measure(input: MeasureInput, options: JobOptions<number> = {}): Promise<MeasuredFile> {
    return this.#pool.run("measure", input, options);
  }

  /** Measures a song, an audio file or a `*.mix.json` session, as it is before mastering. */
  overview(path: string, signal?: AbortSignal): Promise<SongOverview> {
    const input: SongInput = { path, decodedFolder: this.#decodedFolder };
    return this.#pool.run("overview", input, { signal });
  }

  /**
   * Facts about an audio file, and PCM of it for editing; decodes it first where it is compressed.
   * @throws AudioFileError's message if it cannot be read
   */
  async openAudio(input: OpenAudioInput, options: JobOptions<number> = {}): Promise<OpenedAudio> {
    const { signal } = options;
    const opened = await this.#interactive.run<OpenedAudio | null>("openPcm", input.path, { signal });
    return opened ?? this.#pool.run("openAudio", input, options);
  }

  /** Renders a `*.mix.json` session to a WAV file. */
  async mixdown(input: MixdownInput, options: JobOptions<number> = {}): Promise<MixdownResult> {
    const { mixdown } = await import("./mixdown.js");
    return mixdown(this.#resources, { decodedFolder: this.#decodedFolder, ...input }, options);
  }

  /** See `renderStream` of renderStream.ts. */
  async renderStream(input: RenderStreamInput, options: JobOptions<number> = {}): Promise<number> {
    const { renderStream } = await import("./renderStream.js");
    return renderStream(this.#resources, { decodedFolder: this.#decodedFolder, ...input }, options);
  }

  /** See `compareSongs` of compare/compareSongs.ts. */
  async compare(a: SongInput, b: SongInput, options: JobOptions<number> = {}): Promise<ComparedSongs> {
    const { compareSongs } = await import("./compare/compareSongs.js");
    const decodedFolder = this.#decodedFolder;
    return compareSongs(this.#resources, { decodedFolder, ...a }, { decodedFolder, ...b }, options);
  }

  /** See `exportStems` of stems/exportStems.ts. */
  async exportStems(input: ExportStemsInput, options: JobOptions<number> = {}): Promise<ExportedStems> {
    const { exportStems } = await import("./stems/exportStems.js");
    return exportStems(this.#resources, { decodedFolder: this.#decodedFolder, ...input }, options);
  }

  /** Empties the render cache. @returns bytes that it took */
  async clearRenderCache(): Promise<number> {
    const { cacheFolder } = this.#resources;
    if (cacheFolder === undefined) return 0;
    const { RenderCache, renderCacheIn } = await import("./freeze/renderCache.js");
    return new RenderCache(renderCacheIn(cacheFolder)).clear();
  }

  /** Writes a new mix session; see `newMix` of newMix.ts. */
  newMix(input: NewMixInput): Promise<NewMixResult> {
    return this.#pool.run("newMix", input, {});
  }

  /** See `roughMix` of rough/roughMix.ts. */
  async roughMix(input: RoughMixInput, options: RoughMixOptions = {}): Promise<RoughMixResult> {
    const { roughMix } = await import("./rough/roughMix.js");
    return roughMix(this.#pool, { decodedFolder: this.#decodedFolder, ...input }, options);
  }

  /** Planar samples of edited audio, one array per audio channel. */
  sound(input: SoundInput, signal?: AbortSignal): Promise<Float32Array<ArrayBuffer>[]> {
    return this.#interactive.run("sound", input, { signal });
  }

  /** See `openProgramJob` of listening/programJobs.ts. */
  openProgram(input: Omit<ProgramInput, "cacheFolder">): Promise<Program> {
    const cacheFolder = this.#decodedFolder;
    if (cacheFolder === undefined) throw new Error("Without a cache folder no album can be listened to.");
    return this.#interactive.run("openProgram", { ...input, cacheFolder } satisfies ProgramInput, {});
  }

  /** Planar samples of an album that is listened to, two channels for each of its sides. */
  programSound(input: ProgramSoundInput): Promise<Float32Array<ArrayBuffer>[]> {
    return this.#interactive.run("programSound", input, {});
  }

  /** Planar samples of an impulse response, one array per audio channel. */
  impulse(input: ImpulseInput): Promise<Float32Array<ArrayBuffer>[]> {
    return this.#interactive.run("impulse", input, {});
  }

  /** Computes a process of the audio editor into a file of its own. */
  renderProcess(input: RenderProcessInput, options: JobOptions<number> = {}): Promise<RenderedProcess> {
    return renderProcessFile(this.#pool, input, options);
  }

  /** See `saveAudio` of saveAudio.ts. */
  saveAudio(input: SaveAudioInput, options: JobOptions<number> = {}): Promise<WrittenAudio> {
    return saveAudio(this.#pool, input, options);
  }

  /** Makes the overview of an audio file, unless it is there already. */
  buildOverview(input: BuildOverviewInput, options: JobOptions<number> = {}): Promise<BuiltOverview> {
    return this.#pool.run("buildOverview", input, options);
  }

  /** Peaks of an audio file in so many columns. */
  columns(input: ColumnsInput, options: JobOptions<number> = {}): Promise<ColumnsOfFile> {
    return this.#pool.run("columns", input, options);
  }

  /** Peaks of edited audio, exact where its sources have overviews. */
  peaks(input: PeaksInput, signal?: AbortSignal): Promise<EditedPeaksTile> {
    return this.#interactive.run("peaks", input, { signal });
  }

  /** Columns of a spectrogram of edited audio, `rows` bytes each. */
  spectrogram(input: SpectrogramInput, signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
    return this.#interactive.run("spectrogram", input, { signal });
  }

  /** Mean spectrum of a range of edited audio. */
  spectrum(input: RangeInput, signal?: AbortSignal): Promise<MeanSpectrum> {
    return this.#interactive.run("spectrum", input, { signal });
  }

  /** Loudness and peaks of a range of edited audio. */
  measureEdited(input: RangeInput, options: JobOptions<number> = {}): Promise<RangeMeasurement> {
    return this.#pool.run("measureEdited", input, options);
  }

  /** Clipped runs, clicks, silence, dropouts and DC of edited audio, sorted; a few hundred at most. */
  findings(input: FindingsInput, options: JobOptions<number> = {}): Promise<AudioFinding[]> {
    return this.#pool.run("findings", input, options);
  }

  async dispose(): Promise<void> {
    await Promise.all([this.#pool.dispose(), this.#interactive.dispose()]);
  }
}
