/** Power of a stereo signal for the detector of a compressor: peak or mean, of the louder channel. */
import { allocate } from "../memory";
import { GRID } from "../filters/section";
import { toFrames } from "../frames";
import { peakPower, splitPower } from "./detector";
import { KeyFilter } from "./keyFilter";
import { MeanPower } from "./meanPower";

@unmanaged
export class LevelDetector {
  readonly filter: KeyFilter = new KeyFilter();
  private left: MeanPower = new MeanPower();
  private right: MeanPower = new MeanPower();
  private samples: usize = allocate(GRID << 4);
  private other: usize = allocate((GRID + 3) << 3);

  /**
   * Writes the power of each of at most GRID frames of the planar f32 `left` and `right` to the f64 `powers`, and up
   * to three values more.
   *
   * @param keep factor per frame of the running mean; 0: peaks
   */
  run(left: usize, right: usize, powers: usize, frames: i32, keep: f64): void {
    if (this.filter.sounds()) {
      toFrames(left, right, this.samples, frames);
      this.filter.run(this.samples, frames);
      this.runFrames(this.samples, powers, frames, keep);
    } else if (left == right || keep == 0) {
      peakPower(left, right, powers, frames);
      if (keep > 0) this.left.run(powers, frames, keep);
    } else {
      peakPower(left, left, powers, frames);
      peakPower(right, right, this.other, frames);
      this.takeMean(powers, frames, keep);
    }
  }

  /** The same of f64x2 frames, which are finite. */
  runFrames(samples: usize, powers: usize, frames: i32, keep: f64): void {
    splitPower(samples, powers, this.other, frames);
    this.takeMean(powers, frames, keep);
  }

  /** Means of both channels, and the louder of them. */
  private takeMean(powers: usize, frames: i32, keep: f64): void {
    if (keep > 0) {
      this.left.run(powers, frames, keep);
      this.right.run(this.other, frames, keep);
    }
    for (let i: usize = 0, end = (<usize>frames) << 3; i < end; i += 16) {
      v128.store(powers + i, f64x2.pmax(v128.load(powers + i), v128.load(this.other + i)));
    }
  }
}
