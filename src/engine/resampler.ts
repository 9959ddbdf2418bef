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

  readonly #channels: 1 | 2;

  /**
   * Rates in Hz; equal ones copy.
   * @param channels 1: only the left side is converted, and given on both
   */
  constructor(dsp: Dsp, inputRate: number, outputRate: number, channels: 1 | 2 = 2) {
    this.#dsp = dsp;
    this.#channels = channels;
    this.#resampler = dsp.exports.resamplerNew(inputRate, outputRate, channels, BLOCK_FRAMES);
    this.#inputs = dsp.allocate(8);
    this.maxOutput = dsp.exports.resamplerMaxOutput(this.#resampler);
    this.#outputs = addressTable(dsp, channels, this.maxOutput);
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
    const [left, right = left] = this.#dsp.int32(this.#outputs, this.#channels);
    return { left: left!, right: right!, frames };
  }
}
