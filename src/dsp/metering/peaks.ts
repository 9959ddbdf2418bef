/**
 * Lowest sample, highest sample, mean and mean square of consecutive buckets of frames: what waveforms are
 * drawn from. Sums are 32-bit: exact enough for buckets of some thousand frames (4e-6 at worst for 4096).
 */
import { sumLanes } from "../resample/dotProduct";

/** f32 values of one bucket and channel: lowest, highest, mean, mean square. */
export const VALUES_BYTES: usize = 16;

/**
 * @param channelPointers address of one f32 buffer address per channel; the samples are finite
 * @param frames at least 1
 * @param bucketFrames frames of a bucket, at least 1; the last bucket may be shorter
 * @param target room for `[bucket][channel][lowest, highest, mean, mean square]`, f32
 * @returns how many buckets there are
 */
export function peaksScan(
  channelPointers: usize,
  channels: i32,
  frames: i32,
  bucketFrames: i32,
  target: usize,
): i32 {
  const buckets = (frames - 1) / bucketFrames + 1;
  const stride = VALUES_BYTES * <usize>channels;
  for (let channel = 0; channel < channels; channel++) {
    let source = load<usize>(channelPointers + (<usize>channel << 2));
    let to = target + VALUES_BYTES * <usize>channel;
    let left = frames;
    for (let bucket = 0; bucket < buckets; bucket++) {
      const count = min(bucketFrames, left);
      scanBucket(source, count, to);
      source += <usize>count << 2;
      left -= count;
      to += stride;
    }
  }
  return buckets;
}

/** One bucket of `count` samples of one channel. */
function scanBucket(source: usize, count: i32, target: usize): void {
  const first = v128.load32_splat(source);
  let low = first;
  let high = first;
  let sum = f32x4.splat(0);
  let squares = sum;
  const end = source + (<usize>count << 2);
  if (count >= 8) {
    let low2 = first;
    let high2 = first;
    let sum2 = sum;
    let squares2 = sum;
    for (const whole = end - 28; source < whole; source += 32) {
      const a = v128.load(source);
      const b = v128.load(source, 16);
      low = f32x4.pmin(low, a);
      low2 = f32x4.pmin(low2, b);
      high = f32x4.pmax(high, a);
      high2 = f32x4.pmax(high2, b);
      sum = f32x4.add(sum, a);
      sum2 = f32x4.add(sum2, b);
      squares = f32x4.add(squares, f32x4.mul(a, a));
      squares2 = f32x4.add(squares2, f32x4.mul(b, b));
    }
    low = f32x4.pmin(low, low2);
    high = f32x4.pmax(high, high2);
    sum = f32x4.add(sum, sum2);
    squares = f32x4.add(squares, squares2);
  }
  // The rest goes through the first lane.
  for (; source < end; source += 4) {
    const x = v128.load32_zero(source);
    const all = v128.load32_splat(source);
    low = f32x4.pmin(low, all);
    high = f32x4.pmax(high, all);
    sum = f32x4.add(sum, x);
    squares = f32x4.add(squares, f32x4.mul(x, x));
  }
  storeBucket(low, high, sumLanes(sum), sumLanes(squares), count, target);
}

/** Stores a bucket of `count` samples: the lowest and highest of the lanes, and the sums as means. */
export function storeBucket(
  low: v128,
  high: v128,
  sum: f32,
  squares: f32,
  count: i32,
  target: usize,
): void {
  const scale = <f32>1 / <f32>count;
  low = f32x4.pmin(low, v128.shuffle<f32>(low, low, 2, 3, 0, 1));
  high = f32x4.pmax(high, v128.shuffle<f32>(high, high, 2, 3, 0, 1));
  store<f32>(target, min(f32x4.extract_lane(low, 0), f32x4.extract_lane(low, 1)));
  store<f32>(target, max(f32x4.extract_lane(high, 0), f32x4.extract_lane(high, 1)), 4);
  store<f32>(target, sum * scale, 8);
  store<f32>(target, squares * scale, 12);
}
