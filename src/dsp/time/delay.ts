/** Delays a stereo signal, or a mono one (left and right are the same buffer), by a whole number of frames. */
import { allocate } from "../memory";

@unmanaged
export class Delay {
  /** Frames of delay. */
  length: i32;
  /** Where the oldest frame lies. */
  private at: i32;
  /** Planar f32 rings of `length` frames. */
  private left: usize;
  private right: usize;

  /** Delays by `length` frames from now on, and forgets what is on its way. */
  resize(length: i32): void {
    this.length = length;
    this.at = 0;
    this.left = allocate(length << 2);
    this.right = allocate(length << 2);
  }

  /** Delays the planar buffers in place; of a mono signal both are the same one. */
  process(left: usize, right: usize, frames: i32): void {
    if (this.length == 0) return;
    let ring = (<usize>this.at) << 2;
    const wrap = (<usize>this.length) << 2;
    const isStereo = right != left;
    for (let i: usize = 0, end = (<usize>frames) << 2; i < end; i += 4) {
      exchange(left + i, this.left + ring);
      if (isStereo) exchange(right + i, this.right + ring);
      ring += 4;
      if (ring == wrap) ring = 0;
    }
    this.at = <i32>(ring >> 2);
  }
}

function exchange(a: usize, b: usize): void {
  const value = load<f32>(a);
  store<f32>(a, load<f32>(b));
  store<f32>(b, value);
}

export function delayNew(frames: i32): usize {
  const delay = new Delay();
  delay.resize(frames);
  return changetype<usize>(delay);
}
