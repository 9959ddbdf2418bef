/**
 * Level of an equaliser over frequency, from the analogue sections that its kernel follows (src/dsp/filters/design.ts:
 * within 0.1 dB a section up to 20 kHz, down to -60 dB of a stop band): R. Bristow-Johnson, "Cookbook formulae for
 * audio equalizer biquad filter coefficients"; low-pass and high-pass are Butterworth filters.
 */

export interface EqBand {
  readonly type: "lowpass" | "highpass" | "lowshelf" | "highshelf" | "peak" | "notch" | "tilt";
  /** Hz. */
  readonly frequency: number;
  /** dB; of peak, shelves and tilt. */
  readonly gain: number;
  /** Of peak, shelves, notch, and of a low- or high-pass of 12 dB per octave. */
  readonly q: number;
  /** dB per octave; of low- and high-pass. */
  readonly slope: number;
}

/** Whether a band has a gain of its own. */
export const hasGain = ({ type }: Pick<EqBand, "type">): boolean =>
  type === "peak" || type === "lowshelf" || type === "highshelf" || type === "tilt";

/** Whether the quality of a band is heard. */
export const hasQuality = ({ type, slope }: Pick<EqBand, "type" | "slope">): boolean =>
  type !== "tilt" && (!hasSlope({ type }) || slope === 12);

export const hasSlope = ({ type }: Pick<EqBand, "type">): boolean =>
  type === "lowpass" || type === "highpass";

/** dB of all bands in series at a frequency, Hz. */
export function eqLevel(bands: readonly EqBand[], hertz: number): number {
  return bands.reduce((sum, band) => sum + bandLevel(band, hertz), 0);
}

/** dB of one band. */
export function bandLevel({ type, frequency, gain, q, slope }: EqBand, hertz: number): number {
  const x = hertz / frequency;
  // Amplitude of half the gain in dB.
  const a = 10 ** (gain / 40);
  const s = Math.sqrt(a) / q;
  switch (type) {
    case "peak":
      return ratio(x, [1, a / q, 1], [1, 1 / (a * q), 1]);
    case "lowshelf":
      return ratio(x, [a, a * s, a * a], [a, s, 1]);
    case "highshelf":
      return ratio(x, [a * a, a * s, a], [1, s, a]);
    case "notch":
      return ratio(x, [1, 0, 1], [1, 1 / q, 1]);
    case "tilt":
      return ratio(x, [0, a, 1], [0, 1, a]);
    case "lowpass":
      return passLevel(x, q, slope);
    case "highpass":
      return passLevel(1 / x, q, slope);
  }
}

/** Low-pass; the high-pass is its mirror image. */
function passLevel(x: number, q: number, slope: number): number {
  if (slope === 12) return ratio(x, [0, 0, 1], [1, 1 / q, 1]);
  const order = Math.round(slope / 6);
  return -10 * Math.log10(1 + x ** (2 * order));
}

/** Coefficients of s squared, s and 1. */
type Quadratic = readonly [number, number, number];

function ratio(x: number, above: Quadratic, below: Quadratic): number {
  return 10 * Math.log10(power(x, above) / power(x, below));
}

function power(x: number, [c2, c1, c0]: Quadratic): number {
  return (c0 - c2 * x * x) ** 2 + (c1 * x) ** 2;
}
