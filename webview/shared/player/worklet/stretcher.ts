import type { Dsp } from "../../../../src/engine/dsp.js";

/** Most frames that go through the worklet's stages in one go: a render quantum. */
export const QUANTUM = 128;

/** The time-stretch of src/dsp/time/stretch.ts between JavaScript's arrays. */
export class Stretcher {
  readonly #dsp: Dsp;
  readonly #stretch: number;
  readonly #input: readonly [number, number];
  readonly #output: readonly [number, number];
  #fed = 0;
  #hasFinished = false;

  constructor(dsp: Dsp, sampleRate: number) {
    this.#dsp = dsp;
    this.#stretch = dsp.exports.stretchNew(sampleRate, QUANTUM);
    this.#input = [dsp.allocate(QUANTUM * 4), dsp.allocate(QUANTUM * 4)];
    this.#output = [dsp.allocate(QUANTUM * 4), dsp.allocate(QUANTUM * 4)];
  }

  setSpeed(speed: number): void {
    this.#dsp.exports.stretchSetSpeed(this.#stretch, speed);
  }

  /** Frames that went in and have not been heard yet. */
  get backlog(): number {
    return Math.max(0, this.#fed - this.#dsp.exports.stretchPosition(this.#stretch));
  }

  get hasFinished(): boolean {
    return this.#hasFinished;
  }

  put(left: Float32Array, right: Float32Array, frames: number): void {
    this.#dsp.float32(this.#input[0], frames).set(left.subarray(0, frames));
    this.#dsp.float32(this.#input[1], frames).set(right.subarray(0, frames));
    this.#dsp.exports.stretchInput(this.#stretch, ...this.#input, frames);
    this.#fed += frames;
  }

  /** @returns frames given, from place `at` of the arrays on */
  take(left: Float32Array, right: Float32Array, at: number, frames: number): number {
    const count = this.#dsp.exports.stretchOutput(this.#stretch, ...this.#output, frames);
    left.set(this.#dsp.float32(this.#output[0], count), at);
    right.set(this.#dsp.float32(this.#output[1], count), at);
    return count;
  }

  /** No more comes. */
  finish(): void {
    this.#hasFinished = true;
    this.#dsp.exports.stretchFinish(this.#stretch);
  }

  reset(): void {
    this.#fed = 0;
    this.#hasFinished = false;
    this.#dsp.exports.stretchReset(this.#stretch);
  }
}
