/** Stereo sample rate conversion, block by block (src/dsp/resample/resampler.ts). */
import type { Dsp } from "./dsp.js";
import { addressTable } from "./addressTable.js";
import { BLOCK_FRAMES, type Block } from "./song.js";

export class Resampler {
  /** Most frames that one call gives. */
  readonly maxOutput: number;
  readonly #dsp: Dsp;
  readonly #resampler: number;
  readonly #inputs: number;
  readonly #outputs: number;

  /** Rates in Hz; equal ones copy. */
  constructor(dsp: Dsp, inputRate: number, outputRate: number) {
    this.#dsp = dsp;
    this.#resampler = dsp.exports.resamplerNew(inputRate, outputRate, 2, BLOCK_FRAMES);
    this.#inputs = dsp.allocate(8);
    this.maxOutput = dsp.exports.resamplerMaxOutput(this.#resampler);
    this.#outputs = addressTable(dsp, 2, this.maxOutput);
  }

  /** @returns what `block` makes; valid until the next call */
  process({ left, right, frames }: Block): Block {
    this.#dsp.int32(this.#inputs, 2).set([left, right]);
    return this.#output(
      this.#dsp.exports.resamplerProcess(this.#resampler, this.#inputs, frames, this.#outputs),
    );
  }

  /** @returns the last frames, once the input has ended */
  finish(): Block {
    return this.#output(this.#dsp.exports.resamplerFlush(this.#resampler, this.#outputs));
  }

  #output(frames: number): Block {
    const [left, right] = this.#dsp.int32(this.#outputs, 2);
    return { left: left!, right: right!, frames };
  }
}
