/**
 * The long-term spectrum of a song in third octaves, of its middle and its sides, with quiet passages left out.
 *
 * Sources: IEC 61260-1 (bands, base ten); P. D. Welch, IEEE Trans. Audio Electroacoust. 15(2), 1967 (mean power of Hann
 * windows); ITU-R BS.1770-5 (the gates, and the weighting that decides what is quiet).
 */
import { loudnessToEnergy, lufs } from "../units/loudness.js";
import type { Dsp } from "./dsp.js";
import { LANES, SpectrumKernel } from "./overview/spectrumKernel.js";
import type { Block } from "./song.js";

/** Exact centre frequencies from 25 Hz to 20 kHz, Hz. */
export const THIRD_OCTAVES: readonly number[] = Array.from(
  { length: 30 },
  (_, i) => 1000 * 10 ** ((i - 16) / 10),
);

export interface ThirdOctaves {
  /** Mean power by band, of the middle and of the sides; 0 beyond half the sample rate. */
  readonly mid: Float64Array;
  readonly side: Float64Array;
}

/** Samples of a window at 44.1 and 48 kHz: the lowest band is about a bin wide. */
const SIZE = 8192;
/** Windows that are gated as one. */
const WINDOWS = 2;
/** LU below the mean of what is not silence. Source: BS.1770-5, annex 1. */
const RELATIVE_GATE = -10;
const ABSOLUTE_GATE = loudnessToEnergy(lufs(-70));

export class ThirdOctaveMeter {
  readonly #dsp: Dsp;
  readonly #kernel: SpectrumKernel;
  readonly #shares: readonly BandShare[];
  readonly #size: number;
  /** Middle and sides of each window in turn, f32. */
  readonly #windows: readonly number[];
  #filled = 0;
  /** Powers of each group: those of the middle, then those of the sides. */
  readonly #groups: Float32Array[] = [];

  constructor(dsp: Dsp, sampleRate: number) {
    this.#dsp = dsp;
    this.#size = SIZE * 2 ** Math.max(0, Math.round(Math.log2(sampleRate / 48000)));
    this.#kernel = new SpectrumKernel(dsp, this.#size, "hann");
    this.#shares = bandShares(sampleRate, this.#size);
    this.#windows = Array.from({ length: LANES }, () => dsp.allocate(this.#size * 4));
  }

  process({ left, right, frames }: Block): void {
    const [a, b] = [this.#dsp.float32(left, frames), this.#dsp.float32(right, frames)];
    for (let done = 0; done < frames;) {
      const window = Math.floor(this.#filled / this.#size);
      const at = this.#filled % this.#size;
      const count = Math.min(frames - done, this.#size - at);
      const mid = this.#dsp.float32(this.#windows[2 * window]! + at * 4, count);
      const side = this.#dsp.float32(this.#windows[2 * window + 1]! + at * 4, count);
      for (let i = 0; i < count; i++) {
        const [l, r] = [a[done + i]!, b[done + i]!];
        mid[i] = 0.5 * (l + r);
        side[i] = 0.5 * (l - r);
      }
      done += count;
      this.#filled += count;
      if (this.#filled === WINDOWS * this.#size) this.#close();
    }
  }

  /** @returns `undefined` if nothing is loud enough to count */
  finish(): ThirdOctaves | undefined {
    if (this.#groups.length === 0 && this.#filled > 0) {
      const start = this.#filled;
      for (const [i, address] of this.#windows.entries()) {
        const from = Math.max(0, start - (i >> 1) * this.#size);
        if (from < this.#size) this.#dsp.float32(address, this.#size).fill(0, from);
      }
      this.#close();
    }
    const energies = this.#groups.map(weightedEnergy);
    const audible = energies.filter((energy) => energy > ABSOLUTE_GATE);
    if (audible.length === 0) return undefined;
    const gate = (audible.reduce((sum, each) => sum + each, 0) / audible.length) * 10 ** (RELATIVE_GATE / 10);
    const kept = this.#groups.filter((_, i) => energies[i]! > Math.max(gate, ABSOLUTE_GATE));
    const mean = (from: number): Float64Array =>
      Float64Array.from(
        THIRD_OCTAVES,
        (_, band) => kept.reduce((sum, group) => sum + group[from + band]!, 0) / kept.length,
      );
    return { mid: mean(0), side: mean(THIRD_OCTAVES.length) };
  }

  #close(): void {
    this.#filled = 0;
    const [a, b, c, d] = this.#windows;
    this.#kernel.clear();
    this.#kernel.add(a!, b!, c!, d!);
    const { power } = this.#kernel;
    const bands = THIRD_OCTAVES.length;
    const group = new Float32Array(2 * bands);
    this.#shares.forEach(({ first, weights }, band) => {
      weights.forEach((weight, i) => {
        const bin = (first + i) * LANES;
        group[band]! += weight * (power[bin]! + power[bin + 2]!);
        group[bands + band]! += weight * (power[bin + 1]! + power[bin + 3]!);
      });
    });
    this.#groups.push(group);
  }
}

/** How much of each bin, from `first` on, a band takes. */
interface BandShare {
  readonly first: number;
  readonly weights: readonly number[];
}

/**
 * A sine reads 1 in its bin and spreads over the window's main lobe, whose equivalent noise bandwidth is 1.5 bins: its
 * power over all bins is 1.5, half a sine's amplitude squared 0.5.
 */
const POWER_PER_BIN = 0.5 / 1.5 / WINDOWS;

function bandShares(sampleRate: number, size: number): BandShare[] {
  const binHz = sampleRate / size;
  return THIRD_OCTAVES.map((centre) => {
    const [low, high] = [centre * 10 ** -0.05, centre * 10 ** 0.05].map((hertz) => hertz / binHz + 0.5);
    const last = Math.min(Math.ceil(high!), size / 2);
    const first = Math.floor(low!);
    if (last <= first) return { first: 0, weights: [] };
    const weights = Array.from(
      { length: last - first },
      (_, i) => POWER_PER_BIN * Math.max(0, Math.min(high!, first + i + 1) - Math.max(low!, first + i)),
    );
    return { first, weights };
  });
}

/** As loudness counts it: both sides together, K-weighted. */
function weightedEnergy(group: Float32Array): number {
  const bands = THIRD_OCTAVES.length;
  return THIRD_OCTAVES.reduce(
    (sum, _, band) => sum + 2 * K_WEIGHTS[band]! * (group[band]! + group[bands + band]!),
    0,
  );
}

/** Power gain of the K-weighting at each band. */
export const K_WEIGHTS: readonly number[] = THIRD_OCTAVES.map(kWeighting);

/**
 * The analogue filters that BS.1770's are made of: a shelf at 1681.97 Hz (+4 dB, Q 0.7072) and a high-pass at 38.14 Hz
 * (Q 0.5), together 0.691 dB at 1 kHz.
 */
function kWeighting(hertz: number): number {
  const shelf = hertz / 1681.974450955533;
  const gain = 10 ** (3.999843853973347 / 20);
  const middle = gain ** 0.4996667741545416;
  const q = 0.7071752369554196;
  const above = (1 - gain * shelf ** 2) ** 2 + ((middle * shelf) / q) ** 2;
  const below = (1 - shelf ** 2) ** 2 + (shelf / q) ** 2;
  const pass = hertz / 38.13547087602444;
  const high = pass ** 4 / ((1 - pass ** 2) ** 2 + (pass / 0.5003270373238773) ** 2);
  return (above / below) * high * 10 ** -0.0691;
}
