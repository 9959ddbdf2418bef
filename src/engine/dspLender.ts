import { Dsp } from "./dsp.js";

/** Memories that have grown beyond that are not kept. */
const MOST_BYTES = 16 * 2 ** 20;

/**
 * Lends engines for short pieces of work, one after another in the same memory: memories of their own would be left
 * to the garbage collector, which lets some sixty megabytes of them wait.
 */
export class DspLender {
  #memory: WebAssembly.Memory | undefined;

  /** @param work keeps no view of the engine's memory */
  lend<T>(work: (dsp: Dsp) => T): T {
    const dsp = new Dsp(this.#memory);
    // Whoever borrows meanwhile gets another one.
    this.#memory = undefined;
    try {
      return work(dsp);
    } finally {
      const { memory } = dsp.exports;
      if (memory.buffer.byteLength <= MOST_BYTES) {
        dsp.bytes.fill(0);
        this.#memory = memory;
      }
    }
  }
}
