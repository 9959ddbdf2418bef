/** Filters of the synthesizer. */

/**
 * State-variable filter, stable while it is swept; its outputs are `low`, `band` and `high`.
 * Source: V. Zavalishin, "The Art of VA Filter Design", 2.1.2, section 4.2 (trapezoidal integrators).
 */
export class StateVariableFilter {
  low = 0;
  band = 0;
  high = 0;
  #g = 0;
  #damping = 1;
  #scale = 1;
  #state1 = 0;
  #state2 = 0;

  constructor(readonly sampleRate: number) {}

  /**
   * @param cutoffHz held below 45 % of the sample rate
   * @param q 0.5 is dull, 0.7 flat, above 1 it resonates
   */
  tune(cutoffHz: number, q: number): this {
    this.#g = Math.tan((Math.PI * Math.min(cutoffHz, 0.45 * this.sampleRate)) / this.sampleRate);
    this.#damping = 1 / q;
    this.#scale = 1 / (1 + this.#g * (this.#g + this.#damping));
    return this;
  }

  process(input: number): void {
    this.high = (input - (this.#damping + this.#g) * this.#state1 - this.#state2) * this.#scale;
    this.band = this.#g * this.high + this.#state1;
    this.#state1 = this.#g * this.high + this.band;
    this.low = this.#g * this.band + this.#state2;
    this.#state2 = this.#g * this.band + this.low;
  }

  /** Low-pass of `target` from `start` up to `end`, in place. */
  lowPass(target: Float64Array, start: number, end: number): void {
    const [g, scale, feedback] = [this.#g, this.#scale, this.#damping + this.#g];
    let [state1, state2] = [this.#state1, this.#state2];
    for (let i = start; i < end; i++) {
      const high = (target[i]! - feedback * state1 - state2) * scale;
      const band = g * high + state1;
      const low = g * band + state2;
      state1 = g * high + band;
      state2 = g * band + low;
      target[i] = low;
    }
    this.#state1 = state1;
    this.#state2 = state2;
  }
}

/** First-order low-pass, for damping and smoothing. */
export class OnePole {
  readonly #share: number;
  #state = 0;

  constructor(cutoffHz: number, sampleRate: number) {
    this.#share = 1 - Math.exp((-2 * Math.PI * cutoffHz) / sampleRate);
  }

  process(input: number): number {
    this.#state += this.#share * (input - this.#state);
    return this.#state;
  }
}

/** First-order high-pass at 10 Hz. */
export class DcBlocker {
  readonly #slow: OnePole;

  constructor(sampleRate: number) {
    this.#slow = new OnePole(10, sampleRate);
  }

  process(input: number): number {
    return input - this.#slow.process(input);
  }
}
