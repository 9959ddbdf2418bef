/** Runs one processor of dsp.wasm on signals, for the tests of the kernels. */
import { Dsp } from "../../src/engine/dsp.js";
import { seededRandom } from "../../src/units/random.js";

/** As in src/dsp/processorFacts.ts. */
export const Kind = {
  gain: 0,
  eq: 1,
  compressor: 2,
  stereo: 3,
  convolution: 12,
  reverb: 11,
  delay: 9,
  limiter: 4,
  gate: 5,
  deesser: 6,
  multiband: 7,
  saturator: 8,
  chorus: 10,
  transient: 13,
} as const;

export interface Stereo {
  readonly left: Float32Array;
  readonly right: Float32Array;
}

type Addresses = [number, number, number, number];

/** A processor with a memory of its own. */
export class ProcessorBench {
  readonly dsp = new Dsp();
  readonly address: number;

  /**
   * @param parameters number and value of each parameter to set before `processorPrepare`
   * @param beforePrepare what else is to be done before that
   */
  constructor(
    kind: number,
    sampleRate: number,
    parameters: readonly (readonly [number, number])[] = [],
    beforePrepare?: (bench: ProcessorBench) => void,
  ) {
    this.address = this.dsp.exports.processorNew(kind, sampleRate);
    beforePrepare?.(this);
    for (const [parameter, value] of parameters) this.set(parameter, value);
    this.dsp.exports.processorPrepare(this.address);
  }

  set(parameter: number, value: number): void {
    this.dsp.exports.processorSet(this.address, parameter, value);
  }

  /**
   * Processes the signal in blocks of the given sizes, over and over.
   *
   * @param key of the same length, drives the detector instead of the signal
   */
  run(signal: Stereo, blockSizes: readonly number[] = [512], key?: Stereo): Stereo {
    const { length } = signal.left;
    const output = { left: new Float32Array(length), right: new Float32Array(length) };
    const largest = Math.max(...blockSizes);
    const [a, b, keyA, keyB] = [0, 0, 0, 0].map(() => this.dsp.allocate(largest * 4)) as Addresses;
    for (let start = 0, block = 0; start < length; block++) {
      const frames = Math.min(blockSizes[block % blockSizes.length]!, length - start);
      const put = (address: number, from: Float32Array) =>
        this.dsp.float32(address, frames).set(from.subarray(start, start + frames));
      put(a, signal.left);
      put(b, signal.right);
      if (key) {
        put(keyA, key.left);
        put(keyB, key.right);
        this.dsp.exports.processorProcessKeyed(this.address, a, b, keyA, keyB, frames);
      } else {
        this.dsp.exports.processorProcess(this.address, a, b, frames);
      }
      output.left.set(this.dsp.float32(a, frames), start);
      output.right.set(this.dsp.float32(b, frames), start);
      start += frames;
    }
    return output;
  }

  /** Processes a mono signal: both sides are the same buffer. */
  runMono(signal: Float32Array, blockSizes: readonly number[] = [512]): Float32Array {
    const output = new Float32Array(signal.length);
    const address = this.dsp.allocate(Math.max(...blockSizes) * 4);
    for (let start = 0, block = 0; start < signal.length; block++) {
      const frames = Math.min(blockSizes[block % blockSizes.length]!, signal.length - start);
      this.dsp.float32(address, frames).set(signal.subarray(start, start + frames));
      this.dsp.exports.processorProcess(this.address, address, address, frames);
      output.set(this.dsp.float32(address, frames), start);
      start += frames;
    }
    return output;
  }
}

/** White noise, different on either side, between -`peak` and `peak`. */
export function noise(frames: number, seed: number, peak = 0.5): Stereo {
  const random = seededRandom(seed);
  const channel = () => Float32Array.from({ length: frames }, () => (2 * random() - 1) * peak);
  return { left: channel(), right: channel() };
}

/** The same signal on both sides, frame by frame. */
export function both(frames: number, value: (frame: number) => number): Stereo {
  const left = Float32Array.from({ length: frames }, (_, frame) => value(frame));
  return { left, right: left.slice() };
}

/** Level at `frequency` Hz of an impulse response in dB, by its Fourier sum. */
export function responseDb(impulse: Float32Array, frequency: number, sampleRate: number): number {
  const step = (2 * Math.PI * frequency) / sampleRate;
  let real = 0;
  let imaginary = 0;
  impulse.forEach((value, frame) => {
    real += value * Math.cos(step * frame);
    imaginary -= value * Math.sin(step * frame);
  });
  return 20 * Math.log10(Math.hypot(real, imaginary));
}
