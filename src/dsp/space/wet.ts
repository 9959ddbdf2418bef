/** Small steps on runs of f32 samples, of whole vectors: a run has room for three frames more than it counts. */

/** Louder samples (120 dB over full scale) are taken for this. */
const LOUDEST: f32 = 1e6;
/** Quieter samples (-300 dB) are taken for silence, long before they are denormal. */
const SILENT: f32 = 1e-15;

/** Copies `frames` frames from `from` to `to`; what is no number is silence, and what follows the last frame is. */
export function guard(from: usize, to: usize, frames: i32): void {
  let i: usize = 0;
  const end = (<usize>frames) << 2;
  for (; i + 16 <= end; i += 16) v128.store(to + i, guarded(v128.load(from + i)));
  for (; i < end; i += 4) store<f32>(to + i, f32x4.extract_lane(guarded(v128.load32_zero(from + i)), 0));
  for (; (i & 15) != 0; i += 4) store<f32>(to + i, 0);
}

// @ts-ignore: decorator
@inline
function guarded(x: v128): v128 {
  const size = f32x4.abs(x);
  const limited = f32x4.max(f32x4.splat(-LOUDEST), f32x4.min(f32x4.splat(LOUDEST), x));
  const kept = v128.and(f32x4.ge(size, f32x4.splat(SILENT)), f32x4.lt(size, f32x4.splat(Infinity)));
  return v128.and(limited, kept);
}

/** Copies a run of whole vectors. */
export function copyRun(to: usize, from: usize, frames: i32): void {
  for (const end = to + ((<usize>frames) << 2); to < end; to += 16, from += 16) v128.store(to, v128.load(from));
}

export function isSilent(samples: usize, frames: i32): bool {
  let any = f32x4.splat(0);
  for (let i: usize = 0, end = (<usize>frames) << 2; i < end; i += 16) any = v128.or(any, v128.load(samples + i));
  return !v128.any_true(any);
}

/** @returns the largest absolute sample */
export function largest(samples: usize, frames: i32): f32 {
  let most = f32x4.splat(0);
  let i: usize = 0;
  const end = (<usize>frames) << 2;
  for (; i + 16 <= end; i += 16) most = f32x4.max(most, f32x4.abs(v128.load(samples + i)));
  for (; i < end; i += 4) most = f32x4.max(most, f32x4.abs(v128.load32_zero(samples + i)));
  const pair = f32x4.max(most, v128.shuffle<i64>(most, most, 1, 0));
  return max(f32x4.extract_lane(pair, 0), f32x4.extract_lane(pair, 1));
}

/** to = to * keep + from * add, of exactly `frames` frames. */
export function blend(to: usize, from: usize, keep: f32, add: f32, frames: i32): void {
  let i: usize = 0;
  const end = (<usize>frames) << 2;
  for (; i + 16 <= end; i += 16) {
    const kept = f32x4.mul(v128.load(to + i), f32x4.splat(keep));
    v128.store(to + i, f32x4.add(kept, f32x4.mul(v128.load(from + i), f32x4.splat(add))));
  }
  for (; i < end; i += 4) store<f32>(to + i, load<f32>(to + i) * keep + load<f32>(from + i) * add);
}
