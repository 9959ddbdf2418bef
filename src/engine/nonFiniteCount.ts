/** Counts a file's samples that are no finite numbers, each once, although parts of the file are read more than once. */
import type { NonFiniteSamples } from "./blockDecoder.js";

/** Counts among some frames of the file. */
export type CountNonFinite = (start: number, frames: number) => { count: number; first: number };

export class NonFiniteCount {
  #count = 0;
  #first = Infinity;
  /** Where it has been counted last, frames. */
  #from = 0;
  #to = 0;

  /** Takes frames that were read and hold such samples. */
  add(start: number, frames: number, count: CountNonFinite): void {
    const end = start + frames;
    if (end < this.#from || start > this.#to) [this.#from, this.#to] = [start, start];
    this.#addPart(start, Math.min(end, this.#from), count);
    this.#addPart(Math.max(start, this.#to), end, count);
    this.#from = Math.min(this.#from, start);
    this.#to = Math.max(this.#to, end);
  }

  samples(sampleRate: number): NonFiniteSamples {
    return { count: this.#count, firstTime: this.#first / sampleRate };
  }

  #addPart(start: number, end: number, count: CountNonFinite): void {
    if (end <= start) return;
    const found = count(start, end - start);
    this.#count += found.count;
    if (found.count > 0) this.#first = Math.min(this.#first, found.first);
  }
}
