/**
 * The buckets of peaks.ts straight from interleaved mono or stereo integer PCM: to the last bit what peaksScan finds in
 * the decoded samples, without writing those down. Samples stay at the top of 32-bit lanes, full scale at 2^31; only
 * what becomes of them is brought to 1, which as a power of two changes no digit.
 */
import { permutation, signFlip, widthOf } from "../pcm/lanes";
import { sumLanes } from "../resample/dotProduct";
import { storeBucket, VALUES_BYTES } from "./peaks";

const SCALE: f32 = 1.0 / 2147483648.0;

/**
 * @param source interleaved samples, any alignment; up to 16 bytes behind them are read
 * @param layout U8, S16, S24 or S32: index in SAMPLE_LAYOUTS
 * @param bigEndian 0 or 1
 * @param channels 1 or 2
 * @param frames at least 1
 * @param bucketFrames frames of a bucket, at least 1; the last bucket may be shorter
 * @param target room for `[bucket][channel][lowest, highest, mean, mean square]`, f32
 * @returns how many buckets there are
 */
export function peaksScanPcm(
  source: usize,
  layout: i32,
  bigEndian: i32,
  channels: i32,
  frames: i32,
  bucketFrames: i32,
  target: usize,
): i32 {
  const width = widthOf(layout);
  const order = permutation(width, bigEndian != 0);
  const flip = signFlip(layout);
  const buckets = (frames - 1) / bucketFrames + 1;
  for (let left = frames; left > 0; left -= bucketFrames) {
    const count = min(bucketFrames, left);
    if (channels == 1) scanMono(source, <usize>width, order, flip, count, target);
    else scanStereo(source, <usize>width, order, flip, count, target);
    source += <usize>(width * channels) * <usize>count;
    target += VALUES_BYTES * <usize>channels;
  }
  return buckets;
}

// @ts-ignore: decorator
@inline
function samplesAt(address: usize, order: v128, flip: v128): v128 {
  return f32x4.convert_i32x4_s(v128.xor(i8x16.swizzle(v128.load(address), order), flip));
}

function scanMono(source: usize, width: usize, order: v128, flip: v128, count: i32, target: usize): void {
  const first = samplesAt(source, order, flip);
  let low = v128.shuffle<f32>(first, first, 0, 0, 0, 0);
  let high = low;
  let sum = f32x4.splat(0);
  let sum2 = sum;
  let squares = sum;
  let squares2 = sum;
  let left = count;
  for (; left >= 8; left -= 8, source += width * 8) {
    const a = samplesAt(source, order, flip);
    const b = samplesAt(source + width * 4, order, flip);
    low = f32x4.pmin(f32x4.pmin(low, a), b);
    high = f32x4.pmax(f32x4.pmax(high, a), b);
    sum = f32x4.add(sum, a);
    sum2 = f32x4.add(sum2, b);
    squares = f32x4.add(squares, f32x4.mul(a, a));
    squares2 = f32x4.add(squares2, f32x4.mul(b, b));
  }
  sum = f32x4.add(sum, sum2);
  squares = f32x4.add(squares, squares2);
  finish(low, high, sum, squares, source, width, order, flip, left, count, target);
}

/** Lanes are left, right, left, right. */
function scanStereo(source: usize, width: usize, order: v128, flip: v128, count: i32, target: usize): void {
  const first = samplesAt(source, order, flip);
  let low = v128.shuffle<f32>(first, first, 0, 1, 0, 1);
  let high = low;
  // Of frames 0 and 1, 2 and 3, 4 and 5, 6 and 7 of each eight.
  let sumA = f32x4.splat(0);
  let sumB = sumA;
  let sumC = sumA;
  let sumD = sumA;
  let squaresA = sumA;
  let squaresB = sumA;
  let squaresC = sumA;
  let squaresD = sumA;
  const step = width * 4;
  let left = count;
  for (; left >= 8; left -= 8, source += step * 4) {
    const a = samplesAt(source, order, flip);
    const b = samplesAt(source + step, order, flip);
    const c = samplesAt(source + step * 2, order, flip);
    const d = samplesAt(source + step * 3, order, flip);
    low = f32x4.pmin(low, f32x4.pmin(f32x4.pmin(a, b), f32x4.pmin(c, d)));
    high = f32x4.pmax(high, f32x4.pmax(f32x4.pmax(a, b), f32x4.pmax(c, d)));
    sumA = f32x4.add(sumA, a);
    sumB = f32x4.add(sumB, b);
    sumC = f32x4.add(sumC, c);
    sumD = f32x4.add(sumD, d);
    squaresA = f32x4.add(squaresA, f32x4.mul(a, a));
    squaresB = f32x4.add(squaresB, f32x4.mul(b, b));
    squaresC = f32x4.add(squaresC, f32x4.mul(c, c));
    squaresD = f32x4.add(squaresD, f32x4.mul(d, d));
  }
  const frameBytes = width * 2;
  let sum = f32x4.add(lefts(sumA, sumB), lefts(sumC, sumD));
  let squares = f32x4.add(lefts(squaresA, squaresB), lefts(squaresC, squaresD));
  finish(lefts(low, low), lefts(high, high), sum, squares, source, frameBytes, order, flip, left, count, target);
  sum = f32x4.add(rights(sumA, sumB), rights(sumC, sumD));
  squares = f32x4.add(rights(squaresA, squaresB), rights(squaresC, squaresD));
  source += width;
  target += VALUES_BYTES;
  finish(rights(low, low), rights(high, high), sum, squares, source, frameBytes, order, flip, left, count, target);
}

// @ts-ignore: decorator
@inline
function lefts(a: v128, b: v128): v128 {
  return v128.shuffle<f32>(a, b, 0, 2, 4, 6);
}

// @ts-ignore: decorator
@inline
function rights(a: v128, b: v128): v128 {
  return v128.shuffle<f32>(a, b, 1, 3, 5, 7);
}

/** Stores a bucket of one channel after its last `left` samples, `stride` bytes apart, which go through the first lane. */
function finish(
  low: v128,
  high: v128,
  sum: v128,
  squares: v128,
  source: usize,
  stride: usize,
  order: v128,
  flip: v128,
  left: i32,
  count: i32,
  target: usize,
): void {
  for (; left > 0; left--, source += stride) {
    const x = f32x4.extract_lane(samplesAt(source, order, flip), 0);
    low = f32x4.pmin(low, f32x4.splat(x));
    high = f32x4.pmax(high, f32x4.splat(x));
    sum = f32x4.add(sum, f32x4.replace_lane(f32x4.splat(0), 0, x));
    squares = f32x4.add(squares, f32x4.replace_lane(f32x4.splat(0), 0, x * x));
  }
  const scale = f32x4.splat(SCALE);
  const mean = sumLanes(sum) * SCALE;
  const square = sumLanes(squares) * (SCALE * SCALE);
  storeBucket(f32x4.mul(low, scale), f32x4.mul(high, scale), mean, square, count, target);
}
