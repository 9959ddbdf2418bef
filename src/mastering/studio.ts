/** Everything heavy, behind one door: the host and the command line ask here, workers do it. */
import { availableParallelism } from "node:os";
import { WorkerPool, type JobOptions } from "../engine/workerPool.js";
import type { MasterOptions } from "./masterAlbum.js";
import type { MeasureInput, MeasuredFile } from "./measureJob.js";
import type { MixdownInput, MixdownResult } from "./renderMixdown.js";
import type { AlbumResult, SongOverview } from "./results.js";
import type { SoundInput } from "./soundJob.js";

export interface StudioOptions {
  /** The workers' program, dist/worker.js. */
  readonly workerPath: string;
  /** Most workers at once; absent or 0: as many as the machine has processors. */
  readonly workers?: number | undefined;
}

export class Studio {
  readonly #pool: WorkerPool;

  constructor({ workerPath, workers }: StudioOptions) {
    this.#pool = new WorkerPool(workerPath, workers || availableParallelism());
  }

  /** See `masterAlbum` of masterAlbum.ts. */
  async masterAlbum(albumPath: string, options: MasterOptions = {}): Promise<AlbumResult> {
    // Loaded when it is asked for: the documents' schemas come along, and measuring needs none.
    const { masterAlbum } = await import("./masterAlbum.js");
    return masterAlbum(this.#pool, albumPath, options);
  }

  /** Measures an audio file. @throws AudioFileError's message if it cannot be read */
  measure(input: MeasureInput, options: JobOptions<number> = {}): Promise<MeasuredFile> {
    return this.#pool.run("measure", input, options);
  }

  /** Measures a song, an audio file or a `*.mix.json` session, as it is before mastering. */
  overview(path: string, signal?: AbortSignal): Promise<SongOverview> {
    return this.#pool.run("overview", path, { signal });
  }

  /** Renders a `*.mix.json` session to a WAV file. */
  async mixdown(input: MixdownInput, options: JobOptions<number> = {}): Promise<MixdownResult> {
    const { mixdown } = await import("./mixdown.js");
    return mixdown(this.#pool, input, options);
  }

  /** Planar samples of edited audio, one array per audio channel. */
  sound(input: SoundInput, signal?: AbortSignal): Promise<Float32Array<ArrayBuffer>[]> {
    return this.#pool.run("sound", input, { signal });
  }

  dispose(): Promise<void> {
    return this.#pool.dispose();
  }
}
