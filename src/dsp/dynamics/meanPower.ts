/**
 * Running mean of a power: y[n] = k y[n-1] + (1 - k) x[n].
 *
 * Unrolled once, as in riser.ts: y[n] = k^2 y[n-2] + (1 - k) (x[n] + k x[n-1]).
 */

/** Added to each power: nothing decays into denormal numbers. */
const LEAST: f64 = 1e-30;

@unmanaged
export class MeanPower {
  /** The last two inputs and outputs, the later one in lane 1. */
  private inputs: v128;
  private outputs: v128;

  /**
   * Replaces `frames` f64 `powers` by their running mean; reads one more if the number is odd.
   *
   * @param keep factor per frame, 0 to 1
   */
  run(powers: usize, frames: i32, keep: f64): void {
    const k = f64x2.splat(keep);
    const weight = f64x2.splat(1 - keep);
    const twice = f64x2.splat(keep * keep);
    const least = f64x2.splat(LEAST);
    let x = this.inputs;
    let y = this.outputs;
    const end = powers + ((<usize>frames) << 3);
    for (; powers + 16 <= end; powers += 16) {
      const here = f64x2.add(v128.load(powers), least);
      const both = f64x2.mul(weight, f64x2.add(here, f64x2.mul(k, i64x2.shuffle(x, here, 1, 2))));
      y = f64x2.add(f64x2.mul(twice, y), both);
      x = here;
      v128.store(powers, y);
    }
    if (powers < end) {
      const here = f64x2.add(v128.load(powers), least);
      const before = i64x2.shuffle(x, here, 1, 2);
      const both = f64x2.mul(weight, f64x2.add(here, f64x2.mul(k, before)));
      const next = f64x2.add(f64x2.mul(twice, y), both);
      store<f64>(powers, f64x2.extract_lane(next, 0));
      x = before;
      y = i64x2.shuffle(y, next, 1, 2);
    }
    this.inputs = x;
    this.outputs = y;
  }
}
