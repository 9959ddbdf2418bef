/**
 * Quantisation of one audio channel to integers, with dither and noise shaping.
 *
 * TPDF dither (triangular, 2 LSB peak to peak) makes the error's mean and power independent
 * of the signal; the whole error's power is LSB^2 / 4. Source: S. P. Lipshitz,
 * R. A. Wannamaker, J. Vanderkooy, "Quantization and Dither: A Theoretical Survey", JAES
 * 40(5), 1992, section 4. It is always on, in digital silence too.
 *
 * Shaped dither feeds the past errors back, so that the error's spectrum is multiplied by
 * H(z) = 1 - c1 z^-1 - ... - c5 z^-5.
 */

/** The same order stands in src/engine/pcmEncoder.ts. */
export const enum Dither {
  None = 0,
  Tpdf = 1,
  Shaped = 2,
}

/** Step of the SplitMix64 sequence (2^64 divided by the golden ratio). */
const GOLDEN_STEP: i64 = 0x9e3779b97f4a7c15;

/** A louder signal than this (linear) is an error upstream; it only has to end at full scale. */
const LOUDEST: f64 = 1024;

@unmanaged
export class Quantiser {
  /** Integers per unit of signal, and the extremes of the format. */
  private scale: f64;
  private lowest: f64;
  private highest: f64;
  private dither: i32;
  /** SplitMix64 state. */
  private random: i64;
  /** Coefficients of the noise shaping and the last errors, in LSB, latest first. */
  private c1: f64 = 0;
  private c2: f64 = 0;
  private c3: f64 = 0;
  private c4: f64 = 0;
  private c5: f64 = 0;
  private e1: f64 = 0;
  private e2: f64 = 0;
  private e3: f64 = 0;
  private e4: f64 = 0;
  private e5: f64 = 0;

  /** @param seed channels with different seeds get independent dither */
  constructor(bits: i32, dither: i32, sampleRate: f64, seed: i64) {
    this.scale = Math.pow(2, <f64>(bits - 1));
    this.lowest = -this.scale;
    this.highest = this.scale - 1;
    this.dither = dither;
    this.random = scramble(seed * GOLDEN_STEP);
    if (dither == Dither.Shaped) this.shapeNoise(sampleRate);
  }

  /**
   * Writes `frames` samples of the f32 `source` as i32 to `target`, both contiguous. NaN
   * becomes 0.
   * @returns samples over full scale, which were clipped
   */
  process(source: usize, target: usize, frames: i32): i32 {
    let clipped = 0;
    for (const end = source + (<usize>frames << 2); source < end; source += 4, target += 4) {
      let sample = <f64>load<f32>(source);
      if (!(Math.abs(sample) <= LOUDEST)) sample = bounded(sample);
      let value = this.round(sample * this.scale);
      // Branches: WASM's own minimum and maximum are several times slower than a good guess.
      if (value > this.highest || value < this.lowest) {
        value = value > 0 ? this.highest : this.lowest;
        clipped++;
      }
      store<i32>(target, <i32>value);
    }
    return clipped;
  }

  // @ts-ignore: decorator
  @inline
  private round(value: f64): f64 {
    if (this.dither == Dither.None) return nearest(value);
    if (this.dither == Dither.Tpdf) return nearest(value + this.triangular());
    // The latest error comes last: everything else can be computed before it is known.
    const older = this.c2 * this.e2 + this.c3 * this.e3 + (this.c4 * this.e4 + this.c5 * this.e5);
    const wanted = value - older - this.c1 * this.e1;
    const rounded = nearest(wanted + this.triangular());
    this.e5 = this.e4;
    this.e4 = this.e3;
    this.e3 = this.e2;
    this.e2 = this.e1;
    this.e1 = rounded - wanted;
    return rounded;
  }

  /** Triangular random number in (-1, 1): the sum of the two halves of a 64-bit one. */
  // @ts-ignore: decorator
  @inline
  private triangular(): f64 {
    this.random += GOLDEN_STEP;
    const bits = scramble(this.random);
    const sum = (bits >>> 32) + (bits & 0xffffffff);
    return <f64>(sum - 0xffffffff) * (1.0 / 4294967296.0);
  }

  /**
   * Around 44.1 and 48 kHz: the five coefficients of S. P. Lipshitz, J. Vanderkooy,
   * R. A. Wannamaker, "Minimally Audible Noise Shaping", JAES 39(11), 1991, made after the
   * ear's sensitivity at 44.1 kHz (15 dB less noise from 2 to 6 kHz, 12 dB more in all).
   * From 64 kHz on (1 - z^-1)^2: noise moves above the audible band. Below 40 kHz there is no
   * room for it: plain TPDF.
   */
  private shapeNoise(sampleRate: f64): void {
    if (sampleRate < 40000) {
      this.dither = Dither.Tpdf;
    } else if (sampleRate < 64000) {
      this.c1 = 2.033;
      this.c2 = -2.165;
      this.c3 = 1.959;
      this.c4 = -1.59;
      this.c5 = 0.6149;
    } else {
      this.c1 = 2;
      this.c2 = -1;
    }
  }
}

/** @returns 0 for NaN, otherwise the nearest sample that is not too loud */
function bounded(sample: f64): f64 {
  return sample == sample ? Math.min(Math.max(sample, -LOUDEST), LOUDEST) : 0;
}

/**
 * Output function of SplitMix64. Source: G. L. Steele, D. Lea, C. H. Flood, "Fast Splittable
 * Pseudorandom Number Generators", OOPSLA 2014 (constants: D. Stafford's mix 13).
 */
// @ts-ignore: decorator
@inline
function scramble(state: i64): i64 {
  let bits = state;
  bits = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9;
  bits = (bits ^ (bits >>> 27)) * 0x94d049bb133111eb;
  return bits ^ (bits >>> 31);
}
