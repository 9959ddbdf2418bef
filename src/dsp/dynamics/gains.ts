/** From gain in decibels to gain on the signal. */
import { dbToGain4 } from "../decibels";
import { Ramp } from "../ramp";

/** @returns the least of `frames` f64 values, none of which is above 0; 0 if there are none */
export function leastOf(values: usize, frames: i32): f64 {
  let least = f64x2.splat(0);
  const end = values + ((<usize>frames) << 3);
  for (; values + 16 <= end; values += 16) least = f64x2.pmin(least, v128.load(values));
  const both = min(f64x2.extract_lane(least, 0), f64x2.extract_lane(least, 1));
  return values < end ? min(both, load<f64>(values)) : both;
}

/** Turns the sign of `frames` f64 reductions, none of which is below 0, and @returns the least result. */
export function negate(reductions: usize, frames: i32): f64 {
  let least = f64x2.splat(0);
  const end = reductions + ((<usize>frames) << 3);
  for (; reductions + 16 <= end; reductions += 16) {
    const level = f64x2.neg(v128.load(reductions));
    least = f64x2.pmin(least, level);
    v128.store(reductions, level);
  }
  const both = min(f64x2.extract_lane(least, 0), f64x2.extract_lane(least, 1));
  if (reductions == end) return both;
  const last = -load<f64>(reductions);
  store<f64>(reductions, last);
  return min(both, last);
}

/** A level so little below 0 dB is a gain of 1, rounded to 32 bits. */
const UNITY: f64 = -1e-7;

/**
 * Turns `frames` f64 levels in dB into linear f32 gains, in place; reads up to three levels more.
 *
 * @param least level among them, at most 0, if none is above 0; else any level below {@link UNITY}
 */
export function toGains(levels: usize, frames: i32, least: f64): void {
  const end = (<usize>frames) << 2;
  if (least > UNITY) {
    for (let i: usize = 0; i < end; i += 16) v128.store(levels + i, f32x4.splat(1));
    return;
  }
  for (let i: usize = 0; i < end; i += 16) {
    const first = f32x4.demote_f64x2_zero(v128.load(levels + (i << 1)));
    const second = f32x4.demote_f64x2_zero(v128.load(levels + (i << 1) + 16));
    v128.store(levels + i, dbToGain4(i64x2.shuffle(first, second, 0, 2)));
  }
}

/** Multiplies the f32 `buffer` by as many f32 `gains`. */
export function applyGains(buffer: usize, gains: usize, frames: i32): void {
  let i: usize = 0;
  const end = (<usize>frames) << 2;
  for (; i + 16 <= end; i += 16) {
    v128.store(buffer + i, f32x4.mul(v128.load(buffer + i), v128.load(gains + i)));
  }
  for (; i < end; i += 4) store<f32>(buffer + i, load<f32>(buffer + i) * load<f32>(gains + i));
}

/** Mixes f32 gains with the signal as it was, in place: dry + wet gain; writes up to three more. */
export function mixGains(gains: usize, frames: i32, dry: Ramp, wet: Ramp): void {
  const end = gains + ((<usize>frames) << 2);
  for (; gains < end && (dry.moves() || wet.moves()); gains += 4) {
    store<f32>(gains, <f32>(dry.next() + wet.next() * <f64>load<f32>(gains)));
  }
  if (dry.value == 0 && wet.value == 1) return;
  const still = f32x4.splat(<f32>dry.value);
  const scaled = f32x4.splat(<f32>wet.value);
  for (; gains < end; gains += 16) {
    v128.store(gains, f32x4.add(still, f32x4.mul(scaled, v128.load(gains))));
  }
}
