import type { MasterProgress, MasterStage } from "./results.js";

/** Share of the work that lies in the first pass. */
const FIRST_PASS = 0.45;

/** Adds up the songs' progress to that of the album; it never runs backwards. */
export class AlbumProgress {
  readonly #titles: readonly string[];
  readonly #listener: ((progress: MasterProgress) => void) | undefined;
  readonly #fractions: Float64Array;

  constructor(titles: readonly string[], listener: ((progress: MasterProgress) => void) | undefined) {
    this.#titles = titles;
    this.#listener = listener;
    this.#fractions = new Float64Array(titles.length);
  }

  /** The first pass over song `song` is done to `fraction`, 0 to 1. */
  prepared(song: number, fraction: number): void {
    this.#tell(song, "processing", FIRST_PASS * fraction);
  }

  /** The second pass over song `song` is at `stage`, done to `fraction`; later attempts start again from 0. */
  finished(song: number, stage: MasterStage, fraction: number): void {
    const share = stage === "verifying" ? 1 : 0.9 * fraction;
    this.#tell(song, stage, FIRST_PASS + (1 - FIRST_PASS) * share);
  }

  #tell(song: number, stage: MasterStage, fraction: number): void {
    this.#fractions[song] = Math.max(this.#fractions[song]!, fraction);
    const songs = this.#titles.length;
    const all = this.#fractions.reduce((sum, each) => sum + each, 0) / songs;
    this.#listener?.({ song, songs, title: this.#titles[song]!, stage, fraction: all });
  }
}
