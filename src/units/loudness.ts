/**
 * Loudness units. Source of the offset: Recommendation ITU-R BS.1770-5, Annex 1,
 * equation (2): `L_K = -0.691 + 10 log10(sum of G_i z_i)`.
 */

declare const unit: unique symbol;
/** Loudness relative to full scale, K-weighted. */
export type Lufs = number & { readonly [unit]: "LUFS" };
/** Difference of two loudnesses; one LU is one decibel. */
export type LoudnessUnits = number & { readonly [unit]: "LU" };

export const lufs = (value: number): Lufs => value as Lufs;
export const lu = (value: number): LoudnessUnits => value as LoudnessUnits;

const OFFSET = -0.691;

/** Loudness of a channel-weighted mean square; an energy of 0 gives `-Infinity`. */
export function energyToLoudness(energy: number): Lufs {
  return lufs(OFFSET + 10 * Math.log10(energy));
}

/** Inverse of {@link energyToLoudness}. */
export function loudnessToEnergy(loudness: Lufs): number {
  return 10 ** ((loudness - OFFSET) / 10);
}
