/** Part of a mixdown: what comes before is rendered and thrown away, so that the part is the same to the bit. */
import type { Block } from "../engine/song.js";
import type { TimeRange } from "./timeRange.js";

/** Cuts the blocks of one stream at the ends of a range. */
export class RangeCut {
  readonly #from: number;
  readonly #to: number;
  #position = 0;

  /** @throws Error if the range is negative, empty at this rate, or no number */
  constructor({ from, to = Infinity }: TimeRange, sampleRate: number) {
    if (!(from >= 0)) throw new Error(`range: it starts at ${from} s; choose 0 s or later`);
    this.#from = Math.round(from * sampleRate);
    this.#to = Math.round(to * sampleRate);
    if (!(this.#to > this.#from)) {
      throw new Error(
        `range: from ${from} s to ${to} s there is nothing; choose an end later than the start`,
      );
    }
  }

  /** Whether nothing of the range is left to come. */
  get isComplete(): boolean {
    return this.#position >= this.#to;
  }

  /** Parts of the next block: before the range and in it, either may have no frame. */
  split(block: Block): { readonly before: Block; readonly inside: Block } {
    const start = this.#position;
    this.#position += block.frames;
    const first = Math.min(block.frames, Math.max(0, this.#from - start));
    const last = Math.min(block.frames, Math.max(first, this.#to - start));
    return { before: part(block, 0, first), inside: part(block, first, last) };
  }

  /** @param whole what the stream is @throws Error unless the stream has reached the range's end, or some of a range without end */
  assertReached(sampleRate: number, whole = "mixdown"): void {
    const isBeyond = this.#to === Infinity ? this.#position <= this.#from : !this.isComplete;
    if (!isBeyond) return;
    const [end, wanted] = [this.#position, this.#to === Infinity ? this.#from : this.#to].map((frames) =>
      Number((frames / sampleRate).toFixed(3)),
    );
    throw new Error(
      `range: ${wanted} s is beyond the end of the ${whole}, which is ${end} s long, tails included; choose a range within it`,
    );
  }
}

function part({ left, right }: Block, start: number, end: number): Block {
  return { left: left + start * 4, right: right + start * 4, frames: end - start };
}
