/** Levels of a stereo signal, for dynamics. A frame that is not finite counts as silence. */

/**
 * Writes the power of the louder channel of each frame of the planar f32 `left` and `right` to the f64 `powers`, and
 * up to three values more. They may be the same buffer.
 */
export function peakPower(left: usize, right: usize, powers: usize, frames: i32): void {
  let i: usize = 0;
  const end = (<usize>frames) << 2;
  if (left == right) {
    for (; i + 16 <= end; i += 16) widen(power(v128.load(left + i)), powers + (i << 1));
    for (; i < end; i += 4) widen(power(v128.load32_zero(left + i)), powers + (i << 1));
    return;
  }
  for (; i + 16 <= end; i += 16) {
    widen(f32x4.pmax(power(v128.load(left + i)), power(v128.load(right + i))), powers + (i << 1));
  }
  for (; i < end; i += 4) {
    const both = f32x4.pmax(power(v128.load32_zero(left + i)), power(v128.load32_zero(right + i)));
    widen(both, powers + (i << 1));
  }
}

/** @returns squares of four samples; 0 for what is not finite (or above 1e19) */
function power(samples: v128): v128 {
  const square = f32x4.mul(samples, samples);
  return v128.and(square, f32x4.eq(f32x4.sub(square, square), f32x4.splat(0)));
}

/** Writes four f32 as f64. */
function widen(values: v128, target: usize): void {
  v128.store(target, f64x2.promote_low_f32x4(values));
  v128.store(target + 16, f64x2.promote_low_f32x4(i64x2.shuffle(values, values, 1, 1)));
}

/** The same of f64x2 frames, which are finite. */
export function framePower(samples: usize, powers: usize, frames: i32): void {
  for (let i: usize = 0, end = (<usize>frames) << 3; i < end; i += 8) {
    const sample = v128.load(samples + (i << 1));
    const power = f64x2.mul(sample, sample);
    v128.store64_lane(powers + i, f64x2.pmax(power, i64x2.shuffle(power, power, 1, 0)), 0);
  }
}

/** Writes the powers of both channels of f64x2 frames, which are finite. */
export function splitPower(samples: usize, left: usize, right: usize, frames: i32): void {
  for (let i: usize = 0, end = (<usize>frames) << 3; i < end; i += 8) {
    const sample = v128.load(samples + (i << 1));
    const power = f64x2.mul(sample, sample);
    v128.store64_lane(left + i, power, 0);
    v128.store64_lane(right + i, power, 1);
  }
}
