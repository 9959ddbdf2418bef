/** How a meter of gain reduction moves: at once deeper, back by 20 dB in 1.7 s like a peak meter (IEC 60268-18). */

/** dB per second. */
const RETURN = 20 / 1.7;
/** The figure stands that long, seconds: long enough to be read. */
const HOLD_SECONDS = 1;
/** Rounding shows no less, dB. */
const LEAST = 0.05;

export class ReductionBallistics {
  #value = 0;
  #held = 0;
  #heldFor = 0;

  /** dB, 0 or negative: the bar. */
  get value(): number {
    return this.#value;
  }

  /** Deepest of late, dB, 0 or negative: the figure. */
  get held(): number {
    return this.#held > -LEAST ? 0 : this.#held;
  }

  /** @param reduction deepest in the last `seconds` seconds, dB, 0 or negative */
  push(reduction: number, seconds: number): void {
    this.#value = Math.min(reduction, 0, this.#value + RETURN * seconds);
    this.#heldFor += seconds;
    if (reduction > this.#held && this.#heldFor < HOLD_SECONDS) return;
    this.#held = Math.min(0, reduction);
    this.#heldFor = 0;
  }

  reset(): void {
    this.#value = this.#held = this.#heldFor = 0;
  }
}
