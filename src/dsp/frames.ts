/** Between planar stereo (two f32 buffers) and frames (left and right in the lanes of an f64x2). */

/** Widens `frames` frames to `samples`; a sample that is not finite becomes silence. */
export function toFrames(left: usize, right: usize, samples: usize, frames: i32): void {
  for (let i: usize = 0, end = (<usize>frames) << 2; i < end; i += 4) {
    const frame = f64x2.promote_low_f32x4(v128.load32_lane(right + i, v128.load32_zero(left + i), 1));
    const finite = f64x2.eq(f64x2.sub(frame, frame), f64x2.splat(0));
    v128.store(samples + (i << 2), v128.and(frame, finite));
  }
}

/** Rounds `frames` frames at `samples` to the planar buffers. */
export function fromFrames(samples: usize, left: usize, right: usize, frames: i32): void {
  for (let i: usize = 0, end = (<usize>frames) << 2; i < end; i += 4) {
    const frame = f32x4.demote_f64x2_zero(v128.load(samples + (i << 2)));
    v128.store32_lane(left + i, frame, 0);
    v128.store32_lane(right + i, frame, 1);
  }
}

/** Widens `frames` f32 of a mono signal to f64 at `samples`; a sample that is not finite becomes silence. */
export function toMono(signal: usize, samples: usize, frames: i32): void {
  let i: usize = 0;
  const end = (<usize>frames) << 2;
  for (; i + 8 <= end; i += 8) {
    const pair = f64x2.promote_low_f32x4(v128.load64_zero(signal + i));
    v128.store(samples + (i << 1), v128.and(pair, f64x2.eq(f64x2.sub(pair, pair), f64x2.splat(0))));
  }
  if (i < end) {
    const value = load<f32>(signal + i);
    store<f64>(samples + (i << 1), value - value == 0 ? <f64>value : 0);
  }
}

/** Rounds `frames` f64 at `samples` to f32. */
export function fromMono(samples: usize, signal: usize, frames: i32): void {
  let i: usize = 0;
  const end = (<usize>frames) << 2;
  for (; i + 8 <= end; i += 8) {
    v128.store64_lane(signal + i, f32x4.demote_f64x2_zero(v128.load(samples + (i << 1))), 0);
  }
  if (i < end) store<f32>(signal + i, <f32>load<f64>(samples + (i << 1)));
}

/** Multiplies the f32 `buffer` by as many f64 `factors`. */
export function multiply(buffer: usize, factors: usize, frames: i32): void {
  let i: usize = 0;
  const end = (<usize>frames) << 2;
  for (; i + 8 <= end; i += 8) {
    const pair = f64x2.promote_low_f32x4(v128.load64_zero(buffer + i));
    const product = f64x2.mul(pair, v128.load(factors + (i << 1)));
    v128.store64_lane(buffer + i, f32x4.demote_f64x2_zero(product), 0);
  }
  if (i < end) store<f32>(buffer + i, <f32>(<f64>load<f32>(buffer + i) * load<f64>(factors + (i << 1))));
}
