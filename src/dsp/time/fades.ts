/** The fade at the start and the fade at the end of a stretch of sound. */

/** Shapes of a fade; the same order stands in src/engine/mixPlan.ts. */
const enum FadeShape {
  Linear = 0,
  EqualPower = 1,
  SCurve = 2,
  Exponential = 3,
}

/** An exponential fade starts this far down, in dB, before it reaches silence. */
const EXPONENTIAL_RANGE: f64 = 60;

@unmanaged
export class Fades {
  /** All lengths in frames. */
  constructor(
    public length: f64,
    public fadeIn: f64,
    public fadeInShape: i32,
    public fadeOut: f64,
    public fadeOutShape: i32,
  ) {}

  /** @returns whether a fade shapes any of the `count` frames from `position` on */
  touch(position: f64, count: i32): bool {
    return position < this.fadeIn || position + <f64>count > this.length - this.fadeOut;
  }

  /** @returns factor of both fades at frame `position` */
  gainAt(position: f64): f64 {
    let gain: f64 = 1;
    if (position < this.fadeIn) gain = fadeCurve(this.fadeInShape, position / this.fadeIn);
    const left = this.length - position;
    if (left < this.fadeOut) gain *= fadeCurve(this.fadeOutShape, left / this.fadeOut);
    return gain;
  }
}

/** @param t 0 (silent) to 1 (full) */
function fadeCurve(shape: i32, t: f64): f64 {
  switch (shape) {
    case FadeShape.EqualPower:
      return Math.sin((t * Math.PI) / 2);
    case FadeShape.SCurve:
      return t * t * (3 - 2 * t);
    case FadeShape.Exponential: {
      // Straight in decibels, shifted so that it ends in true silence.
      const floor = Math.pow(10, -EXPONENTIAL_RANGE / 20);
      return (Math.pow(10, (EXPONENTIAL_RANGE * (t - 1)) / 20) - floor) / (1 - floor);
    }
    default:
      return t;
  }
}

export function fadesNew(length: f64, fadeIn: f64, fadeInShape: i32, fadeOut: f64, fadeOutShape: i32): usize {
  return changetype<usize>(new Fades(length, fadeIn, fadeInShape, fadeOut, fadeOutShape));
}

/** Fades the planar f32 buffers in place; their first frame is frame `position` of the whole. */
export function fadesApply(address: usize, left: usize, right: usize, frames: i32, position: f64): void {
  const fades = changetype<Fades>(address);
  if (!fades.touch(position, frames)) return;
  for (let frame = 0; frame < frames; frame++) {
    const gain = <f32>fades.gainAt(position + <f64>frame);
    const i = (<usize>frame) << 2;
    store<f32>(left + i, gain * load<f32>(left + i));
    store<f32>(right + i, gain * load<f32>(right + i));
  }
}
