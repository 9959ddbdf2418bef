/**
 * The filters of a sample rate conversion: one low-pass, cut into phases. Phase `p` of `P`
 * gives the signal's value `p / P` input samples after a frame.
 *
 * The response is flat up to 20/22.05 of the lower of the two Nyquist frequencies (20 kHz
 * for 44.1 kHz) and 122 dB down from 23/22.05 of it on, so that only the band above the
 * flat one can see aliases or images.
 */
import { allocate } from "../memory";
import { DOT_STEP } from "./dotProduct";
import { kaiserBeta, kaiserTaps, windowedSinc } from "./kaiser";

/** Edges of the transition band, as parts of the lower Nyquist frequency. */
const PASS_EDGE: f64 = 20.0 / 22.05;
const STOP_EDGE: f64 = 23.0 / 22.05;
/** Of the stop band, dB. */
const ATTENUATION: f64 = 122.5;

/**
 * Phases to interpolate between, for a filter that passes all of the input's band. A straight
 * line misses a sine of frequency w (radians per sample) by (w / P)^2 / 8: -130 dB at Nyquist.
 */
const INTERPOLATED_PHASES: f64 = 2048;

/** @returns taps of the filters for a lower rate of `scale` (at most 1) times the input's */
export function polyphaseTaps(scale: f64): i32 {
  const taps = kaiserTaps(ATTENUATION, ((STOP_EDGE - PASS_EDGE) * scale) / 2);
  return <i32>Math.ceil(taps / <f64>DOT_STEP) * DOT_STEP;
}

/** @returns phases to interpolate between; see {@link INTERPOLATED_PHASES} */
export function interpolatedPhases(scale: f64): i32 {
  return <i32>Math.ceil(INTERPOLATED_PHASES * scale);
}

@unmanaged
export class Polyphase {
  /** A multiple of {@link DOT_STEP}; half of them lie before the wanted instant, half after. */
  taps: i32;
  /** Phases per input sample. */
  phases: i32;
  /** f32 coefficients, `phases + 1` rows of `taps`; the last row is the first, one sample later. */
  table: usize;
  /** Bytes of the table's memory. */
  capacity: i32;

  /**
   * Designs the filters, in the memory of those before where there is room.
   * @param scale the lower of the two rates as a part of the input's
   */
  prepare(scale: f64, phases: i32): void {
    this.taps = polyphaseTaps(scale);
    this.phases = phases;
    // After the table a row of f64, to work in.
    const bytes = (phases + 1) * this.taps * 4 + this.taps * 8;
    if (bytes > this.capacity) {
      this.capacity = max(bytes, this.capacity + this.capacity / 4);
      this.table = allocate(this.capacity);
    }
    const cutoff = ((PASS_EDGE + STOP_EDGE) * scale) / 4;
    for (let phase = 0; phase <= phases >> 1; phase++) this.design(phase, cutoff);
    for (let phase = (phases >> 1) + 1; phase <= phases; phase++) this.mirror(phase);
  }

  /** @returns address of the coefficients of phase `phase` */
  // @ts-ignore: decorator
  @inline
  row(phase: i32): usize {
    return this.table + <usize>(phase * this.taps) * 4;
  }

  /** Every phase is scaled to pass 0 Hz unchanged: a steady level gets no ripple. */
  private design(phase: i32, cutoff: f64): void {
    const half = this.taps >> 1;
    const beta = kaiserBeta(ATTENUATION);
    const first = <f64>(1 - half) - <f64>phase / <f64>this.phases;
    const exact = this.row(this.phases + 1);
    let sum: f64 = 0;
    for (let tap = 0; tap < this.taps; tap++) {
      const value = windowedSinc(first + <f64>tap, cutoff, <f64>half, beta);
      store<f64>(exact + ((<usize>tap) << 3), value);
      sum += value;
    }
    for (let tap = 0; tap < this.taps; tap++) {
      const value = load<f64>(exact + ((<usize>tap) << 3)) / sum;
      store<f32>(this.row(phase) + ((<usize>tap) << 2), <f32>value);
    }
  }

  /** The impulse response is symmetrical: this phase is another one backwards. */
  private mirror(phase: i32): void {
    let from = this.row(this.phases - phase) + ((<usize>this.taps - 1) << 2);
    const row = this.row(phase);
    for (let to = row, end = row + (<usize>this.taps << 2); to < end; to += 4, from -= 4) {
      store<f32>(to, load<f32>(from));
    }
  }
}
