/** Reads a processor's gain reduction (src/dsp/dynamics/reduction.ts). */
import type { Dsp } from "./dsp.js";

/** Gain reduction over everything processed, negative dB. */
export interface Reduction {
  /** Exceeded for 5 % of the time. */
  readonly reductionP95: number;
  readonly reductionMax: number;
}
