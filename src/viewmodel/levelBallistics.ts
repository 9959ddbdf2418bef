/**
 * How meters move. Peaks rise at once and fall by 20 dB in 1.7 s (IEC 60268-18, as type I of IEC 60268-10); the mean
 * level, and the correlation, follow with a time constant of 300 ms, that of a VU meter (IEC 60268-17).
 */
import { dB, gain, gainToDb, type Decibels } from "../units/decibels.js";

/** dB per second. */
const FALL = 20 / 1.7;
/** Seconds. */
const MEAN_TIME = 0.3;
const HOLD_TIME = 2;
/** Full scale of 16 bits: a sample as large as that may have been cut. */
const CLIP = 32767 / 32768;

/** One bar of a level meter. */
export class LevelBallistics {
  #peak = dB(-Infinity);
  #held = dB(-Infinity);
  #heldFor = 0;
  #power = 0;
  #hasClipped = false;

  /** dBFS. */
  get peak(): Decibels {
    return this.#peak;
  }

  /** Highest peak, until it has stood for 2 s. */
  get held(): Decibels {
    return this.#held;
  }

  /** dBFS, RMS. */
  get mean(): Decibels {
    return gainToDb(gain(Math.sqrt(this.#power)));
  }

  /** Whether a sample has been at full scale since {@link resetClip}. */
  get hasClipped(): boolean {
    return this.#hasClipped;
  }

  resetClip(): void {
    this.#hasClipped = false;
  }

  /**
   * @param peak largest sample of the last `seconds` seconds, linear
   * @param power mean square in them
   */
  push(peak: number, power: number, seconds: number): void {
    const level = gainToDb(gain(peak));
    this.#peak = dB(Math.max(level, this.#peak - FALL * seconds));
    this.#heldFor += seconds;
    if (level >= this.#held || this.#heldFor > HOLD_TIME) {
      this.#held = level >= this.#held ? level : this.#peak;
      this.#heldFor = level >= this.#peak ? 0 : HOLD_TIME;
    }
    this.#power = follow(this.#power, power, seconds);
    if (peak >= CLIP) this.#hasClipped = true;
  }
}

/** Correlation of two channels, as a meter shows it. */
export class CorrelationBallistics {
  #left = 0;
  #right = 0;
  #product = 0;

  /** -1 (opposite) to 1 (equal); `null` where one side is silent. */
  get value(): number | null {
    const scale = Math.sqrt(this.#left * this.#right);
    return scale > SILENCE ? Math.max(-1, Math.min(1, this.#product / scale)) : null;
  }

  /** @param left mean square of the last `seconds` seconds; `product`: mean of left times right */
  push(left: number, right: number, product: number, seconds: number): void {
    this.#left = follow(this.#left, left, seconds);
    this.#right = follow(this.#right, right, seconds);
    this.#product = follow(this.#product, product, seconds);
  }
}

/** Power of -100 dBFS. */
const SILENCE = 1e-10;

function follow(mean: number, value: number, seconds: number): number {
  const keep = Math.exp(-seconds / MEAN_TIME);
  const next = keep * mean + (1 - keep) * value;
  // Nothing decays for ever.
  return next > 1e-20 || next < -1e-20 ? next : 0;
}
