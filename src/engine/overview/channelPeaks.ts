/** Peaks of a stretch of one audio channel, and what edits make of them. */
import type { Treatment } from "../../session/audioEdits.js";
import { FADE_SHAPES } from "../../session/fadeShape.js";
import type { DspExports } from "../dsp.js";

export interface ChannelPeaks {
  /** Lowest and highest sample. */
  low: number;
  high: number;
  mean: number;
  /** Mean square. */
  square: number;
}

export function silentPeaks(): ChannelPeaks {
  return { low: 0, high: 0, mean: 0, square: 0 };
}

/** Multiplies the samples; a negative factor turns them upside down. Rounded as EditedReader rounds samples. */
export function applyGain(peaks: ChannelPeaks, factor: number): void {
  const [a, b] = [Math.fround(peaks.low * factor), Math.fround(peaks.high * factor)];
  peaks.low = Math.min(a, b);
  peaks.high = Math.max(a, b);
  peaks.mean *= factor;
  peaks.square *= factor * factor;
}

export function applyOffset(peaks: ChannelPeaks, offset: number): void {
  peaks.low = Math.fround(peaks.low + offset);
  peaks.high = Math.fround(peaks.high + offset);
  peaks.square = Math.max(0, peaks.square + 2 * offset * peaks.mean + offset * offset);
  peaks.mean += offset;
}

/**
 * Multiplies by factors (0 or more) that go from `first` to `last` over the stretch. No sample lies beyond the
 * result's ends; mean and mean square are those of a straight line and of sound that is the same all along.
 */
export function applyRamp(peaks: ChannelPeaks, first: number, last: number): void {
  const { low, high } = peaks;
  peaks.low = Math.fround(Math.min(low * first, low * last));
  peaks.high = Math.fround(Math.max(high * first, high * last));
  peaks.mean *= (first + last) / 2;
  peaks.square *= (first * first + first * last + last * last) / 3;
}

type Ramp = Extract<Treatment, { kind: "ramp" }>;

/** @returns factor of the ramp at frame `position` of its layer */
export function rampFactor(
  { shape, length, at, isRising }: Ramp,
  position: number,
  exports: DspExports,
): number {
  const last = length - 1;
  const t = last > 0 ? (isRising ? at + position : last - at - position) / last : 0.5;
  return exports.fadeCurve(FADE_SHAPES.indexOf(shape), t);
}
