/**
 * Summing: buses add up in 64 bits, so that the sum does not depend on how loud the neighbours are.
 *
 * What goes into a bus is rounded to 2^-42 of full scale (-253 dBFS). While sums stay below 2^11 (+66 dBFS) they are
 * exact by that: they do not depend on the order, and what was added can be taken out again.
 *
 * The planar f32 `left` and `right` of a signal may be the same buffer (mono).
 */
import { Matrix } from "./pan";

/** A number of this size has 2^-42 as its last place: added and taken away again, it rounds. 0 does not. */
export const ROUNDER: f64 = 1.5 * 1024;

// @ts-ignore: decorator
@inline
function addRounded(place: usize, pair: v128, rounder: v128): void {
  v128.store(place, f64x2.add(v128.load(place), f64x2.sub(f64x2.add(pair, rounder), rounder)));
}

// @ts-ignore: decorator
@inline
function addRoundedOne(place: usize, value: f64, rounder: f64): void {
  store<f64>(place, load<f64>(place) + (value + rounder - rounder));
}

/** Adds `gain` times the f32 `source` to the f64 `bus`. */
// @ts-ignore: decorator
@inline
function addScaled(source: usize, bus: usize, gain: f64, rounder: f64, frames: i32): void {
  const factor = f64x2.splat(gain);
  const rounders = f64x2.splat(rounder);
  const end = bus + ((<usize>(frames & ~3)) << 3);
  for (; bus < end; bus += 32, source += 16) {
    const four = v128.load(source);
    addRounded(bus, f64x2.mul(f64x2.promote_low_f32x4(four), factor), rounders);
    addRounded(bus + 16, f64x2.mul(f64x2.promote_low_f32x4(highPair(four)), factor), rounders);
  }
  for (let rest = frames & 3; rest > 0; rest--, bus += 8, source += 4)
    addRoundedOne(bus, <f64>load<f32>(source) * gain, rounder);
}

/** The same of a mono source into both sides of a bus, which it goes through once. */
function addMono(source: usize, busLeft: usize, busRight: usize, gainLeft: f64, gainRight: f64, rounder: f64, frames: i32): void {
  const factorLeft = f64x2.splat(gainLeft);
  const factorRight = f64x2.splat(gainRight);
  const rounders = f64x2.splat(rounder);
  const end = busLeft + ((<usize>(frames & ~3)) << 3);
  for (; busLeft < end; busLeft += 32, busRight += 32, source += 16) {
    const four = v128.load(source);
    const low = f64x2.promote_low_f32x4(four);
    const high = f64x2.promote_low_f32x4(highPair(four));
    addRounded(busLeft, f64x2.mul(low, factorLeft), rounders);
    addRounded(busLeft + 16, f64x2.mul(high, factorLeft), rounders);
    addRounded(busRight, f64x2.mul(low, factorRight), rounders);
    addRounded(busRight + 16, f64x2.mul(high, factorRight), rounders);
  }
  for (let rest = frames & 3; rest > 0; rest--, busLeft += 8, busRight += 8, source += 4) {
    const sample = <f64>load<f32>(source);
    addRoundedOne(busLeft, sample * gainLeft, rounder);
    addRoundedOne(busRight, sample * gainRight, rounder);
  }
}

// @ts-ignore: decorator
@inline
function highPair(four: v128): v128 {
  return v128.shuffle<i64>(four, four, 1, 1);
}

/**
 * Adds a strip (planar f32) to a bus (planar f64) with its gains to the left and the right.
 *
 * @param rounder {@link ROUNDER}, or 0 where nothing else is added and the sum need not be rounded
 */
export function busAdd(
  left: usize,
  right: usize,
  busLeft: usize,
  busRight: usize,
  gainLeft: f64,
  gainRight: f64,
  rounder: f64,
  frames: i32,
): void {
  if (left == right) return addMono(left, busLeft, busRight, gainLeft, gainRight, rounder, frames);
  addScaled(left, busLeft, gainLeft, rounder, frames);
  addScaled(right, busRight, gainRight, rounder, frames);
}

/** The same with all gains of a matrix. */
export function busAddMatrix(
  left: usize,
  right: usize,
  busLeft: usize,
  busRight: usize,
  gains: Matrix,
  rounder: f64,
  frames: i32,
): void {
  addScaled(left, busLeft, gains.leftToLeft, rounder, frames);
  addScaled(right, busLeft, gains.rightToLeft, rounder, frames);
  addScaled(left, busRight, gains.leftToRight, rounder, frames);
  addScaled(right, busRight, gains.rightToRight, rounder, frames);
}

/** The same with gains that grow by `change` a frame, from what they are `at` frames after `from`. */
export function busAddMoving(
  left: usize,
  right: usize,
  busLeft: usize,
  busRight: usize,
  from: Matrix,
  change: Matrix,
  at: f64,
  rounder: f64,
  frames: i32,
): void {
  addMoving(left, busLeft, from.leftToLeft, change.leftToLeft, at, rounder, frames);
  addMoving(right, busRight, from.rightToRight, change.rightToRight, at, rounder, frames);
  if (from.isDiagonal() && change.isDiagonal()) return;
  addMoving(right, busLeft, from.rightToLeft, change.rightToLeft, at, rounder, frames);
  addMoving(left, busRight, from.leftToRight, change.leftToRight, at, rounder, frames);
}

// @ts-ignore: decorator
@inline
function addMoving(
  source: usize,
  bus: usize,
  from: f64,
  change: f64,
  at: f64,
  rounder: f64,
  frames: i32,
): void {
  const rounders = f64x2.splat(rounder);
  const start = f64x2.splat(from);
  const slope = f64x2.splat(change);
  let index = f64x2.replace_lane(f64x2.splat(at), 1, at + 1);
  let frame: usize = 0;
  for (const end = <usize>frames & ~1; frame < end; frame += 2) {
    const place = bus + (frame << 3);
    const gains = f64x2.add(start, f64x2.mul(slope, index));
    const pair = f64x2.promote_low_f32x4(v128.load64_zero(source + (frame << 2)));
    addRounded(place, f64x2.mul(pair, gains), rounders);
    index = f64x2.add(index, f64x2.splat(2));
  }
  if (frame < <usize>frames) {
    const place = bus + (frame << 3);
    const gain = from + change * f64x2.extract_lane(index, 0);
    addRoundedOne(place, <f64>load<f32>(source + (frame << 2)) * gain, rounder);
  }
}

/** Rounds one audio channel of a bus, times `gain`, to 32-bit floats. */
export function busNarrow(bus: usize, target: usize, gain: f64, frames: i32): void {
  const factor = f64x2.splat(gain);
  let frame: usize = 0;
  for (const end = <usize>frames & ~1; frame < end; frame += 2) {
    const pair = f32x4.demote_f64x2_zero(f64x2.mul(v128.load(bus + (frame << 3)), factor));
    v128.store64_lane(target + (frame << 2), pair, 0);
  }
  if (frame < <usize>frames) store<f32>(target + (frame << 2), <f32>(load<f64>(bus + (frame << 3)) * gain));
}
