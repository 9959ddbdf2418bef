/** Peaks of planar samples in the engine's memory: the door to src/dsp/metering/peaks.ts. */
import type { Dsp } from "../dsp.js";

/** Values of one bucket and channel, in this order: lowest and highest sample, mean, mean square. */
export const BUCKET_VALUES = 4;

export class PeakScanner {
  readonly #dsp: Dsp;
  readonly #channels: number;
  readonly #table: number;
  readonly #result: number;

  /** @param maxBuckets most buckets of one call of {@link scan} */
  constructor(dsp: Dsp, channels: number, maxBuckets: number) {
    this.#dsp = dsp;
    this.#channels = channels;
    this.#table = dsp.allocate(channels * 4);
    this.#result = dsp.allocate(maxBuckets * channels * BUCKET_VALUES * 4);
  }

  /**
   * @param buffers address of each channel's f32 samples
   * @param frames at least 1
   * @param bucketFrames frames of a bucket; the last one may be shorter
   * @returns `[bucket][channel][{@link BUCKET_VALUES}]`, a view that holds until the next call
   */
  scan(buffers: readonly number[], frames: number, bucketFrames: number): Float32Array {
    this.#dsp.int32(this.#table, this.#channels).set(buffers);
    const { peaksScan } = this.#dsp.exports;
    const buckets = peaksScan(this.#table, this.#channels, frames, bucketFrames, this.#result);
    return this.#dsp.float32(this.#result, buckets * this.#channels * BUCKET_VALUES);
  }
}
