/** Peaks of parts of a layer: buckets of its source's overview, with the layer's treatments applied to them. */
import type { Layer } from "../../session/audioEdits.js";
import type { DspExports } from "../dsp.js";
import {
  applyGain,
  applyOffset,
  applyRamp,
  rampFactor,
  silentPeaks,
  type ChannelPeaks,
} from "./channelPeaks.js";
import { BASE_LEVEL, LEVEL_STEP, type OverviewFile } from "./overviewFile.js";

const BASE_FRAMES = 2 ** BASE_LEVEL;
const STEP_BUCKETS = 2 ** LEVEL_STEP;

/** Frames `start` to `end`. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

export class LayerPeaks {
  /** One per channel: the part last visited, as it sounds. */
  readonly peaks: ChannelPeaks[];
  readonly #exports: DspExports;
  readonly #unordered: ChannelPeaks[];

  constructor(exports: DspExports, channels: number) {
    this.#exports = exports;
    this.peaks = Array.from({ length: channels }, silentPeaks);
    this.#unordered = Array.from({ length: channels }, silentPeaks);
  }

  /**
   * Visits `part` of a layer, bucket by bucket, largest buckets first where they fit; {@link peaks} are then those
   * of the bucket.
   * @param frames of the whole layer
   * @param part in frames of the layer as it sounds
   * @param mostFrames buckets are no longer than that, or as short as can be
   * @param visit takes the frames of the layer that the bucket covers
   */
  visit(
    overview: OverviewFile,
    layer: Layer,
    frames: number,
    part: Stretch,
    mostFrames: number,
    visit: (covered: Stretch) => void,
  ): void {
    const inSource = flipped(layer, frames, part);
    const first = Math.floor(inSource.start / BASE_FRAMES);
    const last = Math.ceil(inSource.end / BASE_FRAMES);
    for (let bucket = first; bucket < last;) {
      const level = largestLevel(bucket, last, mostFrames);
      const buckets = STEP_BUCKETS ** level;
      const start = bucket * BASE_FRAMES;
      const end = Math.min(overview.layout.frames, start + buckets * BASE_FRAMES);
      this.peaks.forEach((peaks, channel) => overview.read(level, bucket / buckets, channel, peaks));
      const covered = flipped(layer, frames, { start: start - layer.start, end: end - layer.start }, 0);
      this.#treat(layer, covered, frames);
      visit(covered);
      bucket += buckets;
    }
  }

  /** Makes {@link peaks} those of a silent layer. */
  silence(layer: Layer, frames: number, part: Stretch): void {
    for (const peaks of this.peaks) Object.assign(peaks, silentPeaks());
    this.#treat(layer, part, frames);
  }

  /** @param covered frames of the layer, possibly some around it */
  #treat({ treatments }: Layer, covered: Stretch, frames: number): void {
    for (const treatment of treatments) {
      switch (treatment.kind) {
        case "gain":
          this.peaks.forEach((peaks, channel) => applyGain(peaks, treatment.factors[channel]!));
          break;
        case "offset":
          this.peaks.forEach((peaks, channel) => applyOffset(peaks, treatment.offsets[channel]!));
          break;
        case "permute":
          this.peaks.forEach((peaks, channel) => Object.assign(this.#unordered[channel]!, peaks));
          this.peaks.forEach((peaks, channel) =>
            Object.assign(peaks, this.#unordered[treatment.order[channel]!]),
          );
          break;
        case "ramp": {
          const first = rampFactor(treatment, Math.max(0, covered.start), this.#exports);
          const last = rampFactor(treatment, Math.min(frames, covered.end) - 1, this.#exports);
          for (const peaks of this.peaks) applyRamp(peaks, first, last);
        }
      }
    }
  }
}

/** The frames of the source that sound as `part` of the layer; the other way round with `origin` 0. */
export function flipped(layer: Layer, frames: number, part: Stretch, origin = layer.start): Stretch {
  return layer.isReversed
    ? { start: origin + frames - part.end, end: origin + frames - part.start }
    : { start: origin + part.start, end: origin + part.end };
}

/** The level of the file with the largest bucket that begins with base bucket `first` and ends by `last`. */
function largestLevel(first: number, last: number, mostFrames: number): number {
  let level = 0;
  for (let buckets = STEP_BUCKETS; ; buckets *= STEP_BUCKETS, level++) {
    const fits = first % buckets === 0 && first + buckets <= last && buckets * BASE_FRAMES <= mostFrames;
    if (!fits) return level;
  }
}
