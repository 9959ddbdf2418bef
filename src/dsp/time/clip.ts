/**
 * A clip sounding on a track: adds a piece of a source to the track's buffer, scaled by
 * the clip's gain and shaped by its fades.
 *
 * The host fills the source buffers with the frames that sound in the next block and says
 * where they lie with `clipSchedule`.
 */
import { allocate } from "../memory";
import { Fades } from "./fades";

@unmanaged
export class Clip {
  /** Planar f32 source buffers; the same address twice for a mono source. */
  sourceLeft: usize;
  sourceRight: usize;
  gain: f32;
  fades!: Fades;
  /** What sounds in the next block: from which frame of the block, how many, and from where in the clip. */
  blockOffset: i32;
  count: i32;
  position: f64;

  /**
   * Adds the scheduled frames to the planar f32 buffers `left` and `right`; the same address twice is a mono
   * buffer, which takes the source's left.
   */
  addTo(left: usize, right: usize): void {
    const start = (<usize>this.blockOffset) << 2;
    if (this.fades.touch(this.position, this.count)) this.addFading(left + start, right + start);
    else this.addPlain(left + start, right + start);
    this.count = 0;
  }

  private addPlain(left: usize, right: usize): void {
    const gain = this.gain;
    for (let i: usize = 0, end = (<usize>this.count) << 2; i < end; i += 4) {
      store<f32>(left + i, load<f32>(left + i) + gain * load<f32>(this.sourceLeft + i));
      if (right != left) store<f32>(right + i, load<f32>(right + i) + gain * load<f32>(this.sourceRight + i));
    }
  }

  private addFading(left: usize, right: usize): void {
    for (let frame = 0; frame < this.count; frame++) {
      const i = (<usize>frame) << 2;
      const gain = this.gain * <f32>this.fades.gainAt(this.position + <f64>frame);
      store<f32>(left + i, load<f32>(left + i) + gain * load<f32>(this.sourceLeft + i));
      if (right != left) store<f32>(right + i, load<f32>(right + i) + gain * load<f32>(this.sourceRight + i));
    }
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
  clip.fades = new Fades(length, fadeIn, fadeInShape, fadeOut, fadeOutShape);
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
