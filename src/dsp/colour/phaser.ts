/**
 * A phaser's chain: up to 12 first-order all-pass filters with one corner, and feedback around
 * them without a delay of its own (the loop is solved in each frame), on a stereo pair in f64x2.
 *
 *   A(z) = (a + z^-1) / (1 + a z^-1), a = (tan(w / 2) - 1) / (tan(w / 2) + 1); H = A^n / (1 - feedback A^n).
 */
import { allocate } from "../memory";

export const MOST_STAGES: i32 = 12;

@unmanaged
export class Phaser {
  stages: i32;
  /** One f64x2 for each stage. */
  private readonly states: usize = allocate(MOST_STAGES << 4);

  clear(): void {
    memory.fill(this.states, 0, <usize>MOST_STAGES << 4);
  }

  /** @returns what comes out for `x`, both with the coefficients `a` of either side */
  next(x: v128, a: v128, feedback: f64): v128 {
    const end = this.states + ((<usize>this.stages) << 4);
    // What comes out of `u` going in is gain u + rest.
    let gain = f64x2.splat(1);
    let rest = f64x2.splat(0);
    for (let at = this.states; at < end; at += 16) {
      gain = f64x2.mul(gain, a);
      rest = f64x2.add(f64x2.mul(rest, a), v128.load(at));
    }
    const back = f64x2.splat(feedback);
    const loop = f64x2.sub(f64x2.splat(1), f64x2.mul(back, gain));
    let y = f64x2.div(f64x2.add(x, f64x2.mul(back, rest)), loop);
    for (let at = this.states; at < end; at += 16) {
      const u = y;
      y = f64x2.add(f64x2.mul(a, u), v128.load(at));
      v128.store(at, f64x2.sub(u, f64x2.mul(a, y)));
    }
    return y;
  }

  /** Clears states that have died away (-600 dB). */
  settle(): void {
    let largest = f64x2.splat(0);
    const end = this.states + ((<usize>this.stages) << 4);
    for (let at = this.states; at < end; at += 16) largest = f64x2.max(largest, f64x2.abs(v128.load(at)));
    if (!v128.any_true(f64x2.ge(largest, f64x2.splat(1e-30)))) this.clear();
  }
}
