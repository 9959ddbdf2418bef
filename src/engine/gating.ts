/** What becomes of window energies: gated loudness and loudness range. Energies are weighted mean squares. */
import {
  energyToLoudness,
  loudnessToEnergy,
  lu,
  lufs,
  type LoudnessUnits,
  type Lufs,
} from "../units/loudness.js";

/** BS.1770-5, Annex 1: windows at or below this loudness never count. */
const ABSOLUTE_GATE = loudnessToEnergy(lufs(-70));
/** Relative gates as factors of energy: -10 LU (BS.1770-5) and -20 LU (EBU Tech 3342). */
const INTEGRATED_GATE = 0.1;
const RANGE_GATE = 0.01;
/** EBU Tech 3342: the range lies between these percentiles. */
const LOW_PERCENTILE = 0.1;
const HIGH_PERCENTILE = 0.95;

/**
 * Integrated loudness (BS.1770-5, Annex 1, equations 3 to 7) of one or more pieces of sound
 * taken together; an album's is gated over the blocks of all its songs.
 * @param pieces energies of the 400 ms blocks of each piece, 100 ms apart
 * @returns `null` if no block is above the absolute gate
 */
export function integratedLoudness(pieces: readonly Float64Array[]): Lufs | null {
  const audible = meanAbove(pieces, ABSOLUTE_GATE);
  if (audible === null) return null;
  const gated = meanAbove(pieces, Math.max(ABSOLUTE_GATE, audible * INTEGRATED_GATE));
  return gated === null ? null : energyToLoudness(gated);
}

/**
 * Loudness range (EBU Tech 3342).
 * @param shortTerm energies of whole 3 s windows, 100 ms apart
 * @returns `null` if no window is above the absolute gate
 */
export function loudnessRange(shortTerm: Float64Array): LoudnessUnits | null {
  const audible = meanAbove([shortTerm], ABSOLUTE_GATE);
  if (audible === null) return null;
  const gate = Math.max(ABSOLUTE_GATE, audible * RANGE_GATE);
  const sorted = shortTerm.filter((energy) => energy > gate).sort();
  const percentile = (share: number): Lufs =>
    energyToLoudness(sorted[Math.round((sorted.length - 1) * share)]!);
  return lu(percentile(HIGH_PERCENTILE) - percentile(LOW_PERCENTILE));
}

function meanAbove(pieces: readonly Float64Array[], gate: number): number | null {
  let sum = 0;
  let count = 0;
  for (const energies of pieces) {
    for (const energy of energies) {
      if (energy <= gate) continue;
      sum += energy;
      count++;
    }
  }
  return count === 0 ? null : sum / count;
}
