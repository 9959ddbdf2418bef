/** Sources of sound. Frequencies are given a sample as a step: cycles per sample, frequency / sample rate. */

/**
 * Takes the edge off a step of a waveform, so that it hardly aliases.
 * Source: V. Valimaki, A. Huovilainen, "Antialiasing Oscillators in Subtractive Synthesis", IEEE Signal
 * Processing Magazine 24(2), 2007 (polynomial BLEP of order 2).
 * @param phase cycles since the step, 0..1
 */
function polyBlep(phase: number, step: number): number {
  if (phase < step) {
    const t = phase / step;
    return t + t - t * t - 1;
  }
  if (phase > 1 - step) {
    const t = (phase - 1) / step;
    return t * t + t + t + 1;
  }
  return 0;
}

/** Sawtooth, -1..1. */
export class Saw {
  #phase: number;

  /** @param phase where it begins, 0..1 */
  constructor(phase: number) {
    this.#phase = phase;
  }

  /** Adds the next frames to `target` from `start` up to `end`. */
  add(target: Float64Array, start: number, end: number, step: number): void {
    let phase = this.#phase;
    for (let i = start; i < end; i++) {
      phase += step;
      if (phase >= 1) phase -= 1;
      target[i]! += 2 * phase - 1 - polyBlep(phase, step);
    }
    this.#phase = phase;
  }
}

/** Pulse, -1 or 1. */
export class Pulse {
  #phase: number;

  /**
   * @param phase where it begins, 0..1
   * @param width share of the cycle that is high, 0..1
   */
  constructor(
    phase: number,
    readonly width: number,
  ) {
    this.#phase = phase;
  }

  /** Adds the next frames to `target` from `start` up to `end`. */
  add(target: Float64Array, start: number, end: number, step: number): void {
    const { width } = this;
    let phase = this.#phase;
    for (let i = start; i < end; i++) {
      phase += step;
      if (phase >= 1) phase -= 1;
      const isHigh = phase < width;
      const sinceFall = isHigh ? phase + 1 - width : phase - width;
      target[i]! += (isHigh ? 1 : -1) + polyBlep(phase, step) - polyBlep(sinceFall, step);
    }
    this.#phase = phase;
  }
}

/** Sine of any, also a changing, frequency. */
export class Sine {
  #phase = 0;

  next(step: number): number {
    this.#phase += step;
    if (this.#phase >= 1) this.#phase -= 1;
    return Math.sin(2 * Math.PI * this.#phase);
  }
}

/** A sine of fixed frequency that dies away: one resonance of something struck. */
export interface Mode {
  /** Cycles per sample, below 1/2. */
  readonly step: number;
  /** Frames until it is 60 dB lower. */
  readonly decayFrames: number;
  readonly amplitude: number;
}

/**
 * Adds a mode, struck at the target's first frame; it begins at 0 and so without a click.
 * Recursion: y[n] = 2 r cos(w) y[n-1] - r^2 y[n-2].
 */
export function addMode(target: Float64Array, { step, decayFrames, amplitude }: Mode): void {
  const radius = 10 ** (-3 / decayFrames);
  const omega = 2 * Math.PI * step;
  const a1 = 2 * radius * Math.cos(omega);
  const a2 = radius * radius;
  let y1 = amplitude * radius * Math.sin(omega);
  let y2 = 0;
  for (let i = 0; i < target.length; i++) {
    target[i]! += y1;
    const y = a1 * y1 - a2 * y2;
    y2 = y1;
    y1 = y;
  }
}
