/**
 * Gain, polarity of either side, which channels go where, and a filter for DC. A change while the signal runs is
 * reached over 20 ms.
 */
import { Ramp, rampFrames } from "./ramp";

export const enum GainParameter {
  /** dB; -Infinity is silence */
  Gain = 0,
  /** see {@link Polarity} */
  Polarity = 1,
  /** see {@link Channels} */
  Channels = 2,
  /** 0 off, 1 on: a high-pass of first order at DC_CORNER. */
  DcFilter = 3,
}

/** What is inverted. */
const enum Polarity {
  Normal = 0,
  Inverted = 1,
  Left = 2,
  Right = 3,
}

/** What the two sides carry; mono is half of left plus right. */
const enum Channels {
  Stereo = 0,
  Swapped = 1,
  Mono = 2,
  Left = 3,
  Right = 4,
}

/** Hz; -0.2 dB at 20 Hz. */
const DC_CORNER: f64 = 4;
/** A mean below this (-600 dB) is cleared, long before it slows down as a denormal number. */
const NEGLIGIBLE: f64 = 1e-30;

@unmanaged
export class Gain {
  sampleRate: f64;
  private level: f64;
  private polarity: i32;
  private channels: i32;
  private started: bool;
  private leftToLeft: Ramp = new Ramp();
  private rightToLeft: Ramp = new Ramp();
  private leftToRight: Ramp = new Ramp();
  private rightToRight: Ramp = new Ramp();
  /** Share of the mean that is taken away, and the mean of either side of the output. */
  private dcShare: Ramp = new Ramp();
  private leftMean: f64;
  private rightMean: f64;
  private dcFactor: f64;

  constructor(sampleRate: f64) {
    this.sampleRate = sampleRate;
    this.dcFactor = 1 - Math.exp((-2 * Math.PI * DC_CORNER) / sampleRate);
    this.derive();
  }

  set(parameter: i32, value: f64): void {
    if (value != value) return;
    if (parameter == GainParameter.Gain) this.level = value;
    else if (parameter == GainParameter.Polarity) this.polarity = <i32>value;
    else if (parameter == GainParameter.Channels) this.channels = <i32>value;
    else if (parameter == GainParameter.DcFilter) this.dcShare.moveTo(value == 1 ? 1 : 0, this.frames());
    this.derive();
  }

  /** @returns whether the sides of a mono signal stay alike */
  isMono(): bool {
    return this.polarity <= Polarity.Inverted;
  }

  private frames(): i32 {
    return this.started ? rampFrames(this.sampleRate) : 0;
  }

  private derive(): void {
    const factor = Math.pow(10, this.level / 20);
    const isLeftInverted = this.polarity == Polarity.Inverted || this.polarity == Polarity.Left;
    const isRightInverted = this.polarity == Polarity.Inverted || this.polarity == Polarity.Right;
    this.route(this.leftToLeft, this.rightToLeft, Channels.Right, isLeftInverted ? -factor : factor);
    this.route(this.rightToRight, this.leftToRight, Channels.Left, isRightInverted ? -factor : factor);
  }

  /** @param only the choice of the other side for both */
  private route(own: Ramp, other: Ramp, only: Channels, factor: f64): void {
    const isOther = this.channels == Channels.Swapped || this.channels == only;
    const share = this.channels == Channels.Mono ? 0.5 : isOther ? 1 : 0;
    own.moveTo((1 - share) * factor, this.frames());
    other.moveTo(share * factor, this.frames());
  }

  process(left: usize, right: usize, frames: i32): void {
    this.started = true;
    let i: usize = 0;
    const end = (<usize>frames) << 2;
    for (; i < end && this.moves(); i += 4) this.mix(left + i, right + i);
    if (i < end) this.runSteady(left, right, i, end);
    if (this.dcShare.moves() || this.dcShare.value != 0) this.takeDc(left, right, end);
    else this.leftMean = this.rightMean = 0;
  }

  private moves(): bool {
    // All four set out together.
    return this.leftToLeft.moves();
  }

  private runSteady(left: usize, right: usize, i: usize, end: usize): void {
    const isCrossed = this.rightToLeft.value != 0 || this.leftToRight.value != 0;
    if (isCrossed) {
      for (; i < end; i += 4) this.mix(left + i, right + i);
      return;
    }
    scaleBuffer(left + i, end - i, this.leftToLeft.value);
    if (right != left) scaleBuffer(right + i, end - i, this.rightToRight.value);
  }

  private mix(left: usize, right: usize): void {
    const l = <f64>load<f32>(left);
    const r = <f64>load<f32>(right);
    store<f32>(left, <f32>weighted(l, this.leftToLeft.next(), r, this.rightToLeft.next()));
    const other = <f32>weighted(r, this.rightToRight.next(), l, this.leftToRight.next());
    if (right != left) store<f32>(right, other);
  }

  private takeDc(left: usize, right: usize, end: usize): void {
    for (let i: usize = 0; i < end; i += 4) {
      const share = this.dcShare.next();
      this.leftMean = this.withoutMean(left + i, this.leftMean, share);
      if (right != left) this.rightMean = this.withoutMean(right + i, this.rightMean, share);
    }
  }

  /** @returns the new mean */
  private withoutMean(sample: usize, mean: f64, share: f64): f64 {
    const value = <f64>load<f32>(sample);
    if (!isFinite(value)) return mean;
    const next = mean + this.dcFactor * (value - mean);
    store<f32>(sample, <f32>(value - share * next));
    return abs(next) < NEGLIGIBLE ? 0 : next;
  }
}

/** A channel that is left out cannot spoil the sum with what is not a number. */
// @ts-ignore: decorator
@inline
function weighted(a: f64, factorA: f64, b: f64, factorB: f64): f64 {
  if (factorB == 0) return a * factorA;
  if (factorA == 0) return b * factorB;
  return a * factorA + b * factorB;
}

function scaleBuffer(buffer: usize, bytes: usize, factor: f64): void {
  if (factor == 1) return;
  const factors = f64x2.splat(factor);
  let i: usize = 0;
  for (; i + 8 <= bytes; i += 8) {
    const pair = f64x2.promote_low_f32x4(v128.load64_zero(buffer + i));
    v128.store64_lane(buffer + i, f32x4.demote_f64x2_zero(f64x2.mul(pair, factors)), 0);
  }
  if (i < bytes) store<f32>(buffer + i, <f32>(<f64>load<f32>(buffer + i) * factor));
}
