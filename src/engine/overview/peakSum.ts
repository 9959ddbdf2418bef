/** Peaks of all channels of a bucket, gathered part by part. */
import type { ChannelPeaks } from "./channelPeaks.js";
import { BUCKET_VALUES } from "./peakScanner.js";

/** Values of a bucket and channel in a tile: lowest sample, highest sample, RMS. */
export const TILE_VALUES = 3;

export class PeakSum {
  readonly #channels: ChannelPeaks[];
  #frames = 0;

  constructor(channels: number) {
    this.#channels = Array.from({ length: channels }, () => ({ low: 0, high: 0, mean: 0, square: 0 }));
  }

  /** Adds a part of `frames` frames: `peaks[channel]`. Weights may be shares of what the peaks were taken from. */
  add(peaks: readonly ChannelPeaks[], frames: number): void {
    const isFirst = this.#frames === 0;
    this.#frames += frames;
    const share = frames / this.#frames;
    this.#channels.forEach((sum, channel) => {
      const { low, high, mean, square } = peaks[channel]!;
      sum.low = isFirst ? low : Math.min(sum.low, low);
      sum.high = isFirst ? high : Math.max(sum.high, high);
      sum.mean += (mean - sum.mean) * share;
      sum.square += (square - sum.square) * share;
    });
  }

  /** Puts what was gathered into `target`, one per channel. */
  copyTo(target: readonly ChannelPeaks[]): void {
    this.#channels.forEach((sum, channel) => Object.assign(target[channel]!, sum));
  }

  /** Puts the bucket at `target[at]` and on, as it stands in a tile, and begins anew. */
  take(target: Float32Array, at: number): void {
    this.#channels.forEach(({ low, high, square }, channel) => {
      target.set([low, high, Math.sqrt(square)], at + channel * TILE_VALUES);
    });
    this.clear();
  }

  clear(): void {
    this.#frames = 0;
    for (const sum of this.#channels) Object.assign(sum, { low: 0, high: 0, mean: 0, square: 0 });
  }
}

/** Reads a bucket as the kernel writes it. @param at where its first channel is in `values` */
export function peaksAt(values: Float32Array, at: number, target: readonly ChannelPeaks[]): void {
  target.forEach((peaks, channel) => {
    const from = at + channel * BUCKET_VALUES;
    peaks.low = values[from]!;
    peaks.high = values[from + 1]!;
    peaks.mean = values[from + 2]!;
    peaks.square = values[from + 3]!;
  });
}
