/**
 * Follows a signal downwards at once and upwards with a time constant:
 *
 *   y[n] = min(x[n], d y[n-1] + (1 - d) x[n]).
 *
 * The recursion is unrolled once, y[n] from y[n-2], so that two frames at a time wait only for the two before; each
 * frame is computed in the same way wherever a block begins:
 *
 *   y[n] = min(min(x[n], d x[n-1] + g[n]), d^2 y[n-2] + (d g[n-1] + g[n])), g = (1 - d) x.
 */
@unmanaged
export class Riser {
  /** The last two inputs and outputs, the later one in lane 1. */
  inputs: v128;
  outputs: v128;

  /** Lets it be where a constant `value` brings it. */
  reset(value: f64): void {
    this.inputs = this.outputs = f64x2.splat(value);
  }

  /**
   * Follows `frames` f64 `values` in place; reads one more if the number is odd.
   *
   * @param decay factor per frame, 0 to 1
   */
  run(values: usize, frames: i32, decay: f64): void {
    const d = f64x2.splat(decay);
    const rise = f64x2.splat(1 - decay);
    const twice = f64x2.splat(decay * decay);
    let x = this.inputs;
    let y = this.outputs;
    const end = values + ((<usize>frames) << 3);
    for (; values + 16 <= end; values += 16) {
      const here = v128.load(values);
      const before = i64x2.shuffle(x, here, 1, 2);
      const gain = f64x2.mul(rise, here);
      const least = f64x2.pmin(here, f64x2.add(f64x2.mul(d, before), gain));
      const moved = f64x2.add(f64x2.mul(d, f64x2.mul(rise, before)), gain);
      y = f64x2.pmin(least, f64x2.add(f64x2.mul(twice, y), moved));
      x = here;
      v128.store(values, y);
    }
    if (values < end) {
      const here = v128.load(values);
      const before = i64x2.shuffle(x, here, 1, 2);
      const gain = f64x2.mul(rise, here);
      const least = f64x2.pmin(here, f64x2.add(f64x2.mul(d, before), gain));
      const moved = f64x2.add(f64x2.mul(d, f64x2.mul(rise, before)), gain);
      const next = f64x2.pmin(least, f64x2.add(f64x2.mul(twice, y), moved));
      store<f64>(values, f64x2.extract_lane(next, 0));
      x = before;
      y = i64x2.shuffle(y, next, 1, 2);
    }
    this.inputs = x;
    this.outputs = y;
  }
}
