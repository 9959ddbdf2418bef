/** Heights of sample values in a waveform lane, on a linear or a dB scale, and the labels beside them. */
import { dB, dbToGain, gain, gainToDb } from "../units/decibels.js";

export interface AmplitudeScale {
  readonly kind: "dB" | "linear";
  /** Magnification, at least 1: linear, the height of full scale; dB, a lift of the bottom. */
  readonly zoom: number;
}

/** dB at the middle line of a dB scale without magnification. */
const BOTTOM = -60;

/** @returns -1 (bottom of the lane) to 1 (top), cut there; NaN stays NaN */
export function amplitudeToHeight(amplitude: number, scale: AmplitudeScale): number {
  if (scale.kind === "linear") return cut(amplitude * scale.zoom);
  const bottom = BOTTOM * scale.zoom;
  const level = gainToDb(gain(amplitude));
  const share = Math.max(0, 1 - level / bottom);
  return cut(amplitude < 0 ? -share : share);
}

/** Inverse of {@link amplitudeToHeight} for heights within -1 to 1; the middle of a dB scale is 0. */
export function heightToAmplitude(height: number, scale: AmplitudeScale): number {
  if (scale.kind === "linear") return height / scale.zoom;
  if (height === 0) return 0;
  return Math.sign(height) * dbToGain(dB(BOTTOM * scale.zoom * (1 - Math.abs(height))));
}

export interface AmplitudeTick {
  /** -1 to 1, as of {@link amplitudeToHeight}. */
  readonly height: number;
  /** "-6", "0.5", "-∞". */
  readonly label: string;
}

/** Labels for a lane of `pixels` height, at least `gap` pixels apart, the same above and below the middle. */
export function amplitudeTicks(scale: AmplitudeScale, pixels: number, gap = 16): AmplitudeTick[] {
  const values = scale.kind === "dB" ? dbValues(scale.zoom) : linearValues(scale.zoom);
  const middle: AmplitudeTick = { height: 0, label: scale.kind === "dB" ? "-∞" : "0" };
  const kept = [middle];
  const heights = [0];
  for (const { amplitude, label } of values) {
    const height = amplitudeToHeight(amplitude, scale);
    const isFree = heights.every((other) => (Math.abs(other - height) * pixels) / 2 >= gap);
    if (!isFree || height <= 0 || amplitude * (scale.kind === "linear" ? scale.zoom : 1) > 1) continue;
    heights.push(height);
    kept.push({ height, label }, { height: -height, label: scale.kind === "dB" ? label : `-${label}` });
  }
  return kept;
}

interface Labelled {
  readonly amplitude: number;
  readonly label: string;
}

/** The most important first. */
function dbValues(zoom: number): Labelled[] {
  const bottom = BOTTOM * zoom;
  const levels = [0, -6, -12, -24, -18, -36, -48, -3, -9, -30, -42, -54, -72, -96, -15, -21, -27, -33];
  return levels
    .filter((level) => level > bottom)
    .map((level) => ({ amplitude: dbToGain(dB(level)), label: String(level) }));
}

function linearValues(zoom: number): Labelled[] {
  const top = 1 / zoom;
  const unit = 10 ** Math.floor(Math.log10(top) + 1e-9);
  const digits = Math.max(0, 2 - Math.round(Math.log10(unit)));
  const shares = [1, 0.5, 0.75, 0.25, 2, 4, 6, 8, 3, 5, 7];
  return shares
    .map((share) => share * unit)
    .filter((amplitude) => amplitude <= top * (1 + 1e-9))
    .map((amplitude) => ({ amplitude, label: String(Number(amplitude.toFixed(digits))) }));
}

const cut = (height: number): number => Math.min(1, Math.max(-1, height));
