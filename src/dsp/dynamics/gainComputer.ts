/**
 * Static curve of a compressor: from the power of a frame to the reduction it asks for.
 *
 * Gain computer with soft knee: D. Giannoulis, M. Massberg, J. Reiss, "Digital Dynamic Range Compressor Design",
 * J. Audio Eng. Soc. 60(6), 2012, eq. 4. A change of threshold, ratio or knee is ramped.
 */
import { powerToDb4 } from "../decibels";
import { Ramp } from "../ramp";

/** Added to each reduction, in dB: nothing decays into denormal numbers, and a gain so close to 1 is 1. */
const LEAST: f64 = 1e-30;
/** Least power, that of -300 dB. */
const LEAST_POWER: f32 = 1e-30;
/** A narrower knee (dB) is a hard one. */
const LEAST_KNEE: f64 = 0.01;

@unmanaged
export class GainComputer {
  /** dB */
  private threshold: Ramp = new Ramp();
  /** 1 - 1 / ratio */
  private slope: Ramp = new Ramp();
  /** dB, at least LEAST_KNEE */
  private knee: Ramp = new Ramp();
  private asked: f64;
  private ratio: f64;
  private width: f64;
  /** Power up to which nothing is reduced once the ramps have ended, and whether it has yet to be computed. */
  private silent: f64;
  private stale: bool;

  /**
   * @param threshold dB
   * @param ratio 1 (nothing happens) to Infinity
   * @param knee width in dB, centred on the threshold; 0: hard
   * @param frames length of the ramp there
   */
  set(threshold: f64, ratio: f64, knee: f64, frames: i32): void {
    if (threshold != this.asked || frames == 0) this.threshold.moveTo(threshold, frames);
    if (ratio != this.ratio || frames == 0) this.slope.moveTo(1 - 1 / max(1, ratio), frames);
    if (knee != this.width || frames == 0) this.knee.moveTo(max(LEAST_KNEE, knee), frames);
    this.stale = true;
    this.asked = threshold;
    this.ratio = ratio;
    this.width = knee;
  }

  /** @returns reduction in dB, positive, at a level in dB, of the settings that are being approached */
  reductionAt(level: f64): f64 {
    const over = level - this.asked;
    const slope = 1 - 1 / max(1, this.ratio);
    const knee = max(LEAST_KNEE, this.width);
    if (2 * over <= -knee) return 0;
    if (2 * over < knee) return (slope * (over + knee / 2) * (over + knee / 2)) / (2 * knee);
    return slope * over;
  }

  /** @returns power that asks for no reduction yet, nor does any below it, with a margin for rounding */
  private quiet(): f64 {
    return Math.pow(10, (this.threshold.value - this.knee.value / 2) / 10 - 1e-4);
  }

  /** Turns `frames` f64 powers into reductions in dB, positive, in place; reads and writes up to three more. */
  run(powers: usize, frames: i32): void {
    let i = powers;
    const end = powers + ((<usize>frames) << 3);
    for (; i < end && this.moves(); i += 8) {
      this.stale = true;
      const power = f32x4.splat(<f32>load<f64>(i));
      const threshold = f32x4.splat(<f32>this.threshold.next());
      const reduction = reductionOf(power, threshold, <f32>this.slope.next(), <f32>this.knee.next());
      store<f64>(i, <f64>f32x4.extract_lane(reduction, 0) + LEAST);
    }
    if (i == end) return;
    if (this.stale) {
      this.stale = false;
      this.silent = this.quiet();
    }
    if (greatestOf(i, end) < this.silent) {
      for (; i < end; i += 16) v128.store(i, f64x2.splat(LEAST));
      return;
    }
    const threshold = f32x4.splat(<f32>this.threshold.value);
    const slope = <f32>this.slope.value;
    const knee = <f32>this.knee.value;
    const least = f64x2.splat(LEAST);
    for (; i < end; i += 32) {
      const first = f32x4.demote_f64x2_zero(v128.load(i));
      const second = f32x4.demote_f64x2_zero(v128.load(i + 16));
      const reduction = reductionOf(i64x2.shuffle(first, second, 0, 2), threshold, slope, knee);
      const high = i64x2.shuffle(reduction, reduction, 1, 1);
      v128.store(i, f64x2.add(f64x2.promote_low_f32x4(reduction), least));
      v128.store(i + 16, f64x2.add(f64x2.promote_low_f32x4(high), least));
    }
  }

  private moves(): bool {
    return this.threshold.moves() || this.slope.moves() || this.knee.moves();
  }
}

/** @returns the greatest f64 from `address` to `end`, or of one more */
function greatestOf(address: usize, end: usize): f64 {
  let greatest = f64x2.splat(0);
  for (; address < end; address += 16) greatest = f64x2.pmax(greatest, v128.load(address));
  return max(f64x2.extract_lane(greatest, 0), f64x2.extract_lane(greatest, 1));
}

/** @returns reductions in dB, positive, of four powers */
// @ts-ignore: decorator
@inline
function reductionOf(power: v128, threshold: v128, slope: f32, knee: f32): v128 {
  const half = f32x4.splat(knee / 2);
  const zero = f32x4.splat(0);
  const level = powerToDb4(f32x4.add(power, f32x4.splat(LEAST_POWER)));
  const over = f32x4.sub(level, threshold);
  const inKnee = f32x4.pmin(f32x4.pmax(f32x4.add(over, half), zero), f32x4.splat(knee));
  const bent = f32x4.mul(f32x4.mul(inKnee, inKnee), f32x4.splat(1 / (2 * knee)));
  const straight = f32x4.pmax(f32x4.sub(over, half), zero);
  return f32x4.mul(f32x4.add(bent, straight), f32x4.splat(slope));
}
