/**
 * The clips of a track: what sounds of them in the next block is summed here, clip by clip, shaped by fades and
 * gains, and then added to the track's buffer.
 *
 * Signals are pairs of planar f32 buffers; the same address twice is a mono signal.
 */
import { allocate } from "../memory";
import { fadeCurve } from "./fadeCurve";

@unmanaged
export class Clips {
  /** The sum. */
  left: usize;
  right: usize;
  /** Frames of the sum for the next block; 0 if no clip sounds. */
  count: i32;
  /** Nothing has been added yet, and what stands in the sum is of the last block. */
  isBlank: bool;

  /** Adds the sum to the buffers `left` and `right`; a mono buffer takes the left one. */
  addTo(left: usize, right: usize): void {
    if (this.isBlank) this.count = 0;
    add(this.left, left, this.count, 1);
    if (right != left) add(this.right, right, this.count, 1);
    this.count = 0;
  }
}

/** @param stereo 0: the sum is mono, and takes the left of stereo clips */
export function clipsNew(maxBlock: i32, stereo: i32): usize {
  const clips = new Clips();
  clips.left = allocate(maxBlock << 2);
  clips.right = stereo ? allocate(maxBlock << 2) : clips.left;
  clips.count = 0;
  return changetype<usize>(clips);
}

/** Starts a block of `frames` frames with silence. */
export function clipsBegin(address: usize, frames: i32): void {
  const clips = changetype<Clips>(address);
  clips.count = frames;
  clips.isBlank = true;
}

/** Adds `frames` frames of a clip, times `gain`, from frame `at` of the block on. */
export function clipsAdd(address: usize, left: usize, right: usize, at: i32, frames: i32, gain: f64): void {
  const clips = changetype<Clips>(address);
  const offset = <usize>at << 2;
  const isWhole = at == 0 && frames == clips.count;
  if (clips.isBlank) {
    clips.isBlank = false;
    if (isWhole) {
      copy(left, clips.left, frames, <f32>gain);
      if (clips.right != clips.left) copy(right, clips.right, frames, <f32>gain);
      return;
    }
    memory.fill(clips.left, 0, <usize>clips.count << 2);
    if (clips.right != clips.left) memory.fill(clips.right, 0, <usize>clips.count << 2);
  }
  add(left, clips.left + offset, frames, <f32>gain);
  if (clips.right != clips.left) add(right, clips.right + offset, frames, <f32>gain);
}

/**
 * Fades in place: the first frame is frame `at` of a fade of `length` frames. Before a fade-in there is silence and
 * after it full level; a fade-out is the same backwards, its first frame at full level.
 * @param shape as `FadeShape`
 */
export function clipFade(
  left: usize,
  right: usize,
  frames: i32,
  at: f64,
  length: f64,
  shape: i32,
  rising: i32,
): void {
  for (let frame = 0; frame < frames; frame++) {
    const part = (at + <f64>frame) / length;
    const gain = fadeCurve(shape, Math.max(0, Math.min(1, rising ? part : 1 - part)));
    scale(left, right, frame, gain);
  }
}

/**
 * Multiplies in place by gains that are straight lines between the points of a grid of 32 frames.
 * @param gains address of the f64 gains at the points, from the one at or before the first frame on
 * @param first frames from there to the first frame, 0 to 31
 */
export function clipGains(left: usize, right: usize, frames: i32, gains: usize, first: i32): void {
  for (let frame = 0; frame < frames; frame++) {
    const step = first + frame;
    const point = gains + ((<usize>(step >> 5)) << 3);
    const from = load<f64>(point);
    scale(left, right, frame, from + ((load<f64>(point, 8) - from) * <f64>(step & 31)) / 32);
  }
}

// @ts-ignore: decorator
@inline
function scale(left: usize, right: usize, frame: i32, gain: f64): void {
  const at = (<usize>frame) << 2;
  store<f32>(left + at, <f32>(<f64>load<f32>(left + at) * gain));
  if (right != left) store<f32>(right + at, <f32>(<f64>load<f32>(right + at) * gain));
}

function add(from: usize, to: usize, frames: i32, gain: f32): void {
  const lanes = f32x4.splat(gain);
  const end = to + (<usize>frames << 2);
  for (; to + 16 <= end; to += 16, from += 16) {
    v128.store(to, f32x4.add(v128.load(to), f32x4.mul(lanes, v128.load(from))));
  }
  for (; to < end; to += 4, from += 4) store<f32>(to, load<f32>(to) + gain * load<f32>(from));
}

function copy(from: usize, to: usize, frames: i32, gain: f32): void {
  const lanes = f32x4.splat(gain);
  const end = to + (<usize>frames << 2);
  for (; to + 16 <= end; to += 16, from += 16) v128.store(to, f32x4.mul(lanes, v128.load(from)));
  for (; to < end; to += 4, from += 4) store<f32>(to, gain * load<f32>(from));
}
