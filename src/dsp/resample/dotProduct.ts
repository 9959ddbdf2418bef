/** Dot products of f32 vectors in SIMD: the inner loop of every long FIR filter. */

/**
 * Vectors are cut into pieces of this many samples; lengths must be multiples of it. Small
 * pieces, since V8 unrolls small loops itself and does it better: 16 at a time is a third slower.
 */
export const DOT_STEP: i32 = 8;

/** Sum of the four lanes. */
// @ts-ignore: decorator
@inline
export function sumLanes(sum: v128): f32 {
  const pairs = f32x4.add(sum, v128.shuffle<f32>(sum, sum, 2, 3, 0, 1));
  return f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1);
}

/** @param bytes length of both vectors in bytes */
export function dot(coefficients: usize, signal: usize, bytes: usize): f32 {
  let sum0 = f32x4.splat(0);
  let sum1 = sum0;
  for (const end = coefficients + bytes; coefficients < end; coefficients += 32, signal += 32) {
    sum0 = f32x4.add(sum0, f32x4.mul(v128.load(coefficients), v128.load(signal)));
    sum1 = f32x4.add(sum1, f32x4.mul(v128.load(coefficients, 16), v128.load(signal, 16)));
  }
  return sumLanes(f32x4.add(sum0, sum1));
}

/** Filters two signals with the same coefficients and stores one sample at `targetA` and `targetB`. */
export function dotPair(
  coefficients: usize,
  signalA: usize,
  signalB: usize,
  bytes: usize,
  targetA: usize,
  targetB: usize,
): void {
  let a0 = f32x4.splat(0);
  let a1 = a0;
  let b0 = a0;
  let b1 = a0;
  for (const end = coefficients + bytes; coefficients < end; coefficients += 32, signalA += 32, signalB += 32) {
    const c0 = v128.load(coefficients);
    const c1 = v128.load(coefficients, 16);
    a0 = f32x4.add(a0, f32x4.mul(c0, v128.load(signalA)));
    b0 = f32x4.add(b0, f32x4.mul(c0, v128.load(signalB)));
    a1 = f32x4.add(a1, f32x4.mul(c1, v128.load(signalA, 16)));
    b1 = f32x4.add(b1, f32x4.mul(c1, v128.load(signalB, 16)));
  }
  store<f32>(targetA, sumLanes(f32x4.add(a0, a1)));
  store<f32>(targetB, sumLanes(f32x4.add(b0, b1)));
}
