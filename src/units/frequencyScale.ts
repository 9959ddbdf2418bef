/** Scales on which frequencies lie in a spectrogram: rows of its tiles, and the axis beside it. */

export type FrequencyScale = "linear" | "mel" | "log";

/** Hz at the bottom and at the top of the scale. */
export interface FrequencyBounds {
  readonly low: number;
  readonly high: number;
}

/** Hz: what a logarithmic scale begins with, where the sample rate reaches that far. */
const LOWEST = 20;

/** From 0 Hz (logarithmic: 20 Hz, or a thousandth of the top at tiny rates) to half the sample rate. */
export function spectrogramBounds(sampleRate: number, scale: FrequencyScale): FrequencyBounds {
  const high = sampleRate / 2;
  return { low: scale === "log" ? Math.min(LOWEST, high / 1000) : 0, high };
}

/** Place on the scale: 0 at `low`, 1 at `high`; not cut. Row r of n is centred on (r + 0.5) / n. */
export function frequencyToPosition(
  hertz: number,
  scale: FrequencyScale,
  { low, high }: FrequencyBounds,
): number {
  const bend = BENDS[scale];
  return (bend.to(hertz) - bend.to(low)) / (bend.to(high) - bend.to(low));
}

/** Inverse of {@link frequencyToPosition}, Hz. */
export function positionToFrequency(
  position: number,
  scale: FrequencyScale,
  { low, high }: FrequencyBounds,
): number {
  const bend = BENDS[scale];
  return bend.from(bend.to(low) + position * (bend.to(high) - bend.to(low)));
}

/** Mel after D. O'Shaughnessy, Speech Communication (1987): 2595 log10(1 + f / 700). */
const BENDS: Readonly<
  Record<FrequencyScale, { to: (hertz: number) => number; from: (value: number) => number }>
> = {
  linear: { to: (hertz) => hertz, from: (value) => value },
  mel: { to: (hertz) => 2595 * Math.log10(1 + hertz / 700), from: (mel) => 700 * (10 ** (mel / 2595) - 1) },
  log: { to: (hertz) => Math.log(hertz), from: Math.exp },
};
