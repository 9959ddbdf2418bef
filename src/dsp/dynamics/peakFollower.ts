/**
 * Follows a reduction in dB, positive: upwards at once, downwards with the release towards a floor,
 *
 *   y[n] = max(x[n], r y[n-1] + (1 - r) floor[n-1]).
 *
 * The floor is the running mean of x, so that after a lasting reduction the release takes long; or 0 (smoothing.ts).
 * Unrolled once, as in riser.ts: with h[n] = (1 - r) floor[n-1],
 *
 *   y[n] = max(max(x[n], r x[n-1] + h[n]), r^2 y[n-2] + (r h[n-1] + h[n])).
 */
import { MeanPower } from "./meanPower";

@unmanaged
export class PeakFollower {
  /** The last two inputs, outputs and h, the later one in lane 1. */
  inputs: v128;
  outputs: v128;
  pulls: v128;
  /** The floor's last value. */
  private floor: f64;
  private mean: MeanPower = new MeanPower();

  /**
   * Follows `frames` f64 `values` in place; reads one more if the number is odd.
   *
   * @param release factor per frame, 0 to 1
   * @param slow the same of the slow stage
   * @param pulls room for `frames` f64 and one more
   */
  run(values: usize, frames: i32, release: f64, slow: f64, pulls: usize): void {
    this.computePulls(values, frames, release, slow, pulls);
    const r = f64x2.splat(release);
    const twice = f64x2.splat(release * release);
    let x = this.inputs;
    let y = this.outputs;
    let h = this.pulls;
    const end = values + ((<usize>frames) << 3);
    for (; values < end; values += 16, pulls += 16) {
      const here = v128.load(values);
      const before = i64x2.shuffle(x, here, 1, 2);
      const pull = v128.load(pulls);
      const pullBefore = i64x2.shuffle(h, pull, 1, 2);
      const greatest = f64x2.pmax(here, f64x2.add(f64x2.mul(r, before), pull));
      const fallen = f64x2.add(f64x2.mul(twice, y), f64x2.add(f64x2.mul(r, pullBefore), pull));
      const next = f64x2.pmax(greatest, fallen);
      if (values + 16 > end) {
        store<f64>(values, f64x2.extract_lane(next, 0));
        x = before;
        y = i64x2.shuffle(y, next, 1, 2);
        h = pullBefore;
        break;
      }
      v128.store(values, next);
      x = here;
      y = next;
      h = pull;
    }
    this.inputs = x;
    this.outputs = y;
    this.pulls = h;
  }

  /** Writes h of each frame. */
  private computePulls(values: usize, frames: i32, release: f64, slow: f64, pulls: usize): void {
    const bytes = (<usize>frames) << 3;
    // One place up: the pull of a frame comes from the floor of the frame before.
    memory.copy(pulls + 8, values, bytes);
    this.mean.run(pulls + 8, frames, slow);
    store<f64>(pulls, this.floor);
    this.floor = load<f64>(pulls + bytes);
    const fall = f64x2.splat(1 - release);
    for (let i = pulls, end = pulls + bytes; i < end; i += 16) v128.store(i, f64x2.mul(fall, v128.load(i)));
  }
}
