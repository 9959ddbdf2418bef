/**
 * What a person sees of an insert at work: how loud what comes in is, and the last frames of what goes out. It does
 * nothing until somebody looks.
 */
import { allocate } from "../memory";

/** Frames that are kept. */
const FRAMES: i32 = 4096;

/** The host reads the fields, and sets the peak to 0. */
@unmanaged
export class Scope {
  /** Largest absolute sample of what came in. */
  private peak: f64;
  /** Addresses of rings of FRAMES f32; 0: nobody looks. */
  private left: usize;
  private right: usize;
  /** Place of the oldest frame. */
  private at: i32;

  /** Begins with silence, or ends. */
  watch(isWatched: bool): void {
    if (!isWatched) {
      this.left = 0;
      return;
    }
    if (this.right == 0) this.right = allocate(FRAMES << 3);
    this.left = this.right + (FRAMES << 2);
    this.peak = 0;
    memory.fill(this.right, 0, FRAMES << 3);
  }

  /** Takes planar f32 frames: `left` and `right` went out as `inLeft` and `inRight` came in. */
  take(left: usize, right: usize, inLeft: usize, inRight: usize, frames: i32): void {
    if (this.left == 0) return;
    for (let i: usize = 0, end = (<usize>frames) << 2; i < end; i += 4) {
      this.peak = max(this.peak, <f64>max(abs(load<f32>(inLeft + i)), abs(load<f32>(inRight + i))));
      const place = (<usize>this.at) << 2;
      store<f32>(this.left + place, load<f32>(left + i));
      store<f32>(this.right + place, load<f32>(right + i));
      this.at = (this.at + 1) & (FRAMES - 1);
    }
  }
}

/** @returns address of its fields: a f64, then three i32 */
export function scopeNew(): usize {
  return changetype<usize>(new Scope());
}

/** @param isWatched 1: somebody looks */
export function scopeWatch(address: usize, isWatched: i32): void {
  changetype<Scope>(address).watch(isWatched != 0);
}
