import type { BinnedSpectrum } from "./spectrumCurve.js";

/** dB per second at which bins fall. */
const FALL = 40;
/** dBFS; what is below is not told apart. */
const FLOOR = -150;

/** A spectrum that follows the sound: it rises at once and falls slowly, as meters do. */
export class SpectrumBallistics {
  #shown: { binHz: number; levels: Float32Array } | null = null;

  /** `null` once nothing is above the floor. */
  get spectrum(): BinnedSpectrum | null {
    return this.#shown;
  }

  /** @param heard of the last moment; `null`: silence. @param seconds since the last call */
  push(heard: BinnedSpectrum | null, seconds: number): void {
    if (heard && (this.#shown?.levels.length !== heard.levels.length || this.#shown.binHz !== heard.binHz))
      this.#shown = { binHz: heard.binHz, levels: new Float32Array(heard.levels.length).fill(FLOOR) };
    if (!this.#shown) return;
    const { levels } = this.#shown;
    let highest = FLOOR;
    for (let bin = 0; bin < levels.length; bin++) {
      const level = Math.max(heard?.levels[bin] ?? FLOOR, levels[bin]! - FALL * seconds, FLOOR);
      levels[bin] = level;
      highest = Math.max(highest, level);
    }
    if (highest <= FLOOR) this.#shown = null;
  }
}
