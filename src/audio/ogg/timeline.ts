/** Keeps decoded audio in the place that the positions on Ogg's pages give it. */

/** Longer stretches of lost audio are not filled: the positions make no sense then. */
const LONGEST_GAP_SECONDS = 600;

/** What to do with the frames decoded from a page. */
export interface Placement {
  /** Frames of silence before them. */
  readonly silence: number;
  /** The first frames that are left out. */
  readonly skip: number;
  /** Frames that are kept behind those. */
  readonly take: number;
}

export class OggTimeline {
  readonly #longestGap: number;
  #toSkip: number;
  /** Position at which the decoder began. */
  #origin: number | undefined;
  /** Frames since the origin, those left out included. */
  #position = 0;

  /** @param skipped frames at the beginning that only warm the decoder up */
  constructor(sampleRate: number, skipped = 0) {
    this.#longestGap = LONGEST_GAP_SECONDS * sampleRate;
    this.#toSkip = skipped;
  }

  /**
   * @param frames decoded from the page
   * @param granule position behind them; -1 if the page tells none
   */
  place(frames: number, granule: number, isLast: boolean): Placement {
    if (this.#origin === undefined && granule >= 0) this.#begin(granule - this.#position - frames, isLast);
    const end = granule < 0 || this.#origin === undefined ? undefined : granule - this.#origin;
    const missing = end === undefined ? 0 : end - this.#position - frames;
    const silence = missing > 0 && missing <= this.#longestGap && this.#position > 0 ? missing : 0;
    const surplus = isLast && missing < 0 ? Math.min(frames, -missing) : 0;
    const skip = Math.min(this.#toSkip, frames - surplus);
    this.#toSkip -= skip;
    this.#position += silence + frames - surplus;
    return { silence, skip, take: frames - surplus - skip };
  }

  /** A stream that begins before position 0 is cut at its beginning; if its first page is also the last, at its end. */
  #begin(origin: number, isLast: boolean): void {
    this.#origin = Math.max(0, origin);
    if (origin >= 0 || isLast) return;
    this.#toSkip -= origin;
    this.#position += origin;
  }
}
