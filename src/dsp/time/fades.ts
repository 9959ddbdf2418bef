/** The fade at the start and the fade at the end of a stretch of sound. */

import { fadeCurve } from "./fadeCurve";

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
