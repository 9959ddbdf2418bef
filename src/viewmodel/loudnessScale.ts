/** Layout of loudness bars that share one scale. */

/** A range of loudness, LUFS; `low` < `high`. */
export interface LoudnessRange {
  readonly low: number;
  readonly high: number;
}

/** Ends of the scale lie on multiples of this many LU. */
const STEP = 5;
/** LUFS: what most records need, so that scales of different albums look alike. */
const USUAL: LoudnessRange = { low: -25, high: -5 };

/**
 * The smallest range, on whole steps, that shows the usual loudness of records and every value.
 * @param values LUFS; `null` and non-finite ones do not count
 */
export function loudnessRange(values: readonly (number | null | undefined)[]): LoudnessRange {
  const shown = values.filter(
    (value): value is number => typeof value === "number" && Number.isFinite(value),
  );
  const low = Math.floor(Math.min(USUAL.low, ...shown) / STEP) * STEP;
  // The sum turns a negative zero into zero.
  const high = Math.ceil(Math.max(USUAL.high, ...shown) / STEP) * STEP + 0;
  // Below the absolute gate of BS.1770 (-70 LUFS) there is no integrated loudness.
  return { low: Math.max(-70, low), high: Math.min(10, high) };
}

/** Place on the scale: 0 at `low`, 1 at `high`; a value outside stands at the end, no value at 0. */
export function loudnessToPosition(value: number | null | undefined, { low, high }: LoudnessRange): number {
  if (typeof value !== "number" || Number.isNaN(value)) return 0;
  return Math.min(1, Math.max(0, (value - low) / (high - low)));
}

/** Values to label, LUFS: the multiples of 5, 10, 20 … in the range, the closest of which there are at most `most`. */
export function loudnessTicks({ low, high }: LoudnessRange, most: number): number[] {
  for (let stride = STEP; ; stride *= 2) {
    const first = Math.ceil(low / stride);
    const count = Math.floor(high / stride) - first + 1;
    if (count <= Math.max(1, most)) return Array.from({ length: count }, (_, i) => (first + i) * stride);
  }
}
