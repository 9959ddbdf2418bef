/** How much two places of a stereo signal resemble each other, and where the best likeness is. */

/** Share by which a match at the edge of the search counts less than one in its middle. */
const EDGE_PENALTY: f64 = 0.05;
/** Power below which everything is alike: silence. */
const LEAST: f64 = 1e-18;

/** Normalized correlation of `frames` frames from `a` with those from `b`, -1 to 1, of both channels together. */
export function correlation(left: usize, right: usize, a: i32, b: i32, frames: i32): f64 {
  let products: f64 = LEAST;
  let energyA: f64 = LEAST;
  let energyB: f64 = LEAST;
  for (let channel = 0; channel < 2; channel++) {
    const base = channel == 0 ? left : right;
    const x = base + (<usize>a << 2);
    const y = base + (<usize>b << 2);
    products += dot(x, y, frames);
    energyA += dot(x, x, frames);
    energyB += dot(y, y, frames);
  }
  return products / Math.sqrt(energyA * energyB);
}

function dot(x: usize, y: usize, frames: i32): f64 {
  let sum = f32x4.splat(0);
  let i: usize = 0;
  const end = <usize>frames << 2;
  for (; i + 16 <= end; i += 16) sum = f32x4.add(sum, f32x4.mul(v128.load(x + i), v128.load(y + i)));
  let total =
    <f64>f32x4.extract_lane(sum, 0) +
    <f64>f32x4.extract_lane(sum, 1) +
    <f64>f32x4.extract_lane(sum, 2) +
    <f64>f32x4.extract_lane(sum, 3);
  for (; i < end; i += 4) total += <f64>load<f32>(x + i) * <f64>load<f32>(y + i);
  return total;
}

/**
 * Where from `first` to `last` the signal most resembles that at `place`: first in the averaged signal, then frame by
 * frame around the best place there.
 * @param coarse interleaved pairs, averaged over `factor` frames
 */
export function bestMatch(
  left: usize,
  right: usize,
  coarse: usize,
  factor: i32,
  place: i32,
  first: i32,
  last: i32,
  frames: i32,
): i32 {
  const middle = coarseMatch(coarse, factor, place, first, last, frames);
  let best = middle;
  let most: f64 = -2;
  const end = min(last, middle + factor);
  for (let candidate = max(first, middle - factor); candidate <= end; candidate++) {
    const likeness = correlation(left, right, place, candidate, frames);
    if (likeness > most) {
      most = likeness;
      best = candidate;
    }
  }
  return best;
}

function coarseMatch(coarse: usize, factor: i32, place: i32, first: i32, last: i32, frames: i32): i32 {
  const count = max(1, frames / factor);
  const origin = place / factor;
  // What the place lies beyond its group, every candidate does too.
  const rest = place - origin * factor;
  const x = coarse + (<usize>origin << 3);
  const centre = 0.5 * <f64>(first + last);
  const reach = max(1, 0.5 * <f64>(last - first));
  let best = <i32>centre;
  let most: f64 = -2;
  for (let group = (first - rest + factor - 1) / factor; group * factor + rest <= last; group++) {
    if (group < 0) continue;
    const y = coarse + (<usize>group << 3);
    const likeness = dot(x, y, 2 * count) / Math.sqrt(dot(y, y, 2 * count) + LEAST);
    const offset = (<f64>(group * factor + rest) - centre) / reach;
    const weighted = likeness * (1 - EDGE_PENALTY * offset * offset * (likeness > 0 ? 1 : -1));
    if (most == -2 || weighted > most) {
      most = weighted;
      best = group * factor + rest;
    }
  }
  return best;
}
