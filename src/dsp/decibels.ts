/**
 * Decibels inside the kernels, two values at a time, by polynomials: the same bits on every
 * machine, and a tenth of the cost of Math.log10 and Math.pow.
 *
 * Minimax fits over half an octave on either side of 1 (logarithm) and of 0 (power of two).
 */

const DB_PER_OCTAVE: f64 = 3.010299956639812; // 10 log10 2, of power
const OCTAVES_PER_DB: f64 = 0.16609640474436813; // log2(10) / 20, of amplitude

const ONE_BITS: i64 = 0x3ff0000000000000;
const ROOT_HALF_BITS: i64 = 0x3fe6a09e667f3bcd;
const MANTISSA_BITS: i64 = 0x000fffffffffffff;
/** 2^52: added to a small whole number, it leaves that number in the mantissa. */
const WHOLE: f64 = 4503599627370496;
const EXPONENT_BIAS: f64 = 1023;

/** 10 log10 of two powers, positive and finite, within 7e-6 dB; 1 gives exactly 0. */
// @ts-ignore: decorator
@inline
export function powerToDb(power: v128): v128 {
  // Split power = m 2^e with m from sqrt(1/2) to sqrt(2).
  const shifted = i64x2.add(power, i64x2.splat(ONE_BITS - ROOT_HALF_BITS));
  const biased = v128.or(i64x2.shr_u(shifted, 52), i64x2.splat(0x4330000000000000));
  const e = f64x2.sub(biased, f64x2.splat(WHOLE + EXPONENT_BIAS));
  const m = i64x2.add(v128.and(shifted, i64x2.splat(MANTISSA_BITS)), i64x2.splat(ROOT_HALF_BITS));

  const t = f64x2.sub(m, f64x2.splat(1));
  let p = f64x2.add(f64x2.mul(t, f64x2.splat(-0.206591638469)), f64x2.splat(0.322154775219));
  p = f64x2.add(f64x2.mul(p, t), f64x2.splat(-0.367489993976));
  p = f64x2.add(f64x2.mul(p, t), f64x2.splat(0.479348021122));
  p = f64x2.add(f64x2.mul(p, t), f64x2.splat(-0.721131857766));
  p = f64x2.add(f64x2.mul(p, t), f64x2.splat(1.44271348137));
  return f64x2.mul(f64x2.add(e, f64x2.mul(p, t)), f64x2.splat(DB_PER_OCTAVE));
}

/** 10^(dB / 20) of two levels from -6000 to 6000 dB, within 8e-7 dB; 0 gives exactly 1. */
// @ts-ignore: decorator
@inline
export function dbToGain(db: v128): v128 {
  const octaves = f64x2.mul(db, f64x2.splat(OCTAVES_PER_DB));
  const whole = f64x2.nearest(octaves);
  const power = i64x2.shl(f64x2.add(whole, f64x2.splat(WHOLE + EXPONENT_BIAS)), 52);

  const t = f64x2.sub(octaves, whole);
  let p = f64x2.add(f64x2.mul(t, f64x2.splat(0.00132647268990371)), f64x2.splat(0.0096715126605595));
  p = f64x2.add(f64x2.mul(p, t), f64x2.splat(0.0555073374424455));
  p = f64x2.add(f64x2.mul(p, t), f64x2.splat(0.240222420849193));
  p = f64x2.add(f64x2.mul(p, t), f64x2.splat(0.69314697759847));
  return f64x2.mul(f64x2.add(f64x2.mul(p, t), f64x2.splat(1)), power);
}

const LEAST_OCTAVES: f32 = -126;
/** 3 2^22: added to a small whole number, it leaves that number in the lowest bits. */
const WHOLE_32: f32 = 12582912;
const ONE_BITS_32: i32 = 0x3f800000;
const ROOT_HALF_BITS_32: i32 = 0x3f3504f3;
const MANTISSA_BITS_32: i32 = 0x007fffff;

/** {@link powerToDb} of four 32-bit powers from 1e-37 on, within 2e-5 dB at -150 dB, 8e-6 dB above -20 dB. */
// @ts-ignore: decorator
@inline
export function powerToDb4(power: v128): v128 {
  const shifted = i32x4.add(power, i32x4.splat(ONE_BITS_32 - ROOT_HALF_BITS_32));
  const e = f32x4.sub(f32x4.convert_i32x4_s(i32x4.shr_u(shifted, 23)), f32x4.splat(127));
  const m = i32x4.add(v128.and(shifted, i32x4.splat(MANTISSA_BITS_32)), i32x4.splat(ROOT_HALF_BITS_32));

  const t = f32x4.sub(m, f32x4.splat(1));
  // In pairs of terms, so that fewer sums wait for each other.
  const t2 = f32x4.mul(t, t);
  const high = f32x4.add(f32x4.mul(t, f32x4.splat(-0.206591638469)), f32x4.splat(0.322154775219));
  const middle = f32x4.add(f32x4.mul(t, f32x4.splat(-0.367489993976)), f32x4.splat(0.479348021122));
  const low = f32x4.add(f32x4.mul(t, f32x4.splat(-0.721131857766)), f32x4.splat(1.44271348137));
  const p = f32x4.add(f32x4.mul(f32x4.add(f32x4.mul(high, t2), middle), t2), low);
  return f32x4.mul(f32x4.add(e, f32x4.mul(p, t)), f32x4.splat(<f32>DB_PER_OCTAVE));
}

/** {@link dbToGain} of four 32-bit levels up to 700 dB, within 2e-6 dB; below -750 dB as there. */
// @ts-ignore: decorator
@inline
export function dbToGain4(db: v128): v128 {
  const octaves = f32x4.pmax(f32x4.mul(db, f32x4.splat(<f32>OCTAVES_PER_DB)), f32x4.splat(LEAST_OCTAVES));
  const whole = f32x4.nearest(octaves);
  const power = i32x4.shl(f32x4.add(whole, f32x4.splat(WHOLE_32 + 127)), 23);

  const t = f32x4.sub(octaves, whole);
  const t2 = f32x4.mul(t, t);
  const high = f32x4.add(f32x4.mul(t, f32x4.splat(0.00132647268990371)), f32x4.splat(0.0096715126605595));
  const middle = f32x4.add(f32x4.mul(t, f32x4.splat(0.0555073374424455)), f32x4.splat(0.240222420849193));
  const low = f32x4.add(f32x4.mul(t, f32x4.splat(0.69314697759847)), f32x4.splat(1));
  return f32x4.mul(f32x4.add(f32x4.mul(f32x4.add(f32x4.mul(high, t2), middle), t2), low), power);
}
