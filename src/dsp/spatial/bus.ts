/** Summing: buses add up in 64 bits, so that the sum does not depend on how loud the neighbours are. */

/** Adds `gain` times the f32 `source` to the f64 `bus`. */
// @ts-ignore: decorator
@inline
function addScaled(source: usize, bus: usize, gain: f64, frames: i32): void {
  const factor = f64x2.splat(gain);
  let frame = 0;
  for (; frame + 2 <= frames; frame += 2) {
    const at = bus + ((<usize>frame) << 3);
    const pair = f64x2.promote_low_f32x4(v128.load64_zero(source + ((<usize>frame) << 2)));
    v128.store(at, f64x2.add(v128.load(at), f64x2.mul(pair, factor)));
  }
  if (frame < frames) {
    const at = bus + ((<usize>frame) << 3);
    store<f64>(at, load<f64>(at) + <f64>load<f32>(source + ((<usize>frame) << 2)) * gain);
  }
}

/** Adds a strip (planar f32) to a bus (planar f64) with its gains to the left and the right. */
export function busAdd(
  left: usize,
  right: usize,
  busLeft: usize,
  busRight: usize,
  gainLeft: f64,
  gainRight: f64,
  frames: i32,
): void {
  addScaled(left, busLeft, gainLeft, frames);
  addScaled(right, busRight, gainRight, frames);
}

/** Rounds one audio channel of a bus to 32-bit floats. */
export function busNarrow(bus: usize, target: usize, frames: i32): void {
  for (let frame = 0; frame < frames; frame++) {
    const at = <usize>frame;
    store<f32>(target + (at << 2), <f32>load<f64>(bus + (at << 3)));
  }
}
