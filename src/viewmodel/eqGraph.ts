/** Where frequencies and gains lie in the picture of an equaliser. */
import { frequencyToPosition, positionToFrequency } from "../units/frequencyScale.js";

/** Hz at both ends. */
export const EQ_BOUNDS = { low: 20, high: 20000 } as const;
/** dB at the top; as far below at the bottom. */
export const EQ_RANGE = 18;
/** dB that the format has. */
const MOST_GAIN = 24;

export interface EqGraph {
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
}

export const hertzToX = ({ width }: EqGraph, hertz: number): number =>
  frequencyToPosition(hertz, "log", EQ_BOUNDS) * width;

/** Within the picture, rounded as people write frequencies: to three figures. */
export function xToHertz({ width }: EqGraph, x: number): number {
  const hertz = positionToFrequency(Math.min(1, Math.max(0, x / width)), "log", EQ_BOUNDS);
  return Number(hertz.toPrecision(3));
}

export const gainToY = ({ height }: EqGraph, gain: number): number => (0.5 - gain / (2 * EQ_RANGE)) * height;

/** dBFS of a spectrum behind the curve, at the top and at the bottom. */
const SPECTRUM_TOP = -12;
const SPECTRUM_BOTTOM = -84;
/** dB per octave by which it is tilted around 1 kHz, so that music lies level. */
const SPECTRUM_TILT = 4.5;

/** @param level dBFS of a bin at `hertz` */
export function spectrumToY({ height }: EqGraph, hertz: number, level: number): number {
  const tilted = level + SPECTRUM_TILT * Math.log2(hertz / 1000);
  return ((SPECTRUM_TOP - tilted) / (SPECTRUM_TOP - SPECTRUM_BOTTOM)) * height;
}

/** dB, within what the format has. */
export function yToGain({ height }: EqGraph, y: number): number {
  const gain = (0.5 - y / height) * 2 * EQ_RANGE;
  return Math.min(MOST_GAIN, Math.max(-MOST_GAIN, gain));
}
