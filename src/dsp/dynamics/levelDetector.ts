/** Power of a stereo signal for the detector of a compressor: peak or mean, of the louder channel. */
import { allocate } from "../memory";
import { GRID } from "../filters/section";
import { toFrames } from "../frames";
import { peakPower, splitPower } from "./detector";
import { KeyFilter } from "./keyFilter";
import { MeanPower } from "./meanPower";
import { PowerSteps } from "./powerSteps";

@unmanaged
export class LevelDetector {
  readonly filter: KeyFilter = new KeyFilter();
  private left: MeanPower = new MeanPower();
  private right: MeanPower = new MeanPower();
  private leftSteps: PowerSteps = new PowerSteps();
  private rightSteps: PowerSteps = new PowerSteps();
  private samples: usize = allocate(GRID << 4);
  private other: usize = allocate((GRID + 3) << 3);

  /**
   * Writes the power of each of at most GRID frames of the planar f32 `left` and `right`, filtered, to the f64
   * `powers`, and up to three values more.
   *
   * @param keep factor per frame of the running mean; 0: the power itself
   */
  run(left: usize, right: usize, powers: usize, frames: i32, keep: f64): void {
    this.takeMean(powers, frames, keep, this.split(left, right, powers, frames));
  }

  /** The same of f64x2 frames, which are finite and have been filtered. */
  runFrames(samples: usize, powers: usize, frames: i32, keep: f64): void {
    splitPower(samples, powers, this.other, frames);
    this.takeMean(powers, frames, keep, true);
  }

  /**
   * Writes the running mean at the end of each step (powerSteps.ts) that ends among these frames instead.
   *
   * @param phase frames of the first step that have gone before
   * @param keep factor per step
   * @returns the number of steps
   */
  runSteps(left: usize, right: usize, powers: usize, frames: i32, phase: i32, keep: f64): i32 {
    const isStereo = this.split(left, right, powers, frames);
    const steps = this.leftSteps.run(powers, frames, phase, keep);
    if (!isStereo) return steps;
    this.rightSteps.run(this.other, frames, phase, keep);
    this.takeLouder(powers, steps);
    return steps;
  }

  /** Writes the powers of the left channel to `powers`. @returns whether those of the right one stand in `other` */
  private split(left: usize, right: usize, powers: usize, frames: i32): bool {
    if (this.filter.sounds()) {
      toFrames(left, right, this.samples, frames);
      this.filter.run(this.samples, frames);
      splitPower(this.samples, powers, this.other, frames);
      return true;
    }
    peakPower(left, left, powers, frames);
    if (left != right) peakPower(right, right, this.other, frames);
    return left != right;
  }

  private takeMean(powers: usize, frames: i32, keep: f64, isStereo: bool): void {
    if (keep > 0) this.left.run(powers, frames, keep);
    if (!isStereo) return;
    if (keep > 0) this.right.run(this.other, frames, keep);
    this.takeLouder(powers, frames);
  }

  private takeLouder(powers: usize, count: i32): void {
    for (let i: usize = 0, end = (<usize>count) << 3; i < end; i += 16) {
      v128.store(powers + i, f64x2.pmax(v128.load(powers + i), v128.load(this.other + i)));
    }
  }
}
