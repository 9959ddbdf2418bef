/** The null test: one sound subtracted from another, frame by frame. */

/** What is left of b without a. */
export interface Residual {
  /** Whether every sample is the same. */
  readonly isNull: boolean;
  /** Highest sample, dBFS, and where it is, seconds; `null` where nothing is left. */
  readonly peak: number | null;
  readonly peakTime: number | null;
  /** RMS against b's, dB; `null` where nothing is left, or b is silent. */
  readonly level: number | null;
  /** Gain on a that leaves least, dB, and what it leaves, as `level`; `null` if they have nothing in common. */
  readonly matchedGain: number | null;
  readonly matchedLevel: number | null;
  /** RMS of each second, dBFS; `null` where nothing is left. */
  readonly curve: readonly (number | null)[];
}

type Stereo = readonly [left: Float32Array, right: Float32Array];

export class NullTest {
  readonly #framesPerSecond: number;
  #frames = 0;
  #peak = 0;
  #peakFrame = 0;
  /** Sums of a squared, b squared and a times b. */
  #aa = 0;
  #bb = 0;
  #ab = 0;
  #rest = 0;
  /** Sum of squares of what is left, by second. */
  readonly #seconds: number[] = [];

  constructor(sampleRate: number) {
    this.#framesPerSecond = sampleRate;
  }

  /** @param a as long as `b` */
  take(a: Stereo, b: Stereo): void {
    const frames = b[0].length;
    for (let i = 0; i < frames; i++) {
      const second = Math.floor((this.#frames + i) / this.#framesPerSecond);
      let rest = 0;
      for (const side of [0, 1] as const) {
        const [x, y] = [a[side][i]!, b[side][i]!];
        const left = y - x;
        this.#aa += x * x;
        this.#bb += y * y;
        this.#ab += x * y;
        rest += left * left;
        if (Math.abs(left) > this.#peak) {
          this.#peak = Math.abs(left);
          this.#peakFrame = this.#frames + i;
        }
      }
      this.#rest += rest;
      this.#seconds[second] = (this.#seconds[second] ?? 0) + rest;
    }
    this.#frames += frames;
  }

  finish(): Residual {
    const isNull = this.#peak === 0;
    const gain = this.#aa > 0 ? this.#ab / this.#aa : 0;
    // Squares of what the best gain leaves; rounding may take them below 0.
    const matched = Math.max(0, this.#bb - gain * this.#ab);
    return {
      isNull,
      peak: isNull ? null : decibels(this.#peak ** 2),
      peakTime: isNull ? null : this.#peakFrame / this.#framesPerSecond,
      level: decibels(this.#rest / this.#bb),
      matchedGain: gain > 0 ? decibels(gain ** 2) : null,
      matchedLevel: gain > 0 ? decibels(matched / this.#bb) : null,
      curve: this.#seconds.map((sum, second) => {
        const frames = Math.min(this.#framesPerSecond, this.#frames - second * this.#framesPerSecond);
        return decibels(sum / (2 * frames));
      }),
    };
  }
}

/** @param power relative to full scale; below what 32 bits can tell there is nothing */
function decibels(power: number): number | null {
  const level = 10 * Math.log10(power);
  return Number.isFinite(level) && level > -200 ? Math.round(level * 100) / 100 : null;
}
