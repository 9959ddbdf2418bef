/** Gain and polarity. A change while the signal runs is reached over 20 ms. */
import { Ramp, rampFrames } from "./ramp";

export const enum GainParameter {
  /** dB; -Infinity is silence */
  Gain = 0,
  /** 0 normal, 1 inverted */
  Polarity = 1,
}

@unmanaged
export class Gain {
  sampleRate: f64;
  private level: f64;
  private inverted: bool;
  private started: bool;
  private factor: Ramp = new Ramp();

  set(parameter: i32, value: f64): void {
    if (value != value) return;
    if (parameter == GainParameter.Gain) this.level = value;
    else if (parameter == GainParameter.Polarity) this.inverted = value != 0;
    const factor = Math.pow(10, this.level / 20);
    this.factor.moveTo(this.inverted ? -factor : factor, this.started ? rampFrames(this.sampleRate) : 0);
  }

  process(left: usize, right: usize, frames: i32): void {
    this.started = true;
    let i: usize = 0;
    const end = (<usize>frames) << 2;
    for (; i < end && this.factor.moves(); i += 4) this.scale(left + i, right + i, this.factor.next());
    if (this.factor.value == 1) return;
    scaleBuffer(left + i, end - i, this.factor.value);
    if (right != left) scaleBuffer(right + i, end - i, this.factor.value);
  }

  private scale(left: usize, right: usize, factor: f64): void {
    store<f32>(left, <f32>(<f64>load<f32>(left) * factor));
    if (right != left) store<f32>(right, <f32>(<f64>load<f32>(right) * factor));
  }
}

function scaleBuffer(buffer: usize, bytes: usize, factor: f64): void {
  const factors = f64x2.splat(factor);
  let i: usize = 0;
  for (; i + 8 <= bytes; i += 8) {
    const pair = f64x2.promote_low_f32x4(v128.load64_zero(buffer + i));
    v128.store64_lane(buffer + i, f32x4.demote_f64x2_zero(f64x2.mul(pair, factors)), 0);
  }
  if (i < bytes) store<f32>(buffer + i, <f32>(<f64>load<f32>(buffer + i) * factor));
}

/** A gain of 0 dB. */
export function gainNew(sampleRate: f64): Gain {
  const gain = new Gain();
  gain.sampleRate = sampleRate;
  gain.set(GainParameter.Gain, 0);
  return gain;
}
