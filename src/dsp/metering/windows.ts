/**
 * Sliding loudness windows: energies of 10 ms bins, summed over 400 ms (momentary) and 3 s
 * (short-term). The maxima are taken at every bin: on hops of 100 ms the maximum momentary
 * loudness of EBU Tech 3341 cases 13 and 14 comes out up to 0.45 LU too low. Only whole
 * windows count.
 */
import { allocate } from "../memory";

export const BINS_PER_SECOND: i32 = 100;
/** Bins of a step, on whose hops integrated loudness and loudness range are taken: 100 ms. */
const STEP_BINS: i32 = 10;
const MOMENTARY_BINS: i32 = 40;
const SHORT_TERM_BINS: i32 = 300;

@unmanaged
export class Windows {
  maxMomentary: f64;
  maxShortTerm: f64;
  /** Whole steps so far. */
  steps: i32;
  private sampleRate: f64;
  /** Bins so far. */
  private bins: i32;
  /** Ring of the energies of the last bins (f64). */
  private energies: usize;
  /** Ring of the sums of ten bins that end with each bin (f64). */
  private tens: usize;

  constructor(sampleRate: f64) {
    this.sampleRate = sampleRate;
    this.maxMomentary = 0;
    this.maxShortTerm = 0;
    this.steps = 0;
    this.bins = 0;
    this.energies = allocate(SHORT_TERM_BINS * 8);
    this.tens = allocate(SHORT_TERM_BINS * 8);
  }

  /** @returns first frame after the bin that is being filled */
  endOfBin(): i64 {
    return this.boundary(this.bins + 1);
  }

  /**
   * Takes the energy (sum of weighted squares) of a finished bin.
   * @param step where to store momentary and short-term mean square (two f64), if the bin
   *   ends a step; a window that is not whole yet gives 0
   * @returns whether it did
   */
  push(energy: f64, step: usize): bool {
    const slot = this.bins % SHORT_TERM_BINS;
    store<f64>(this.energies + (<usize>slot << 3), energy);
    store<f64>(this.tens + (<usize>slot << 3), this.sum(this.energies, slot, 1, STEP_BINS));
    this.bins++;
    const momentary = this.meanSquare(slot, MOMENTARY_BINS);
    const shortTerm = this.meanSquare(slot, SHORT_TERM_BINS);
    this.maxMomentary = max(this.maxMomentary, momentary);
    this.maxShortTerm = max(this.maxShortTerm, shortTerm);
    if (this.bins % STEP_BINS != 0) return false;
    this.steps++;
    store<f64>(step, momentary);
    store<f64>(step, shortTerm, 8);
    return true;
  }

  private meanSquare(slot: i32, bins: i32): f64 {
    if (this.bins < bins) return 0;
    const frames = this.boundary(this.bins) - this.boundary(this.bins - bins);
    return this.sum(this.tens, slot, STEP_BINS, bins / STEP_BINS) / <f64>frames;
  }

  /** @returns sum of `count` values of a ring, from slot `slot` back in hops of `hop` */
  private sum(ring: usize, slot: i32, hop: i32, count: i32): f64 {
    let sum: f64 = 0;
    for (let i = 0; i < count; i++) {
      sum += load<f64>(ring + (<usize>slot << 3));
      slot -= hop;
      if (slot < 0) slot += SHORT_TERM_BINS;
    }
    return sum;
  }

  /** Bins begin at whole frames at every rate; on average they are as long as they should be. */
  private boundary(bin: i32): i64 {
    return <i64>Math.floor((<f64>bin * this.sampleRate) / <f64>BINS_PER_SECOND);
  }
}
