/** Between planar stereo (two f32 buffers) and frames (left and right in the lanes of an f64x2). */

/** Widens the lower two lanes; what is not finite becomes silence. */
// @ts-ignore: decorator
@inline
function widened(four: v128): v128 {
  const pair = f64x2.promote_low_f32x4(four);
  return v128.and(pair, f64x2.eq(f64x2.sub(pair, pair), f64x2.splat(0)));
}

// @ts-ignore: decorator
@inline
function upper(four: v128): v128 {
  return v128.shuffle<i64>(four, four, 1, 1);
}

/** Widens `frames` frames to `samples`; a sample that is not finite becomes silence. */
export function toFrames(left: usize, right: usize, samples: usize, frames: i32): void {
  for (const end = left + ((<usize>(frames & ~3)) << 2); left < end; left += 16, right += 16, samples += 64) {
    const lefts = v128.load(left);
    const rights = v128.load(right);
    const early = v128.shuffle<i32>(lefts, rights, 0, 4, 1, 5);
    const late = v128.shuffle<i32>(lefts, rights, 2, 6, 3, 7);
    v128.store(samples, widened(early));
    v128.store(samples, widened(upper(early)), 16);
    v128.store(samples, widened(late), 32);
    v128.store(samples, widened(upper(late)), 48);
  }
  for (let rest = frames & 3; rest > 0; rest--, left += 4, right += 4, samples += 16)
    v128.store(samples, widened(v128.load32_lane(right, v128.load32_zero(left), 1)));
}

/** Rounds `frames` frames at `samples` to the planar buffers. */
export function fromFrames(samples: usize, left: usize, right: usize, frames: i32): void {
  for (const end = left + ((<usize>(frames & ~3)) << 2); left < end; left += 16, right += 16, samples += 64) {
    const early = rounded(v128.load(samples), v128.load(samples, 16));
    const late = rounded(v128.load(samples, 32), v128.load(samples, 48));
    v128.store(left, v128.shuffle<i32>(early, late, 0, 2, 4, 6));
    v128.store(right, v128.shuffle<i32>(early, late, 1, 3, 5, 7));
  }
  for (let rest = frames & 3; rest > 0; rest--, left += 4, right += 4, samples += 16) {
    const frame = f32x4.demote_f64x2_zero(v128.load(samples));
    v128.store32_lane(left, frame, 0);
    v128.store32_lane(right, frame, 1);
  }
}

/** Rounds two pairs of f64 to four f32. */
// @ts-ignore: decorator
@inline
function rounded(first: v128, second: v128): v128 {
  return v128.shuffle<i64>(f32x4.demote_f64x2_zero(first), f32x4.demote_f64x2_zero(second), 0, 2);
}

/** Widens `frames` f32 of a mono signal to f64 at `samples`; a sample that is not finite becomes silence. */
export function toMono(signal: usize, samples: usize, frames: i32): void {
  for (const end = signal + ((<usize>(frames & ~3)) << 2); signal < end; signal += 16, samples += 32) {
    const four = v128.load(signal);
    v128.store(samples, widened(four));
    v128.store(samples, widened(upper(four)), 16);
  }
  for (let rest = frames & 3; rest > 0; rest--, signal += 4, samples += 8) {
    const value = load<f32>(signal);
    store<f64>(samples, value - value == 0 ? <f64>value : 0);
  }
}

/** Rounds `frames` f64 at `samples` to f32. */
export function fromMono(samples: usize, signal: usize, frames: i32): void {
  for (const end = signal + ((<usize>(frames & ~3)) << 2); signal < end; signal += 16, samples += 32)
    v128.store(signal, rounded(v128.load(samples), v128.load(samples, 16)));
  for (let rest = frames & 3; rest > 0; rest--, signal += 4, samples += 8)
    store<f32>(signal, <f32>load<f64>(samples));
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
