/**
 * Interleaved PCM to planar 32-bit floats.
 *
 * Four integer samples of any width and byte order are brought to the top of four 32-bit
 * lanes by one byte permutation, so all integer layouts share one loop. Full scale is
 * `2^(bits-1)`; up to 24 bits the floats are exact, 32 bits are rounded to nearest.
 */
import { allocate } from "../memory";
import { permutation, signFlip, widthOf } from "./lanes";
import { Layout } from "./layout";

/** Samples converted at once, before they are dealt out to their channels. */
const SCRATCH_SAMPLES: i32 = 1024;
/** Bytes of one vector. */
const VECTOR: usize = 16;

let scratch: usize = 0;
/** The last bytes of a block, with room to read whole vectors behind them. */
let staging: usize = 0;
let nonFiniteCount: i32 = 0;
/** Sample of the current call, interleaved; -1 if none. */
let firstNonFinite: i32 = -1;
let lastChannels: i32 = 1;

/**
 * Decodes `frames` frames; samples that are not finite become silence.
 * @param source interleaved samples, any alignment
 * @param layout index in SAMPLE_LAYOUTS
 * @param bigEndian 0 or 1
 * @param channels 1 to 1024
 * @param targets address of one f32 buffer address (i32) per channel
 * @returns how many samples were not finite
 */
export function pcmDecode(
  source: usize,
  layout: i32,
  bigEndian: i32,
  channels: i32,
  frames: i32,
  targets: usize,
): i32 {
  if (!scratch) {
    scratch = allocate((SCRATCH_SAMPLES + 4) * 4);
    staging = allocate(48);
  }
  nonFiniteCount = 0;
  firstNonFinite = -1;
  lastChannels = channels;
  const most = SCRATCH_SAMPLES / channels;
  const frameBytes = widthOf(layout) * channels;
  for (let done = 0; done < frames; done += most) {
    const count = min(most, frames - done);
    const from = source + <usize>done * <usize>frameBytes;
    convert(from, layout, bigEndian != 0, count * channels, done * channels);
    deal(channels, count, targets, <usize>done << 2);
  }
  return nonFiniteCount;
}

/** @returns frame, within the last call of `pcmDecode`, of the first sample that was not finite; -1 if all were */
export function pcmFirstNonFinite(): i32 {
  return firstNonFinite < 0 ? -1 : firstNonFinite / lastChannels;
}

/** Converts `samples` samples to the scratch; `position` is the number of the first one in the call. */
function convert(source: usize, layout: i32, bigEndian: bool, samples: i32, position: i32): void {
  if (layout == Layout.F64) {
    convertDoubles(source, bigEndian, samples, position);
    return;
  }
  const width = widthOf(layout);
  const order = permutation(width, bigEndian);
  const step = <usize>width * 4;
  const end = source + <usize>(samples * width);
  const isFloat = layout == Layout.F32;
  const flip = signFlip(layout);
  let target = scratch;
  for (; source + VECTOR <= end; source += step, target += VECTOR) {
    const lanes = i8x16.swizzle(v128.load(source), order);
    v128.store(target, isFloat ? lanes : fromIntegers(v128.xor(lanes, flip)));
  }
  memory.copy(staging, source, end - source);
  for (let from = staging; from < staging + (end - source); from += step, target += VECTOR) {
    const lanes = i8x16.swizzle(v128.load(from), order);
    v128.store(target, isFloat ? lanes : fromIntegers(v128.xor(lanes, flip)));
  }
  if (isFloat) silenceNonFinite(samples, position);
}

// @ts-ignore: decorator
@inline
function fromIntegers(lanes: v128): v128 {
  return f32x4.mul(f32x4.convert_i32x4_s(lanes), f32x4.splat(1.0 / 2147483648.0));
}

/** A double beyond the range of a float counts as not finite. */
function convertDoubles(source: usize, bigEndian: bool, samples: i32, position: i32): void {
  for (let i = 0; i < samples; i++) {
    const bits = load<u64>(source + (<usize>i << 3));
    store<f32>(scratch + (<usize>i << 2), <f32>reinterpret<f64>(bigEndian ? bswap(bits) : bits));
  }
  silenceNonFinite(samples, position);
}

function silenceNonFinite(samples: i32, position: i32): void {
  for (let i = 0; i < samples; i += 4) {
    const at = scratch + (<usize>i << 2);
    const x = v128.load(at);
    const finite = f32x4.eq(f32x4.sub(x, x), f32x4.splat(0));
    const bad = ~i32x4.bitmask(finite) & 15 & ((1 << min(4, samples - i)) - 1);
    if (bad == 0) continue;
    v128.store(at, v128.and(x, finite));
    nonFiniteCount += popcnt(bad);
    if (firstNonFinite < 0) firstNonFinite = position + i + ctz(bad);
  }
}

/** Deals `frames` frames from the scratch out to the channels' buffers, `offset` bytes from their starts. */
function deal(channels: i32, frames: i32, targets: usize, offset: usize): void {
  if (channels == 1) {
    memory.copy(load<usize>(targets) + offset, scratch, <usize>frames << 2);
    return;
  }
  if (channels == 2) {
    dealStereo(load<usize>(targets) + offset, load<usize>(targets, 4) + offset, frames);
    return;
  }
  for (let channel = 0; channel < channels; channel++) {
    const target = load<usize>(targets + (<usize>channel << 2)) + offset;
    for (let frame = 0; frame < frames; frame++) {
      const sample = load<f32>(scratch + (<usize>(frame * channels + channel) << 2));
      store<f32>(target + (<usize>frame << 2), sample);
    }
  }
}

function dealStereo(left: usize, right: usize, frames: i32): void {
  let source = scratch;
  let frame = 0;
  for (; frame + 4 <= frames; frame += 4, source += 32, left += 16, right += 16) {
    const a = v128.load(source);
    const b = v128.load(source, 16);
    v128.store(left, v128.shuffle<f32>(a, b, 0, 2, 4, 6));
    v128.store(right, v128.shuffle<f32>(a, b, 1, 3, 5, 7));
  }
  for (; frame < frames; frame++, source += 8, left += 4, right += 4) {
    store<f32>(left, load<f32>(source));
    store<f32>(right, load<f32>(source, 4));
  }
}
