/** Integrated loudness of sound as it runs, in memory that does not grow: energies are counted by their loudness. */
import { energyToLoudness, loudnessToEnergy, lufs } from "../../units/loudness.js";

/** BS.1770-5, Annex 1: blocks at or below -70 LUFS never count, nor those 10 LU below the mean of the others. */
const ABSOLUTE_GATE = -70;
const RELATIVE_GATE = -10;
/** Loudest that is told apart, LUFS, and how fine, LU. */
const LOUDEST = 20;
const STEP = 0.05;
const BINS = Math.round((LOUDEST - ABSOLUTE_GATE) / STEP);

export class GatedLoudness {
  /** Number and energy of the blocks of each {@link STEP}. */
  readonly #counts = new Float64Array(BINS);
  readonly #energies = new Float64Array(BINS);

  /** Adds the energy of a block of 400 ms, 100 ms after the last one: a channel-weighted mean square. */
  add(energy: number): void {
    if (!(energy > loudnessToEnergy(lufs(ABSOLUTE_GATE)))) return;
    const bin = Math.min(BINS - 1, Math.floor((energyToLoudness(energy) - ABSOLUTE_GATE) / STEP));
    this.#counts[bin]!++;
    this.#energies[bin]! += energy;
  }

  /** LUFS; -Infinity before any block has counted. The relative gate is as exact as {@link STEP}. */
  get value(): number {
    const mean = this.#meanFrom(0);
    const gate = energyToLoudness(mean) + RELATIVE_GATE;
    const first = Math.max(0, Math.floor((gate - ABSOLUTE_GATE) / STEP));
    return mean > 0 ? energyToLoudness(this.#meanFrom(first)) : -Infinity;
  }

  reset(): void {
    this.#counts.fill(0);
    this.#energies.fill(0);
  }

  #meanFrom(first: number): number {
    let [count, energy] = [0, 0];
    for (let bin = first; bin < BINS; bin++) {
      count += this.#counts[bin]!;
      energy += this.#energies[bin]!;
    }
    return count === 0 ? 0 : energy / count;
  }
}
