/**
 * What edits do to samples: gain, offset, ramp, reversal and sum, each in place on any number of planar f32
 * channels. `buffers` is always the address of one buffer address (i32) per channel. Factors are 64-bit and every
 * result is rounded once. Nothing depends on how the signal is cut into blocks.
 */
import { fadeCurve } from "./fadeCurve";

// @ts-ignore: decorator
@inline
function bufferAt(buffers: usize, channel: i32): usize {
  return load<usize>(buffers + ((<usize>channel) << 2));
}

/** Multiplies channel `c` by the f64 at `factors[c]`. */
export function planarGain(buffers: usize, factors: usize, channels: i32, frames: i32): void {
  for (let channel = 0; channel < channels; channel++) {
    const factor = load<f64>(factors + ((<usize>channel) << 3));
    if (factor == 1) continue;
    const lanes = f64x2.splat(factor);
    let at = bufferAt(buffers, channel);
    const end = at + ((<usize>frames) << 2);
    for (; at + 8 <= end; at += 8) {
      const pair = f64x2.promote_low_f32x4(v128.load64_zero(at));
      v128.store64_lane(at, f32x4.demote_f64x2_zero(f64x2.mul(pair, lanes)), 0);
    }
    if (at < end) store<f32>(at, <f32>(<f64>load<f32>(at) * factor));
  }
}

/** Adds the f64 at `offsets[c]` to channel `c`. */
export function planarOffset(buffers: usize, offsets: usize, channels: i32, frames: i32): void {
  for (let channel = 0; channel < channels; channel++) {
    const offset = load<f64>(offsets + ((<usize>channel) << 3));
    let at = bufferAt(buffers, channel);
    for (const end = at + ((<usize>frames) << 2); at < end; at += 4) {
      store<f32>(at, <f32>(<f64>load<f32>(at) + offset));
    }
  }
}

/**
 * Fades all channels: the first frame is frame `at` of a ramp of `length` frames that goes from silence to full
 * level, both reached exactly; a falling one (`rising` 0) is the rising one backwards. A ramp of one frame is its
 * own middle.
 * @param shape as `FadeShape`
 */
export function planarRamp(
  buffers: usize,
  channels: i32,
  frames: i32,
  shape: i32,
  length: f64,
  at: f64,
  rising: i32,
): void {
  const last = length - 1;
  for (let frame = 0; frame < frames; frame++) {
    const position = at + <f64>frame;
    const t = last > 0 ? (rising ? position : last - position) / last : 0.5;
    const gain = fadeCurve(shape, t);
    const offset = (<usize>frame) << 2;
    for (let channel = 0; channel < channels; channel++) {
      const address = bufferAt(buffers, channel) + offset;
      store<f32>(address, <f32>(<f64>load<f32>(address) * gain));
    }
  }
}

/** Turns every channel back to front. */
export function planarReverse(buffers: usize, channels: i32, frames: i32): void {
  for (let channel = 0; channel < channels; channel++) {
    let first = bufferAt(buffers, channel);
    let last = first + ((<usize>(frames - 1)) << 2);
    for (; first < last; first += 4, last -= 4) {
      const value = load<f32>(first);
      store<f32>(first, load<f32>(last));
      store<f32>(last, value);
    }
  }
}

/** Adds the channels at `others` to those at `buffers`. */
export function planarAdd(buffers: usize, others: usize, channels: i32, frames: i32): void {
  for (let channel = 0; channel < channels; channel++) {
    let at = bufferAt(buffers, channel);
    let from = bufferAt(others, channel);
    const end = at + ((<usize>frames) << 2);
    for (; at + 16 <= end; at += 16, from += 16) v128.store(at, f32x4.add(v128.load(at), v128.load(from)));
    for (; at < end; at += 4, from += 4) store<f32>(at, load<f32>(at) + load<f32>(from));
  }
}

/** Writes the sum of all channels, channel `c` times the f64 at `factors[c]`, to the f32 `target`, none of them. */
export function planarMix(buffers: usize, factors: usize, channels: i32, target: usize, frames: i32): void {
  for (let frame = 0; frame < frames; frame++) {
    const offset = (<usize>frame) << 2;
    let sum: f64 = 0;
    for (let channel = 0; channel < channels; channel++) {
      const factor = load<f64>(factors + ((<usize>channel) << 3));
      sum += factor * <f64>load<f32>(bufferAt(buffers, channel) + offset);
    }
    store<f32>(target + offset, <f32>sum);
  }
}
