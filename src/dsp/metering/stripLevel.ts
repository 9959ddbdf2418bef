/** Level of a channel after its fader and pan, for the meters of a mixer: of the signal before them, by their gains. */
import { sumLanes } from "../resample/dotProduct";
import { Matrix } from "../spatial/pan";
import { Route } from "../spatial/route";

/** The host reads the first four and sets them to 0. */
@unmanaged
export class StripLevel {
  /** Largest absolute sample, and sum of squares. */
  private peakLeft: f64;
  private peakRight: f64;
  private squaresLeft: f64;
  private squaresRight: f64;
  /** Address of the route that has the fader; 0: there is none. */
  route: usize;

  /** Takes `frames` frames of the planar f32 signal, once its route has been run on them. */
  take(left: usize, right: usize, frames: i32): void {
    if (this.route == 0) {
      this.add(left, right, 1, 0, 0, 1, frames);
      return;
    }
    const gains = changetype<Route>(this.route).heard();
    this.addMatrix(left, right, gains, frames);
  }

  private addMatrix(left: usize, right: usize, gains: Matrix, frames: i32): void {
    this.add(
      left,
      right,
      <f32>gains.leftToLeft,
      <f32>gains.rightToLeft,
      <f32>gains.leftToRight,
      <f32>gains.rightToRight,
      frames,
    );
  }

  private add(left: usize, right: usize, ll: f32, rl: f32, lr: f32, rr: f32, frames: i32): void {
    let peaksLeft = f32x4.splat(0);
    let peaksRight = peaksLeft;
    let squaresLeft = peaksLeft;
    let squaresRight = peaksLeft;
    for (let frame = 0; frame < frames; frame += 4) {
      const at = (<usize>frame) << 2;
      const rest = frames - frame;
      const l = rest >= 4 ? v128.load(left + at) : partOf(left + at, rest);
      const r = rest >= 4 ? v128.load(right + at) : partOf(right + at, rest);
      const outLeft = f32x4.add(f32x4.mul(l, f32x4.splat(ll)), f32x4.mul(r, f32x4.splat(rl)));
      const outRight = f32x4.add(f32x4.mul(l, f32x4.splat(lr)), f32x4.mul(r, f32x4.splat(rr)));
      peaksLeft = f32x4.pmax(peaksLeft, f32x4.abs(outLeft));
      peaksRight = f32x4.pmax(peaksRight, f32x4.abs(outRight));
      squaresLeft = f32x4.add(squaresLeft, f32x4.mul(outLeft, outLeft));
      squaresRight = f32x4.add(squaresRight, f32x4.mul(outRight, outRight));
    }
    this.peakLeft = Math.max(this.peakLeft, largest(peaksLeft));
    this.peakRight = Math.max(this.peakRight, largest(peaksRight));
    this.squaresLeft += sumLanes(squaresLeft);
    this.squaresRight += sumLanes(squaresRight);
  }
}

/** The first `count` of four samples, 1 to 3. */
function partOf(at: usize, count: i32): v128 {
  let samples = v128.load32_zero(at);
  if (count > 1) samples = v128.load32_lane(at + 4, samples, 1);
  if (count > 2) samples = v128.load32_lane(at + 8, samples, 2);
  return samples;
}

function largest(lanes: v128): f64 {
  const low = max(f32x4.extract_lane(lanes, 0), f32x4.extract_lane(lanes, 1));
  return max(low, max(f32x4.extract_lane(lanes, 2), f32x4.extract_lane(lanes, 3)));
}

/**
 * @param route that has the channel's fader; 0: the signal is measured as it is
 * @returns address of four f64 that the host may set to 0: largest samples, sums of squares, left and right each
 */
export function stripLevelNew(route: usize): usize {
  const level = new StripLevel();
  level.route = route;
  return changetype<usize>(level);
}
