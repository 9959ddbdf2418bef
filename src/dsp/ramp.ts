/** A value that moves in a straight line to where it was last sent: no clicks. */
@unmanaged
export class Ramp {
  value: f64;
  private target: f64;
  private step: f64;
  /** Frames left to the target. */
  private remaining: i32;

  /** Sends the value to `target` within `frames` frames; 0: at once. */
  moveTo(target: f64, frames: i32): void {
    this.target = target;
    this.remaining = frames;
    if (frames == 0) this.value = target;
    else this.step = (target - this.value) / <f64>frames;
  }

  moves(): bool {
    return this.remaining > 0;
  }

  /** @returns the value of this frame, and goes on to the next */
  next(): f64 {
    const value = this.value;
    if (this.remaining > 0) {
      this.remaining--;
      this.value = this.remaining == 0 ? this.target : value + this.step;
    }
    return value;
  }
}

/** Length of the ramp of a parameter that is changed while the signal runs. */
const RAMP_SECONDS: f64 = 0.02;

/** Ramp of an automated parameter, in frames; 0: none is, and a change takes RAMP_SECONDS. */
let automated: i32 = 0;

/**
 * While automation moves a processor, a parameter arrives within `frames` frames, when its next value is set;
 * 0 ends that.
 */
export function automateWithin(frames: i32): void {
  automated = frames;
}

/** @returns length in frames of the ramp of a changed parameter */
export function rampFrames(sampleRate: f64): i32 {
  return automated > 0 ? automated : <i32>Math.round(RAMP_SECONDS * sampleRate);
}
