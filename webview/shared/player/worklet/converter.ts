import type { Dsp } from "../../../../src/engine/dsp.js";
import { QUANTUM } from "./stretcher.js";

/** Gives the next frames into two arrays. @returns how many; fewer if there are no more for now */
export type Pull = (left: Float32Array, right: Float32Array, frames: number) => number;

/** Brings sound to a rate at which the sound device runs (src/dsp/resample/resampler.ts). */
export class Converter {
  readonly #dsp: Dsp;
  readonly #resampler: number;
  /** Addresses of two addresses each. */
  readonly #inputs: number;
  readonly #outputs: number;
  readonly #input: readonly [Float32Array, Float32Array];
  readonly #output: readonly [Float32Array, Float32Array];
  /** What has been converted and not yet given. */
  #first = 0;
  #end = 0;
  #hasFinished = false;

  /** @param dsp in which nothing is allocated afterwards: the views of its memory are kept */
  constructor(dsp: Dsp, inputRate: number, outputRate: number) {
    const { exports } = dsp;
    this.#dsp = dsp;
    this.#resampler = exports.resamplerNew(inputRate, outputRate, 2, QUANTUM);
    const room = exports.resamplerMaxOutput(this.#resampler);
    const table = (frames: number): [number, readonly [number, number]] => {
      const buffers = [dsp.allocate(frames * 4), dsp.allocate(frames * 4)] as const;
      const address = dsp.allocate(8);
      dsp.int32(address, 2).set(buffers);
      return [address, buffers];
    };
    const [inputs, input] = table(QUANTUM);
    const [outputs, output] = table(room);
    this.#inputs = inputs;
    this.#outputs = outputs;
    this.#input = [dsp.float32(input[0], QUANTUM), dsp.float32(input[1], QUANTUM)];
    this.#output = [dsp.float32(output[0], room), dsp.float32(output[1], room)];
  }

  /** @param source gives the sound to convert, at most a quantum at a time; `hasEnded`: what it lacks never comes */
  pull(
    left: Float32Array,
    right: Float32Array,
    frames: number,
    source: Pull,
    hasEnded: () => boolean,
  ): number {
    let done = 0;
    while (done < frames) {
      if (this.#first === this.#end && !this.#convert(source, hasEnded)) break;
      const count = Math.min(frames - done, this.#end - this.#first);
      left.set(this.#output[0].subarray(this.#first, this.#first + count), done);
      right.set(this.#output[1].subarray(this.#first, this.#first + count), done);
      this.#first += count;
      done += count;
    }
    return done;
  }

  /** Forgets the sound. */
  reset(): void {
    this.#dsp.exports.resamplerFlush(this.#resampler, this.#outputs);
    this.#first = this.#end = 0;
    this.#hasFinished = false;
  }

  #convert(source: Pull, hasEnded: () => boolean): boolean {
    if (this.#hasFinished) return false;
    const { exports } = this.#dsp;
    const frames = source(...this.#input, QUANTUM);
    if (frames === 0 && !hasEnded()) return false;
    this.#hasFinished = frames === 0;
    this.#first = 0;
    this.#end = this.#hasFinished
      ? exports.resamplerFlush(this.#resampler, this.#outputs)
      : exports.resamplerProcess(this.#resampler, this.#inputs, frames, this.#outputs);
    return true;
  }
}
