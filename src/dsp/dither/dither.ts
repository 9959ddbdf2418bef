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
import { allocate } from "../memory";
import { TriangularNoise } from "./triangularNoise";

/** The same order stands in src/engine/pcmEncoder.ts. */
export const enum Dither {
  None = 0,
  Tpdf = 1,
  Shaped = 2,
}

/** A louder signal than this (linear) is an error upstream; it only has to end at full scale. */
const LOUDEST: f32 = 1024;
/** 3 2^51: what is added to it is rounded to a whole number, half to even, which then stands in the lowest bits. */
const WHOLE: f64 = 6755399441055744;
/** Frames that are dithered at a time. */
const PIECE: i32 = 512;

@unmanaged
export class Quantiser {
  /** Integers per unit of signal, and the extremes of the format. */
  private scale: f64;
  private lowest: f64;
  private highest: f64;
  private dither: i32;
  private noise: TriangularNoise;
  /** Dither of a piece, f64 in LSB, and what the kernel writes beyond. */
  private added: usize;
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
    this.noise = new TriangularNoise(seed);
    this.added = allocate((PIECE + 3) << 3);
    this.scale = Math.pow(2, <f64>(bits - 1));
    this.lowest = -this.scale;
    this.highest = this.scale - 1;
    this.dither = dither;
    if (dither == Dither.Shaped) this.shapeNoise(sampleRate);
  }

  /**
   * Writes `frames` samples of the f32 `source` as i32 to `target`, both contiguous, and up to three values more.
   * NaN becomes 0.
   * @returns samples over full scale, which were clipped
   */
  process(source: usize, target: usize, frames: i32): i32 {
    let clipped = 0;
    while (frames > 0) {
      const count = min(frames, PIECE);
      if (this.dither != Dither.None) this.noise.fill(this.added, count);
      clipped += this.dither == Dither.Shaped ? this.shape(source, target, count) : this.round(source, target, count);
      source += (<usize>count) << 2;
      target += (<usize>count) << 2;
      frames -= count;
    }
    return clipped;
  }

  private round(source: usize, target: usize, frames: i32): i32 {
    const scale = f64x2.splat(this.scale);
    const lowest = f64x2.splat(this.lowest);
    const highest = f64x2.splat(this.highest);
    let added = this.added;
    let clipped = 0;
    for (let left = frames; left > 0; left -= 4, source += 16, target += 16, added += 32) {
      const samples = bounded(left >= 4 ? v128.load(source) : loadFew(source, left));
      let first = f64x2.mul(f64x2.promote_low_f32x4(samples), scale);
      let second = f64x2.mul(f64x2.promote_low_f32x4(i64x2.shuffle(samples, samples, 1, 1)), scale);
      if (this.dither == Dither.Tpdf) {
        first = f64x2.add(first, v128.load(added));
        second = f64x2.add(second, v128.load(added, 16));
      }
      first = whole(first);
      second = whole(second);
      const firstKept = f64x2.pmax(lowest, f64x2.pmin(highest, first));
      const secondKept = f64x2.pmax(lowest, f64x2.pmin(highest, second));
      const cut = v128.or(f64x2.ne(first, firstKept), f64x2.ne(second, secondKept));
      if (v128.any_true(cut)) clipped += differing(first, firstKept, min(left, 2)) + differing(second, secondKept, left - 2);
      const integers = i32x4.shuffle(
        f64x2.add(firstKept, f64x2.splat(WHOLE)),
        f64x2.add(secondKept, f64x2.splat(WHOLE)),
        0,
        2,
        4,
        6,
      );
      v128.store(target, integers);
    }
    return clipped;
  }

  private shape(source: usize, target: usize, frames: i32): i32 {
    let clipped = 0;
    let added = this.added;
    for (const end = source + ((<usize>frames) << 2); source < end; source += 4, target += 4, added += 8) {
      const sample = <f64>f32x4.extract_lane(bounded(v128.load32_zero(source)), 0);
      let value = this.roundShaped(sample * this.scale, load<f64>(added));
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
  private roundShaped(value: f64, added: f64): f64 {
    // The latest error comes last: everything else can be computed before it is known.
    const older = this.c2 * this.e2 + this.c3 * this.e3 + (this.c4 * this.e4 + this.c5 * this.e5);
    const wanted = value - older - this.c1 * this.e1;
    const rounded = nearest(wanted + added);
    this.e5 = this.e4;
    this.e4 = this.e3;
    this.e3 = this.e2;
    this.e2 = this.e1;
    this.e1 = rounded - wanted;
    return rounded;
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

/** @returns 0 for NaN, otherwise the nearest samples that are not too loud */
// @ts-ignore: decorator
@inline
function bounded(samples: v128): v128 {
  const numbers = v128.and(samples, f32x4.eq(samples, samples));
  return f32x4.pmax(f32x4.splat(-LOUDEST), f32x4.pmin(f32x4.splat(LOUDEST), numbers));
}

/** @returns the nearest whole numbers, half to even */
// @ts-ignore: decorator
@inline
function whole(values: v128): v128 {
  return f64x2.sub(f64x2.add(values, f64x2.splat(WHOLE)), f64x2.splat(WHOLE));
}

/** @returns one to three f32, and silence behind them */
function loadFew(source: usize, count: i32): v128 {
  let samples = v128.load32_zero(source);
  if (count > 1) samples = v128.load32_lane(source, samples, 1, 4);
  if (count > 2) samples = v128.load32_lane(source, samples, 2, 8);
  return samples;
}

/** @returns in how many of the first `count` lanes two pairs differ */
function differing(a: v128, b: v128, count: i32): i32 {
  const lanes = i64x2.bitmask(f64x2.ne(a, b));
  return (count > 0 ? lanes & 1 : 0) + (count > 1 ? lanes >> 1 : 0);
}
