/**
 * A clip sounding on a track: adds a piece of a source to the track's buffer, scaled by
 * the clip's gain and shaped by its fades.
 *
 * The host fills the source buffers with the frames that sound in the next block and says
 * where they lie with `clipSchedule`.
 */
import { allocate } from "../memory";

/** Shapes of a fade; the same order stands in src/engine/graph.ts. */
export const enum FadeShape {
  Linear = 0,
  EqualPower = 1,
  SCurve = 2,
  Exponential = 3,
}

/** An exponential fade starts this far down, in dB, before it reaches silence. */
const EXPONENTIAL_RANGE: f64 = 60;

@unmanaged
export class Clip {
  /** Planar f32 source buffers; the same address twice for a mono source. */
  sourceLeft: usize;
  sourceRight: usize;
  gain: f32;
  /** Length of the clip and of its fades, in frames. */
  length: f64;
  fadeIn: f64;
  fadeOut: f64;
  fadeInShape: i32;
  fadeOutShape: i32;
  /** What sounds in the next block: from which frame of the block, how many, and from where in the clip. */
  blockOffset: i32;
  count: i32;
  position: f64;

  /** Adds the scheduled frames to the planar f32 buffers `left` and `right`. */
  addTo(left: usize, right: usize): void {
    const start = <usize>this.blockOffset << 2;
    const fading = this.position < this.fadeIn || this.position + <f64>this.count > this.length - this.fadeOut;
    if (fading) this.addFading(left + start, right + start);
    else this.addPlain(left + start, right + start);
    this.count = 0;
  }

  private addPlain(left: usize, right: usize): void {
    const gain = this.gain;
    for (let i: usize = 0, end = <usize>this.count << 2; i < end; i += 4) {
      store<f32>(left + i, load<f32>(left + i) + gain * load<f32>(this.sourceLeft + i));
      store<f32>(right + i, load<f32>(right + i) + gain * load<f32>(this.sourceRight + i));
    }
  }

  private addFading(left: usize, right: usize): void {
    for (let frame = 0; frame < this.count; frame++) {
      const i = <usize>frame << 2;
      const gain = this.gain * <f32>this.fadeAt(this.position + <f64>frame);
      store<f32>(left + i, load<f32>(left + i) + gain * load<f32>(this.sourceLeft + i));
      store<f32>(right + i, load<f32>(right + i) + gain * load<f32>(this.sourceRight + i));
    }
  }

  /** @returns factor of both fades at frame `position` of the clip */
  private fadeAt(position: f64): f64 {
    let factor: f64 = 1;
    if (position < this.fadeIn) factor = fadeCurve(this.fadeInShape, position / this.fadeIn);
    const left = this.length - position;
    if (left < this.fadeOut) factor *= fadeCurve(this.fadeOutShape, left / this.fadeOut);
    return factor;
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

/**
 * @param length length of the clip in frames, as are `fadeIn` and `fadeOut`
 * @param gain linear
 */
export function clipNew(
  maxBlock: i32,
  stereo: i32,
  gain: f64,
  length: f64,
  fadeIn: f64,
  fadeInShape: i32,
  fadeOut: f64,
  fadeOutShape: i32,
): usize {
  const clip = new Clip();
  clip.sourceLeft = allocate(maxBlock << 2);
  clip.sourceRight = stereo ? allocate(maxBlock << 2) : clip.sourceLeft;
  clip.gain = <f32>gain;
  clip.length = length;
  clip.fadeIn = fadeIn;
  clip.fadeInShape = fadeInShape;
  clip.fadeOut = fadeOut;
  clip.fadeOutShape = fadeOutShape;
  clip.count = 0;
  return changetype<usize>(clip);
}

/** @returns address of two buffer addresses (i32): where the host writes the source's left and right */
export function clipSources(address: usize): usize {
  return address + offsetof<Clip>("sourceLeft");
}

/** Lets `count` frames of the source buffers sound from frame `blockOffset` of the next block on. */
export function clipSchedule(address: usize, blockOffset: i32, count: i32, position: f64): void {
  const clip = changetype<Clip>(address);
  clip.blockOffset = blockOffset;
  clip.count = count;
  clip.position = position;
}
