/**
 * Running mean of a power, once a step of a few frames: what has been averaged over some milliseconds does not change
 * within a step, and all that follows from it is worked out a quarter as often.
 *
 * A step's value is the mean of its powers, a box whose response has its zeros where the slower rate would fold onto
 * 0 Hz; the running mean of meanPower.ts goes on from there.
 */
import { MeanPower } from "./meanPower";

/** Frames of a step; steps are counted from the first frame on, and a grid (section.ts) holds whole ones. */
export const STEP_FRAMES: i32 = 4;

const PHASES: i32 = STEP_FRAMES - 1;

@unmanaged
export class PowerSteps {
  private mean: MeanPower = new MeanPower();
  /** Sums of the even and of the odd frames of the step that has begun. */
  private begun: v128;

  /**
   * Turns `frames` f64 powers into the running mean at the end of each step that ends among them, in place.
   *
   * @param phase frames of the first step that have gone before
   * @param keep factor per step, 0 to 1
   * @returns the number of steps
   */
  run(powers: usize, frames: i32, phase: i32, keep: f64): i32 {
    const end = powers + ((<usize>frames) << 3);
    let from = powers;
    let to = powers;
    let inStep = phase & PHASES;
    for (; from < end && inStep != 0; from += 8, inStep = (inStep + 1) & PHASES) {
      this.add(load<f64>(from), inStep);
      if (inStep != PHASES) continue;
      store<f64>(to, this.take());
      to += 8;
    }
    for (; from + 32 <= end; from += 32, to += 8) {
      store<f64>(to, meanOf(f64x2.add(v128.load(from), v128.load(from + 16))));
    }
    for (; from < end; from += 8) this.add(load<f64>(from), inStep++);
    const count = <i32>((to - powers) >> 3);
    this.mean.run(powers, count, keep);
    return count;
  }

  private add(power: f64, inStep: i32): void {
    const added = f64x2.splat(power);
    const lane = (inStep & 1) == 0 ? f64x2.replace_lane(added, 1, 0) : f64x2.replace_lane(added, 0, 0);
    this.begun = f64x2.add(this.begun, lane);
  }

  private take(): f64 {
    const mean = meanOf(this.begun);
    this.begun = f64x2.splat(0);
    return mean;
  }
}

/** @returns mean of the step whose even and odd frames sum up to the lanes of `sums` */
// @ts-ignore: decorator
@inline
function meanOf(sums: v128): f64 {
  return (f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1)) / STEP_FRAMES;
}
