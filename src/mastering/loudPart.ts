import { energyToLoudness, loudnessToEnergy, lufs, type Lufs } from "../units/loudness.js";

/** Share of a song that counts as its loud part. */
const LOUD_SHARE = 0.3;
/** Short-term values below the absolute gate of BS.1770 are silence. */
const GATE = loudnessToEnergy(lufs(-70));

/**
 * Loudness of a song's loud parts: the energy mean of the loudest 30 % of its short-term (3 s)
 * values. Album songs are matched by it and not by their integrated loudness, so that a song
 * with a long quiet part is not pushed up.
 *
 * @param shortTermEnergies K-weighted mean squares of 3 s windows
 * @returns LUFS, or `null` if no window is above -70 LUFS
 */
export function loudPartLoudness(shortTermEnergies: Float64Array): Lufs | null {
  const audible = shortTermEnergies
    .filter((energy) => energy > GATE)
    .sort()
    .reverse();
  if (audible.length === 0) return null;
  const loud = audible.subarray(0, Math.ceil(audible.length * LOUD_SHARE));
  return energyToLoudness(loud.reduce((sum, energy) => sum + energy, 0) / loud.length);
}
