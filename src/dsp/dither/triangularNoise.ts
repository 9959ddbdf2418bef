/**
 * White noise with a triangular distribution, the difference of two uniform random numbers: what TPDF dither adds.
 *
 * A number is made from nothing but the frame's place, so that four are made at a time: two hashes of the place,
 * each with keys of its own, by multiplications and shifts that spread every bit over the whole word (constants:
 * C. Wellons, hash-prospector, "lowbias32", whose bias is below 0.2 % in any bit).
 */

/** Step of the SplitMix64 sequence (2^64 divided by the golden ratio). */
const GOLDEN_STEP: i64 = 0x9e3779b97f4a7c15;

@unmanaged
export class TriangularNoise {
  /** Frames so far, modulo 2^32. */
  private place: i32;
  /** Of the first number and of the second: what is mixed in at the start, and half way. */
  private first: i64;
  private second: i64;

  /** @param seed channels with different seeds get independent noise */
  constructor(seed: i64) {
    this.first = scramble(seed * GOLDEN_STEP);
    this.second = scramble((seed + 1) * GOLDEN_STEP + this.first);
  }

  /** Writes the next `frames` f64, between -1 and 1, to `target`, and up to three more. */
  fill(target: usize, frames: i32): void {
    const a = i32x4.splat(<i32>this.first);
    const b = i32x4.splat(<i32>(this.first >> 32));
    const c = i32x4.splat(<i32>this.second);
    const d = i32x4.splat(<i32>(this.second >> 32));
    const unit = f64x2.splat(1.0 / 2147483648.0);
    let place = i32x4.add(i32x4.splat(this.place), i32x4(0, 1, 2, 3));
    for (const end = target + ((<usize>frames) << 3); target < end; target += 32) {
      const difference = i32x4.sub(i32x4.shr_u(hash(place, a, b), 1), i32x4.shr_u(hash(place, c, d), 1));
      const later = i32x4.shuffle(difference, difference, 2, 3, 2, 3);
      v128.store(target, f64x2.mul(f64x2.convert_low_i32x4_s(difference), unit));
      v128.store(target, f64x2.mul(f64x2.convert_low_i32x4_s(later), unit), 16);
      place = i32x4.add(place, i32x4.splat(4));
    }
    this.place += frames;
  }
}

// @ts-ignore: decorator
@inline
function hash(place: v128, early: v128, late: v128): v128 {
  let x = v128.xor(place, early);
  x = i32x4.mul(v128.xor(x, i32x4.shr_u(x, 16)), i32x4.splat(0x7feb352d));
  x = i32x4.add(x, late);
  x = i32x4.mul(v128.xor(x, i32x4.shr_u(x, 15)), i32x4.splat(<i32>0x846ca68b));
  return v128.xor(x, i32x4.shr_u(x, 16));
}

/**
 * Output function of SplitMix64. Source: G. L. Steele, D. Lea, C. H. Flood, "Fast Splittable
 * Pseudorandom Number Generators", OOPSLA 2014 (constants: D. Stafford's mix 13).
 */
function scramble(state: i64): i64 {
  let bits = state;
  bits = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9;
  bits = (bits ^ (bits >>> 27)) * 0x94d049bb133111eb;
  return bits ^ (bits >>> 31);
}
