/**
 * A delay line that is read between its samples by a windowed sinc of 32 taps: flat within
 * 0.01 dB to 0.41 of the sample rate (18 kHz at 44.1 kHz), images 80 dB down.
 */
import { kaiserBeta, windowedSinc } from "../resample/kaiser";
import { dot } from "../resample/dotProduct";
import { allocate } from "../memory";

const TAPS: i32 = 32;
/** Shortest delay that can be read, in frames. */
export const SHORTEST_DELAY: f64 = 17;
/** Positions between two samples; between these the values go in a straight line, 82 dB exact at worst. */
const PHASES: i32 = 128;
const ATTENUATION: f64 = 80;

let table: usize = 0;

/** @returns PHASES + 1 rows of TAPS f32; allocates at its first call */
function rows(): usize {
  if (table != 0) return table;
  table = allocate((PHASES + 1) * TAPS * 4);
  const beta = kaiserBeta(ATTENUATION);
  const half = <f64>TAPS / 2;
  for (let phase = 0; phase <= PHASES; phase++) {
    const first = 1 - half - <f64>phase / <f64>PHASES;
    let sum: f64 = 0;
    for (let tap = 0; tap < TAPS; tap++) sum += windowedSinc(first + <f64>tap, 0.5, half, beta);
    for (let tap = 0; tap < TAPS; tap++) {
      const value = windowedSinc(first + <f64>tap, 0.5, half, beta) / sum;
      store<f32>(table + ((<usize>(phase * TAPS + tap)) << 2), <f32>value);
    }
  }
  return table;
}

@unmanaged
export class FractionalDelay {
  private readonly table: usize = rows();
  /** A ring of `length` f32, a power of two, and its first TAPS once more behind its end. */
  private ring: usize;
  private length: i32;
  /** Where the next sample goes. */
  private at: i32;

  /** @param longest delay in frames; forgets the signal */
  resize(longest: f64): void {
    this.length = 64;
    while (this.length < <i32>longest + TAPS + 2) this.length <<= 1;
    this.ring = allocate((this.length + TAPS) << 2);
    this.at = 0;
  }

  write(sample: f32): void {
    const at = this.ring + ((<usize>this.at) << 2);
    store<f32>(at, sample);
    if (this.at < TAPS) store<f32>(at + ((<usize>this.length) << 2), sample);
    this.at = (this.at + 1) & (this.length - 1);
  }

  /** @returns the signal `frames` (SHORTEST_DELAY or more) before the sample that is written next */
  read(frames: f64): f32 {
    const whole = Math.ceil(frames);
    const position = (whole - frames) * <f64>PHASES;
    const phase = <i32>position;
    const start = (this.at - <i32>whole + 1 - TAPS / 2) & (this.length - 1);
    const signal = this.ring + ((<usize>start) << 2);
    const row = this.table + ((<usize>(phase * TAPS)) << 2);
    const before = dot(row, signal, TAPS << 2);
    const after = phase < PHASES ? dot(row + (TAPS << 2), signal, TAPS << 2) : before;
    return before + <f32>(position - <f64>phase) * (after - before);
  }
}
