/**
 * A peak follower without a floor and a riser in one pass, the usual case of a compressor: their two recursions, each of
 * which has to wait for its last result, then run side by side.
 */
import { PeakFollower } from "./peakFollower";
import { Riser } from "./riser";

/**
 * Turns `frames` f64 reductions in dB, positive, into smoothed gains in dB, in place; reads one more if the number is
 * odd.
 *
 * @param release factor per frame of the follower, 0 to 1
 * @param attack factor per frame of the riser, 0 to 1
 * @returns the least gain
 */
export function smooth(
  follower: PeakFollower,
  riser: Riser,
  values: usize,
  frames: i32,
  release: f64,
  attack: f64,
): f64 {
  const r = f64x2.splat(release);
  const r2 = f64x2.splat(release * release);
  const d = f64x2.splat(attack);
  const rise = f64x2.splat(1 - attack);
  const d2 = f64x2.splat(attack * attack);
  let x = follower.inputs;
  let f = follower.outputs;
  let y = riser.outputs;
  let greatest = f64x2.splat(0);
  const end = values + ((<usize>frames) << 3);
  for (; values < end; values += 16) {
    const here = v128.load(values);
    const before = i64x2.shuffle(x, here, 1, 2);
    const next = f64x2.pmax(f64x2.pmax(here, f64x2.mul(r, before)), f64x2.mul(r2, f));
    const nextBefore = i64x2.shuffle(f, next, 1, 2);
    const gain = f64x2.mul(rise, next);
    const least = f64x2.pmin(next, f64x2.add(f64x2.mul(d, nextBefore), gain));
    const moved = f64x2.add(f64x2.mul(d, f64x2.mul(rise, nextBefore)), gain);
    const risen = f64x2.pmin(least, f64x2.add(f64x2.mul(d2, y), moved));
    if (values + 16 > end) {
      store<f64>(values, -f64x2.extract_lane(risen, 0));
      greatest = f64x2.pmax(greatest, i64x2.shuffle(risen, risen, 0, 0));
      x = before;
      f = nextBefore;
      y = i64x2.shuffle(y, risen, 1, 2);
      break;
    }
    v128.store(values, f64x2.neg(risen));
    greatest = f64x2.pmax(greatest, risen);
    x = here;
    f = next;
    y = risen;
  }
  follower.inputs = x;
  follower.outputs = f;
  follower.pulls = f64x2.splat(0);
  riser.inputs = f;
  riser.outputs = y;
  return -max(f64x2.extract_lane(greatest, 0), f64x2.extract_lane(greatest, 1));
}
