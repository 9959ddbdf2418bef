/** The switch of an insert while the sound runs: from the signal before it to that after it, and back, without a click. */
import { Ramp } from "./ramp";

@unmanaged
export class Blend {
  /** Share of the signal after it, 0 to 1. */
  private share: Ramp = new Ramp();

  moveTo(share: f64, frames: i32): void {
    this.share.moveTo(share, frames);
  }

  /** Makes of the planar f32 signal after the insert the mixture of it and of that before it, in place. */
  process(left: usize, right: usize, dryLeft: usize, dryRight: usize, frames: i32): void {
    let i: usize = 0;
    const end = (<usize>frames) << 2;
    for (; i < end && this.share.moves(); i += 4) {
      const share = this.share.next();
      mix(left + i, dryLeft + i, share);
      if (right != left) mix(right + i, dryRight + i, share);
    }
    if (this.share.value == 1 || i == end) return;
    memory.copy(left + i, dryLeft + i, end - i);
    if (right != left) memory.copy(right + i, dryRight + i, end - i);
  }
}

// @ts-ignore: decorator
@inline
function mix(wet: usize, dry: usize, share: f64): void {
  const before = <f64>load<f32>(dry);
  store<f32>(wet, <f32>(before + share * (<f64>load<f32>(wet) - before)));
}

/** @param share 1 or 0 */
export function blendNew(share: f64): usize {
  const blend = new Blend();
  blend.moveTo(share, 0);
  return changetype<usize>(blend);
}

/** Goes to `share`, 1 or 0, within `frames` frames. */
export function blendMove(address: usize, share: f64, frames: i32): void {
  changetype<Blend>(address).moveTo(share, frames);
}
