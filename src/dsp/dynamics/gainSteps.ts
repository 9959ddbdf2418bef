/** Gains that are worked out once a step (powerSteps.ts), on the signal: in a straight line from one to the next. */
import { STEP_FRAMES } from "./powerSteps";

const PHASES: i32 = STEP_FRAMES - 1;
/** How far the frames of a step have come. */
const WAY: v128 = f32x4(0.25, 0.5, 0.75, 1);

@unmanaged
export class GainSteps {
  /** Linear gains at the last frame of the step before, and of this one. */
  private from: f32 = 1;
  private to: f32 = 1;

  /**
   * Multiplies `frames` f32 frames of `left` and `right`, which may be the same buffer.
   *
   * @param gains f32, of the steps that end among these frames, in order; each is reached within the step after
   * @param phase frames of the first step that have gone before
   */
  apply(left: usize, right: usize, gains: usize, frames: i32, phase: i32): void {
    const end = left + ((<usize>frames) << 2);
    const toRight = right - left;
    let inStep = phase & PHASES;
    let at = left;
    while (at < end) {
      if (inStep == 0 && at + 16 <= end) {
        const gain = this.gains();
        v128.store(at, f32x4.mul(v128.load(at), gain));
        if (toRight != 0) v128.store(at + toRight, f32x4.mul(v128.load(at + toRight), gain));
        at += 16;
      } else {
        const gain = this.gainAt(inStep);
        store<f32>(at, load<f32>(at) * gain);
        if (toRight != 0) store<f32>(at + toRight, load<f32>(at + toRight) * gain);
        at += 4;
        inStep = (inStep + 1) & PHASES;
        if (inStep != 0) continue;
      }
      this.from = this.to;
      this.to = load<f32>(gains);
      gains += 4;
    }
  }

  // @ts-ignore: decorator
  @inline
  private gains(): v128 {
    return f32x4.add(f32x4.splat(this.from), f32x4.mul(f32x4.splat(this.to - this.from), WAY));
  }

  private gainAt(inStep: i32): f32 {
    return this.from + (this.to - this.from) * (<f32>(inStep + 1) / <f32>STEP_FRAMES);
  }
}
