/** The filters of src/dsp/resample/interpolator.ts: those used last are kept, so that their memory is bounded. */
import type { ClipRate } from "./clipRate.js";
import type { Dsp } from "./dsp.js";

/** About 1 MB each at most. */
const MOST_TABLES = 8;

export interface PhaseTable {
  readonly address: number;
  readonly taps: number;
}

export class PhaseTables {
  readonly #dsp: Dsp;
  /** By design, least recently used first. */
  readonly #tables = new Map<string, PhaseTable>();

  constructor(dsp: Dsp) {
    this.#dsp = dsp;
  }

  /** The filters for a rate; valid until those for another rate are asked for. */
  get({ step, exact }: ClipRate): PhaseTable {
    const { exports } = this.#dsp;
    const scale = Math.min(1, 1 / step);
    const phases = exact?.up ?? exports.phasesWanted(scale);
    const key = `${scale} ${phases}`;
    const table = this.#tables.get(key) ?? this.#design(scale, phases);
    this.#tables.delete(key);
    this.#tables.set(key, table);
    return table;
  }

  #design(scale: number, phases: number): PhaseTable {
    const { exports } = this.#dsp;
    const address = this.#tables.size < MOST_TABLES ? exports.phasesNew() : this.#dropOldest();
    exports.phasesDesign(address, scale, phases);
    return { address, taps: exports.phasesTaps(scale) };
  }

  /** @returns its address, for another design */
  #dropOldest(): number {
    for (const [key, { address }] of this.#tables) {
      this.#tables.delete(key);
      return address;
    }
    throw new Error("PhaseTables: there is no table to drop");
  }
}
