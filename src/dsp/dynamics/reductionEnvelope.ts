/**
 * From the gain reduction that each moment needs to the smooth one that a look-ahead
 * limiter applies, so that every need is met to the full.
 *
 * Reduction here is linear, 0 (none) to 1 (silence): gain = 1 - reduction. Time counts in
 * steps. The need is held over the look-ahead, released, and averaged over the look-ahead by
 * two boxes in a row (a triangle): the applied reduction glides up to the need and reaches it
 * just when it is due.
 *
 * Automatic release: a fast release follows every peak, and a slow average of it (five times
 * as slow) is a floor that it cannot fall below. After one peak the floor is low and the gain
 * comes back fast; under sustained reduction it is high and the gain comes back slowly.
 */
import { BoxSum } from "./boxSum";
import { SlidingMaximum } from "./slidingMaximum";

/** Slow end of the automatic release / its fast end. */
const SLOW_RATIO: f64 = 5;

/** Releases aim this far below 0 (-120 dB), so that they arrive. */
const UNDERSHOOT: f64 = 1e-6;

/**
 * Reductions are rounded up to multiples of this, so that the boxes' sums are exact: 28 bits
 * and twice 12 for the lengths of the boxes stay within a double's 53.
 */
const GRID: f64 = 1.0 / 268435456.0;

@unmanaged
export class ReductionEnvelope {
  private hold: SlidingMaximum;
  private first: BoxSum;
  private second: BoxSum;
  /** Of a constant 1, after both boxes. */
  private boxScale: f64;
  /** One-pole coefficients per step: factor of the fast release, step of the slow average. */
  private fastFactor: f64;
  private slowStep: f64;
  private fast: f64 = 0;
  private slow: f64 = 0;
  /** Steps in a row in which nothing was needed and nothing left to release. */
  private idleSteps: i32 = 0;
  private memory: i32;
  /** The look-ahead and a few steps more. */
  private lastingSteps: f64;
  /** What is left of `fast` and `slow` after {@link lastingSteps}, if nothing is added. */
  private fastLasting: f64;
  private slowLasting: f64;

  /**
   * @param lookahead steps, 1 to 4096
   * @param batch steps that are pushed at a time
   * @param release time constant in steps; with `automatic` its fast end
   */
  constructor(lookahead: i32, batch: i32, release: f64, automatic: bool) {
    // A need lasts from one step to the next: it must be met at both its ends.
    this.hold = new SlidingMaximum(lookahead + 1);
    const firstLength = (lookahead + 2) >> 1;
    const secondLength = lookahead + 1 - firstLength;
    this.first = new BoxSum(firstLength);
    this.second = new BoxSum(secondLength);
    this.boxScale = 1.0 / (<f64>firstLength * <f64>secondLength);
    this.memory = 2 * (lookahead + 1);
    this.lastingSteps = <f64>(lookahead + batch + 1);
    this.setRelease(release, automatic);
  }

  /** @param release as for the constructor, which may change while it runs */
  setRelease(release: f64, automatic: bool): void {
    this.fastFactor = Math.exp(-1 / release);
    this.slowStep = automatic ? 1 - Math.exp(-1 / (release * SLOW_RATIO)) : 0;
    if (!automatic) this.slow = 0;
    this.fastLasting = Math.pow(this.fastFactor, this.lastingSteps);
    this.slowLasting = Math.pow(1 - this.slowStep, this.lastingSteps);
  }

  /** Whether all reductions since long are 0: pushing 0 would return 0 and change nothing. */
  // @ts-ignore: decorator
  @inline
  isIdle(): bool {
    return this.idleSteps >= this.memory;
  }

  /**
   * @returns the reduction that remains, whatever comes, as long as what is pushed in the next
   *   batch could count; a need up to it changes nothing
   */
  lastingReduction(): f64 {
    const fast = this.fast * this.fastLasting;
    const slow = this.slow * this.slowLasting;
    const lasting = (fast > slow ? fast : slow) - 2 * UNDERSHOOT;
    return lasting > 0 ? lasting : 0;
  }

  /**
   * Takes the reduction needed throughout the present step.
   * @returns the reduction to apply at the end of the step that came in `lookahead` steps ago
   */
  push(need: f64): f64 {
    const held = this.hold.push(need);
    let fast = this.fast * this.fastFactor - UNDERSHOOT * (1 - this.fastFactor);
    if (fast < held) fast = held;
    let slow = this.slow + (fast - this.slow - UNDERSHOOT) * this.slowStep;
    if (slow < 0) slow = 0;
    this.fast = fast;
    this.slow = slow;
    const released = fast > slow ? fast : slow;
    this.idleSteps = released > 0 ? 0 : this.idleSteps + 1;
    const rounded = Math.ceil(released / GRID) * GRID;
    return this.second.push(this.first.push(rounded)) * this.boxScale;
  }
}
