/** An impulse response of up to four ways through a space. */

/** Frames below this part of the peak (-90 dB) are silence. */
const SILENT: f32 = 3.1623e-5;

@unmanaged
export class Impulse {
  /** Addresses of f32 samples; 0: nothing goes that way. */
  leftLeft: usize;
  leftRight: usize;
  rightLeft: usize;
  rightRight: usize;
  frames: i32;

  // @ts-ignore: decorator
  @inline
  sample(way: usize, frame: i32): f32 {
    return way == 0 ? 0 : load<f32>(way + ((<usize>frame) << 2));
  }

  /** Leaves out the first `start` frames and what follows `length` more, which end in a fade of `fade` frames. */
  trim(start: i32, length: i32, fade: i32): void {
    const skipped = min(start, this.frames);
    const offset = (<usize>skipped) << 2;
    if (this.leftLeft != 0) this.leftLeft += offset;
    if (this.leftRight != 0) this.leftRight += offset;
    if (this.rightLeft != 0) this.rightLeft += offset;
    if (this.rightRight != 0) this.rightRight += offset;
    this.frames -= skipped;
    if (length >= this.frames) return;
    this.frames = length;
    for (let i = max(0, length - fade); i < length; i++) {
      const factor = <f32>(length - i) / <f32>(fade + 1);
      scale(this.leftLeft, i, factor);
      scale(this.leftRight, i, factor);
      scale(this.rightLeft, i, factor);
      scale(this.rightRight, i, factor);
    }
  }

  /** @returns energy of what comes out louder, left or right, of one frame of 1 on each side */
  energy(): f64 {
    let left: f64 = 0;
    let right: f64 = 0;
    for (let i = 0; i < this.frames; i++) {
      left += square(this.sample(this.leftLeft, i)) + square(this.sample(this.rightLeft, i));
      right += square(this.sample(this.rightRight, i)) + square(this.sample(this.leftRight, i));
    }
    return max(left, right);
  }

  /** @returns longest silence before something louder, in frames */
  longestGap(): i32 {
    let peak: f32 = 0;
    for (let i = 0; i < this.frames; i++) peak = max(peak, this.loudness(i));
    let longest = 0;
    let gap = 0;
    for (let i = 0; i < this.frames; i++) {
      if (this.loudness(i) <= peak * SILENT) {
        gap++;
      } else {
        longest = max(longest, gap);
        gap = 0;
      }
    }
    return longest;
  }

  private loudness(frame: i32): f32 {
    return max(
      max(abs(this.sample(this.leftLeft, frame)), abs(this.sample(this.rightRight, frame))),
      max(abs(this.sample(this.leftRight, frame)), abs(this.sample(this.rightLeft, frame))),
    );
  }
}

function square(x: f32): f64 {
  return <f64>x * <f64>x;
}

function scale(way: usize, frame: i32, factor: f32): void {
  const at = way + ((<usize>frame) << 2);
  if (way != 0) store<f32>(at, load<f32>(at) * factor);
}
