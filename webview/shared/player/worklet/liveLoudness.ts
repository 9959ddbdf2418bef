import { GatedLoudness } from "../../../../src/engine/live/gatedLoudness.js";
import type { Dsp } from "../../../../src/engine/dsp.js";
import { energyToLoudness } from "../../../../src/units/loudness.js";

/** Steps of 100 ms before the first whole window of 400 ms ends. */
const MOMENTARY_STEPS = 4;

/** Loudness of a stereo signal as it runs (src/dsp/metering/meter.ts), anew every 100 ms. */
export class LiveLoudness {
  readonly #dsp: Dsp;
  readonly #meter: number;
  readonly #pointers: number;
  #momentary = -Infinity;
  #shortTerm = -Infinity;
  readonly #gated = new GatedLoudness();
  #steps = 0;

  /** @param left address of the f32 samples that `take` looks at, as `right` */
  constructor(dsp: Dsp, sampleRate: number, left: number, right: number) {
    this.#dsp = dsp;
    this.#meter = dsp.exports.meterNew(sampleRate, 2, 0);
    this.#pointers = dsp.allocate(8);
    dsp.int32(this.#pointers, 2).set([left, right]);
  }

  /** LUFS of the last 400 ms; -Infinity before there is so much. */
  get momentary(): number {
    return this.#momentary;
  }

  /** LUFS of the last 3 s. */
  get shortTerm(): number {
    return this.#shortTerm;
  }

  /** LUFS of all of it, gated (BS.1770-5). */
  get integrated(): number {
    return this.#gated.value;
  }

  /** Short-term, or momentary while there is not so much sound. */
  get longest(): number {
    return this.#shortTerm > -Infinity ? this.#shortTerm : this.#momentary;
  }

  take(frames: number): void {
    const { exports } = this.#dsp;
    const steps = exports.meterProcess(this.#meter, this.#pointers, frames);
    if (steps === 0) return;
    const energies = this.#dsp.float64(exports.meterSteps(this.#meter), 2 * steps);
    for (let step = 0; step < steps; step++)
      if (++this.#steps >= MOMENTARY_STEPS) this.#gated.add(energies[2 * step]!);
    this.#momentary = energyToLoudness(energies[2 * steps - 2]!);
    this.#shortTerm = energyToLoudness(energies[2 * steps - 1]!);
  }
}
