/**
 * The switch of an insert while the sound runs: from the signal before it to that after it, and back, without a click.
 * While the two are compared, the signal before it is made as loud as that after it.
 */
import { LoudnessMatch, MATCH_FRAMES } from "./metering/loudnessMatch";
import { Ramp } from "./ramp";

@unmanaged
export class Blend {
  /** Share of the signal after it, 0 to 1. */
  private share: Ramp = new Ramp();
  /** Gain of the signal before it. */
  private matched: Ramp = new Ramp();
  private match: LoudnessMatch;
  private compares: bool;

  constructor(sampleRate: f64) {
    this.match = new LoudnessMatch(sampleRate);
    this.matched.moveTo(1, 0);
  }

  moveTo(share: f64, frames: i32): void {
    this.share.moveTo(share, frames);
  }

  /** Begins or ends a comparison; without one the signal before the insert is as loud as it is, within `frames` frames. */
  compare(compares: bool, frames: i32): void {
    if (compares && !this.compares) this.match.reset();
    if (!compares) this.matched.moveTo(1, frames);
    this.compares = compares;
  }

  /** Makes of the planar f32 signal after the insert the mixture of it and of that before it, in place. */
  process(left: usize, right: usize, dryLeft: usize, dryRight: usize, frames: i32): void {
    let i: usize = 0;
    const end = (<usize>frames) << 2;
    for (; i < end && this.isMoving(); i += 4) {
      if (this.compares) this.compareFrame(left + i, right + i, dryLeft + i, dryRight + i);
      const share = this.share.next();
      const gain = this.matched.next();
      mix(left + i, dryLeft + i, share, gain);
      if (right != left) mix(right + i, dryRight + i, share, gain);
    }
    if (this.share.value == 1 || i == end) return;
    memory.copy(left + i, dryLeft + i, end - i);
    if (right != left) memory.copy(right + i, dryRight + i, end - i);
  }

  private isMoving(): bool {
    return this.compares || this.share.moves() || this.matched.moves();
  }

  private compareFrame(left: usize, right: usize, dryLeft: usize, dryRight: usize): void {
    const isNew = this.match.take(load<f32>(left), load<f32>(right), load<f32>(dryLeft), load<f32>(dryRight));
    if (isNew) this.matched.moveTo(this.match.gain, MATCH_FRAMES);
  }
}

// @ts-ignore: decorator
@inline
function mix(wet: usize, dry: usize, share: f64, gain: f64): void {
  const before = <f64>load<f32>(dry) * gain;
  store<f32>(wet, <f32>(before + share * (<f64>load<f32>(wet) - before)));
}

/** @param share 1 or 0 */
export function blendNew(share: f64, sampleRate: f64): usize {
  const blend = new Blend(sampleRate);
  blend.moveTo(share, 0);
  return changetype<usize>(blend);
}

/** Goes to `share`, 1 or 0, within `frames` frames. */
export function blendMove(address: usize, share: f64, frames: i32): void {
  changetype<Blend>(address).moveTo(share, frames);
}

/** Begins (1) a comparison at equal loudness or ends it (0) within `frames` frames. */
export function blendCompare(address: usize, compares: i32, frames: i32): void {
  changetype<Blend>(address).compare(compares != 0, frames);
}
