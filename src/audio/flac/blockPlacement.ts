/** Keeps the blocks of a FLAC stream in the place that their numbers give them, whatever is lost between them. */
import type { BlockHeader } from "./blockHeader.js";
import type { StreamInfo } from "./metadata.js";

/** Longer stretches of lost audio are not filled: the numbers make no sense then. */
const LONGEST_GAP_SECONDS = 600;

export class BlockPlacement {
  readonly #streamInfo: StreamInfo;
  /** Of the first frame in the numbers of the stream. */
  #origin: number | undefined;
  /** Frames so far, silence included. */
  #frames = 0;

  constructor(streamInfo: StreamInfo) {
    this.#streamInfo = streamInfo;
  }

  get frames(): number {
    return this.#frames;
  }

  /**
   * Takes the block that comes next.
   * @param isAfterDamage without damage before it, it follows the block before it whatever its number says
   * @returns frames of silence before it
   */
  place({ number, isVariable, frames }: BlockHeader, isAfterDamage: boolean): number {
    const { sampleRate, blockFrames, frames: stated } = this.#streamInfo;
    const start = isVariable ? number : number * blockFrames;
    // Without a stated length it may be a part of a longer stream, which begins with any number.
    this.#origin ??= isAfterDamage && stated > 0 ? 0 : start;
    const missing = start - this.#origin - this.#frames;
    const isPossible =
      missing <= LONGEST_GAP_SECONDS * sampleRate &&
      (stated === 0 || this.#frames + missing + frames <= stated);
    const silence = isAfterDamage && missing > 0 && isPossible ? missing : 0;
    this.#origin = start - this.#frames - silence;
    this.#frames += silence + frames;
    return silence;
  }
}
