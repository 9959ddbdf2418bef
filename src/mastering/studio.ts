/** Everything heavy, behind one door: the host and the command line ask here, workers do it. */
import { availableParallelism } from "node:os";
import { WorkerPool, type JobOptions } from "../engine/workerPool.js";
import { masterAlbum, type MasterOptions } from "./masterAlbum.js";
import type { MeasureInput, MeasuredFile } from "./measureJob.js";
import { mixdown } from "./mixdown.js";
import type { MixdownInput, MixdownResult } from "./renderMixdown.js";
import type { AlbumResult, SongOverview } from "./results.js";

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

  /** See {@link masterAlbum}. */
  masterAlbum(albumPath: string, options: MasterOptions = {}): Promise<AlbumResult> {
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
  mixdown(input: MixdownInput, options: JobOptions<number> = {}): Promise<MixdownResult> {
    return mixdown(this.#pool, input, options);
  }

  dispose(): Promise<void> {
    return this.#pool.dispose();
  }
}
