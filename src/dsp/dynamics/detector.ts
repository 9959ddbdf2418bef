/** Levels of a stereo signal, for dynamics. A frame that is not finite counts as silence. */

/**
 * Writes the power of the louder channel of each frame of the planar f32 `left` and `right`
 * to the f64 `powers`, and one value more if `frames` is odd. They may be the same buffer.
 */
export function peakPower(left: usize, right: usize, powers: usize, frames: i32): void {
  let i: usize = 0;
  const end = (<usize>frames) << 2;
  for (; i + 8 <= end; i += 8) {
    v128.store(powers + (i << 1), louder(v128.load64_zero(left + i), v128.load64_zero(right + i)));
  }
  if (i < end) v128.store(powers + (i << 1), louder(v128.load32_zero(left + i), v128.load32_zero(right + i)));
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

/** @returns power of the louder of two f32 pairs, as f64x2 */
function louder(left: v128, right: v128): v128 {
  const a = f64x2.promote_low_f32x4(left);
  const b = f64x2.promote_low_f32x4(right);
  const power = f64x2.pmax(f64x2.mul(a, a), f64x2.mul(b, b));
  return v128.and(power, f64x2.eq(f64x2.sub(power, power), f64x2.splat(0)));
}
