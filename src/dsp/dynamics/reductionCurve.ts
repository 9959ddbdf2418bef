/** Static curve and times of a compressor: from powers to gain in dB. */
import { GRID } from "../filters/section";
import { allocate } from "../memory";
import { decayOf } from "./decay";
import { GainComputer } from "./gainComputer";
import { negate } from "./gains";
import { PeakFollower } from "./peakFollower";
import { Ramp } from "../ramp";
import { Riser } from "./riser";
import { smooth } from "./smoothing";

/** Slow stage of the automatic release, in release times. */
export const SLOW_RELEASE: f64 = 8;

/** dB; a gain so close to 1 is 1. */
const LEAST_RANGE: f64 = 1e-30;

@unmanaged
export class ReductionCurve {
  readonly computer: GainComputer = new GainComputer();
  private follower: PeakFollower = new PeakFollower();
  private riser: Riser = new Riser();
  private attack: f64;
  private release: f64;
  /** Of the slow stage; 0: none. */
  private slow: f64;
  /** Greatest reduction in dB, positive; 0: none is set. */
  private range: Ramp = new Ramp();
  private pulls: usize = allocate((GRID + 2) << 3);

  /** @param attack ms, 0 to 1000; `release` 1 to 10000 */
  setTimes(attack: f64, release: f64, isAutomatic: bool, sampleRate: f64): void {
    const seconds = min(10000, max(1, release)) / 1000;
    this.attack = decayOf(min(1000, max(0, attack)) / 1000, sampleRate);
    this.release = decayOf(seconds, sampleRate);
    this.slow = isAutomatic ? decayOf(SLOW_RELEASE * seconds, sampleRate) : 0;
  }

  /** No more than `range` dB is taken away, reached in a ramp of `frames` frames; without it, there is no such end. */
  setRange(range: f64, frames: i32): void {
    this.range.moveTo(max(LEAST_RANGE, range), frames);
  }

  /**
   * Turns at most GRID f64 powers into gains in dB, 0 or negative, in place; reads and writes up to three more.
   *
   * @returns the least gain
   */
  run(powers: usize, frames: i32): f64 {
    this.computer.run(powers, frames);
    if (this.range.value > 0) this.limit(powers, frames);
    if (this.slow == 0) {
      return smooth(this.follower, this.riser, powers, frames, this.release, this.attack);
    }
    this.follower.run(powers, frames, this.release, this.slow, this.pulls);
    this.riser.run(powers, frames, this.attack);
    return negate(powers, frames);
  }

  private limit(reductions: usize, frames: i32): void {
    let i = reductions;
    const end = reductions + ((<usize>frames) << 3);
    for (; i < end && this.range.moves(); i += 8) store<f64>(i, min(load<f64>(i), this.range.next()));
    const range = f64x2.splat(this.range.value);
    for (; i < end; i += 16) v128.store(i, f64x2.pmin(v128.load(i), range));
  }
}
