/** Reads a processor's gain reduction; the layout is that of src/dsp/dynamics/reduction.ts. */
import type { Dsp } from "./dsp.js";

/** Gain reduction over everything processed, dB, 0 or negative. */
export interface Reduction {
  /** Exceeded for 5 % of the time. */
  readonly reductionP95: number;
  readonly reductionMax: number;
}

const BINS = 301;
const BINS_PER_DB = 10;

/** @returns the gain reduction of the processor at `processor`; zeros for a kind without any */
export function readReduction(dsp: Dsp, processor: number): Reduction {
  const address = dsp.exports.processorReduction(processor);
  if (address === 0) return { reductionP95: 0, reductionMax: 0 };
  const [deepest, frames, ...bins] = dsp.float64(address, 2 + BINS);
  let exceeded = frames! * 0.05;
  let bin = BINS - 1;
  while (bin > 0 && (exceeded -= bins[bin]!) >= 0) bin--;
  return { reductionP95: bin === 0 ? 0 : -bin / BINS_PER_DB, reductionMax: deepest! };
}
