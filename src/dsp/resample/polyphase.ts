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

/** Ratios that need a larger table of exact phases interpolate between fewer ones. */
const MAX_TABLE_BYTES: f64 = 4 * 1024 * 1024;
/**
 * Phases to interpolate between, for a filter that passes all of the input's band. A straight
 * line misses a sine of frequency w (radians per sample) by (w / P)^2 / 8: -130 dB at Nyquist.
 */
const INTERPOLATED_PHASES: f64 = 2048;

@unmanaged
export class Polyphase {
  /** A multiple of {@link DOT_STEP}; half of them lie before the wanted instant, half after. */
  taps: i32;
  /** Phases per input sample. */
  phases: i32;
  /** Whether `phases` are fewer than the exact ratio needs. */
  interpolated: bool;
  /** f32 coefficients, `phases + 1` rows of `taps`; the last row is the first, one sample later. */
  table: usize;

  /** @param up `outputRate / inputRate` is `up / down` in lowest terms */
  constructor(up: i32, down: i32) {
    // The lower of the two rates, as a part of the input's.
    const scale = Math.min(1, <f64>up / <f64>down);
    const taps = kaiserTaps(ATTENUATION, ((STOP_EDGE - PASS_EDGE) * scale) / 2);
    this.taps = <i32>Math.ceil(taps / <f64>DOT_STEP) * DOT_STEP;
    this.interpolated = <f64>up * <f64>this.taps * 4 > MAX_TABLE_BYTES;
    this.phases = this.interpolated ? <i32>Math.ceil(INTERPOLATED_PHASES * scale) : up;
    this.table = allocate((this.phases + 1) * this.taps * 4);
    const cutoff = ((PASS_EDGE + STOP_EDGE) * scale) / 4;
    for (let phase = 0; phase <= this.phases; phase++) this.design(phase, cutoff);
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
    let sum: f64 = 0;
    for (let tap = 0; tap < this.taps; tap++) sum += windowedSinc(first + <f64>tap, cutoff, <f64>half, beta);
    for (let tap = 0; tap < this.taps; tap++) {
      const value = windowedSinc(first + <f64>tap, cutoff, <f64>half, beta) / sum;
      store<f32>(this.row(phase) + ((<usize>tap) << 2), <f32>value);
    }
  }
}
