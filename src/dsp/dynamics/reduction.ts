/**
 * Telemetry of a dynamics processor: how far, and for how long, it turned the signal down.
 *
 * In memory it is an array of f64 that the host reads in place:
 *   [0]         deepest reduction so far, in dB, 0 or negative
 *   [1]         frames counted so far
 *   [2 .. 302]  frames whose reduction was nearest to 0, 0.1, 0.2 .. 30 dB; the last bin also
 *               holds everything deeper
 */
import { allocate } from "../memory";

const BINS: i32 = 301;
const BINS_PER_DB: f64 = 10;

@unmanaged
export class Reduction {
  /** Deepest reduction so far, in dB; 0 or negative. */
  deepest: f64;
  /** Frames counted so far. */
  frames: f64;

  /** Counts `frames` frames turned down by `reduction` dB; 0 or negative. */
  add(reduction: f64, frames: f64): void {
    this.deepest = min(this.deepest, reduction);
    this.frames += frames;
    const bin = min(<i32>(0.5 - reduction * BINS_PER_DB), BINS - 1);
    const address = changetype<usize>(this) + offsetof<Reduction>() + ((<usize>bin) << 3);
    store<f64>(address, load<f64>(address) + frames);
  }
}

/** Telemetry that has counted nothing yet. */
export function reductionNew(): Reduction {
  return changetype<Reduction>(allocate(<i32>offsetof<Reduction>() + (BINS << 3)));
}
