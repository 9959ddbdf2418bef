/** The loudness meter: feeds src/dsp/metering/meter.ts and turns its energies into the standards' figures. */
import { dB, gain, gainToDb, type Decibels } from "../units/decibels.js";
import { energyToLoudness, type LoudnessUnits, type Lufs } from "../units/loudness.js";
import { channelWeights } from "./channelWeights.js";
import type { Dsp } from "./dsp.js";
import { integratedLoudness, loudnessRange } from "./gating.js";
import type { Block } from "./song.js";

/** `null` stands where there is no value: silence, or less sound than the window is long. */
export interface LoudnessMeasurement {
  /** BS.1770-5. */
  readonly integrated: Lufs | null;
  /** Largest over whole 400 ms and 3 s windows, on hops of 10 ms (EBU Tech 3341). */
  readonly momentaryMax: Lufs | null;
  readonly shortTermMax: Lufs | null;
  /** EBU Tech 3342, from short-term values 100 ms apart. */
  readonly lra: LoudnessUnits | null;
  /** dBTP; `null` also if it was not asked for. */
  readonly truePeak: Decibels | null;
  /** Where the true peak is, seconds. */
  readonly truePeakTime: number | null;
  /** dBFS, largest of all channels. */
  readonly samplePeak: Decibels | null;
  /** True peak minus integrated loudness. */
  readonly plr: Decibels | null;
  /** Sample peak minus the RMS level of all channels together. */
  readonly crest: Decibels | null;
  /** Mean of the channel where it is furthest from 0, linear. */
  readonly dcOffset: number;
  /** Mean of each channel, linear. */
  readonly dcOffsets: readonly number[];
  /** Of the first two channels, -1 to 1; `null` with one channel or a silent one. */
  readonly correlation: number | null;
  /** RMS level of the first channel against the second, infinite where one is silent; `null` with one channel or silence. */
  readonly balance: Decibels | null;
  /** Seconds. */
  readonly duration: number;
  readonly sampleRate: number;
  readonly channels: number;
  /** LUFS at the end of each 100 ms; NaN before the first whole window, -Infinity for silence. */
  readonly momentary: Float32Array;
  readonly shortTerm: Float32Array;
  /** Weighted mean squares of the whole 400 ms and 3 s windows, 100 ms apart: what gating starts from. */
  readonly blockEnergies: Float64Array;
  readonly shortTermEnergies: Float64Array;
}

export interface MeterOptions {
  /** Hz. */
  readonly sampleRate: number;
  /** 1 to 16. */
  readonly channels: number;
  readonly truePeak: boolean;
  /** dwChannelMask; without one, or 0, the usual layout of that many channels. */
  readonly channelMask?: number | undefined;
  /** A single channel counts as two equal ones. */
  readonly dualMono?: boolean | undefined;
}

/** Loudness at an instant; `null` as in {@link LoudnessMeasurement}. */
export type LoudnessReading = Pick<LoudnessMeasurement, "momentaryMax" | "shortTermMax"> & {
  /** Of the last 400 ms and 3 s. */
  readonly momentary: Lufs | null;
  readonly shortTerm: Lufs | null;
};

/** Most channels that can be measured at once. */
export const MAX_METER_CHANNELS = 16;

/** Limits of the kernel, as in its file. */
const MAX_BLOCK = 8192;
/** Steps of 100 ms before the first whole window ends. */
const MOMENTARY_STEPS = 4;
const SHORT_TERM_STEPS = 30;

/** Places in the kernel's result. */
const RESULT = {
  frames: 0,
  samplePeak: 1,
  truePeak: 2,
  truePeakPosition: 3,
  maxMomentary: 4,
  maxShortTerm: 5,
  meanProduct: 6,
  channels: 7,
} as const;

export class Meter {
  readonly #dsp: Dsp;
  readonly #options: MeterOptions;
  readonly #meter: number;
  /** Addresses of the channels' buffers. */
  readonly #pointers: number;
  readonly #momentary = new EnergyCurve();
  readonly #shortTerm = new EnergyCurve();

  /** @throws RangeError if the kernel has no room for that many channels */
  constructor(dsp: Dsp, options: MeterOptions) {
    const { sampleRate, channels, truePeak, channelMask, dualMono } = options;
    if (!Number.isInteger(channels) || channels < 1 || channels > MAX_METER_CHANNELS) {
      throw new RangeError(
        `Meter: channels must be an integer from 1 to ${MAX_METER_CHANNELS}, got ${channels}`,
      );
    }
    this.#dsp = dsp;
    this.#options = options;
    this.#meter = dsp.exports.meterNew(sampleRate, channels, truePeak ? 1 : 0);
    this.#pointers = dsp.allocate(channels * 4);
    channelWeights(channels, channelMask ?? 0, dualMono).forEach((weight, channel) =>
      dsp.exports.meterSetWeight(this.#meter, channel, weight),
    );
  }

  /** Takes a stereo block; a meter of one channel looks at the left. */
  process({ left, right, frames }: Block): void {
    this.processChannels([left, right], frames);
  }

  /** @param buffers address of each channel's f32 samples, at least as many as the meter has channels */
  processChannels(buffers: ArrayLike<number>, frames: number): void {
    const { channels } = this.#options;
    for (let done = 0; done < frames; done += MAX_BLOCK) {
      const table = this.#dsp.int32(this.#pointers, channels);
      for (let channel = 0; channel < channels; channel++) table[channel] = buffers[channel]! + done * 4;
      const steps = this.#dsp.exports.meterProcess(
        this.#meter,
        this.#pointers,
        Math.min(MAX_BLOCK, frames - done),
      );
      if (steps > 0) this.#takeSteps(steps);
    }
  }

  /** What a live display shows, as of the last whole 100 ms. */
  get reading(): LoudnessReading {
    const result = this.#result();
    return {
      momentary: loudnessOrNull(this.#momentary.last),
      shortTerm: loudnessOrNull(this.#shortTerm.last),
      momentaryMax: loudnessOrNull(result[RESULT.maxMomentary]!),
      shortTermMax: loudnessOrNull(result[RESULT.maxShortTerm]!),
    };
  }

  /** Ends the measurement; call once, after the last block. */
  finish(): LoudnessMeasurement {
    this.#dsp.exports.meterFinish(this.#meter);
    const { sampleRate, channels, truePeak: hasTruePeak } = this.#options;
    const result = this.#result();
    const blockEnergies = this.#momentary.from(MOMENTARY_STEPS - 1);
    const shortTermEnergies = this.#shortTerm.from(SHORT_TERM_STEPS - 1);
    const integrated = integratedLoudness([blockEnergies]);
    const samplePeak = levelOrNull(result[RESULT.samplePeak]!);
    const truePeak = hasTruePeak ? levelOrNull(result[RESULT.truePeak]!) : null;
    const { dcOffset, dcOffsets, correlation, balance, rms } = plainLevels(result, channels);
    return {
      integrated,
      momentaryMax: loudnessOrNull(result[RESULT.maxMomentary]!),
      shortTermMax: loudnessOrNull(result[RESULT.maxShortTerm]!),
      lra: loudnessRange(shortTermEnergies),
      truePeak,
      truePeakTime: truePeak === null ? null : result[RESULT.truePeakPosition]! / sampleRate,
      samplePeak,
      plr: difference(truePeak, integrated),
      crest: difference(samplePeak, levelOrNull(rms)),
      dcOffset,
      dcOffsets,
      correlation,
      balance,
      duration: result[RESULT.frames]! / sampleRate,
      sampleRate,
      channels,
      momentary: this.#momentary.toLoudness(MOMENTARY_STEPS - 1),
      shortTerm: this.#shortTerm.toLoudness(SHORT_TERM_STEPS - 1),
      blockEnergies,
      shortTermEnergies,
    };
  }

  #result(): Float64Array {
    const length = RESULT.channels + 2 * this.#options.channels;
    return this.#dsp.float64(this.#dsp.exports.meterResult(this.#meter), length);
  }

  #takeSteps(count: number): void {
    const energies = this.#dsp.float64(this.#dsp.exports.meterSteps(this.#meter), 2 * count);
    for (let step = 0; step < count; step++) {
      this.#momentary.push(energies[2 * step]!);
      this.#shortTerm.push(energies[2 * step + 1]!);
    }
  }
}

/** Window energies, one every 100 ms, in an array that grows. */
class EnergyCurve {
  #values = new Float64Array(1024);
  #length = 0;

  push(energy: number): void {
    if (this.#length === this.#values.length) {
      const grown = new Float64Array(2 * this.#length);
      grown.set(this.#values);
      this.#values = grown;
    }
    this.#values[this.#length++] = energy;
  }

  get last(): number {
    return this.#values[this.#length - 1] ?? 0;
  }

  /** @returns a copy of the values from step `first` on */
  from(first: number): Float64Array {
    return this.#values.slice(Math.min(first, this.#length), this.#length);
  }

  /** @returns LUFS of all steps; NaN before step `first` */
  toLoudness(first: number): Float32Array {
    return Float32Array.from({ length: this.#length }, (_, step) =>
      step < first ? NaN : energyToLoudness(this.#values[step]!),
    );
  }
}

function plainLevels(
  result: Float64Array,
  channels: number,
): Pick<LoudnessMeasurement, "dcOffset" | "dcOffsets" | "correlation" | "balance"> & { rms: number } {
  let dcOffset = 0;
  const dcOffsets: number[] = [];
  let squares = 0;
  for (let channel = 0; channel < channels; channel++) {
    const mean = result[RESULT.channels + 2 * channel]!;
    dcOffsets.push(mean);
    if (Math.abs(mean) > Math.abs(dcOffset)) dcOffset = mean;
    squares += result[RESULT.channels + 2 * channel + 1]!;
  }
  const [left, right] = [1, 3].map((place) => (channels > 1 ? result[RESULT.channels + place]! : 0)) as [
    number,
    number,
  ];
  const scale = Math.sqrt(left * right);
  // Rounding may put equal channels a hair beyond 1.
  const correlation = scale > 0 ? Math.max(-1, Math.min(1, result[RESULT.meanProduct]! / scale)) : null;
  const balance = left + right > 0 ? dB(10 * Math.log10(left / right)) : null;
  return { dcOffset, dcOffsets, correlation, balance, rms: Math.sqrt(squares / channels) };
}

function levelOrNull(factor: number): Decibels | null {
  const level = gainToDb(gain(factor));
  return Number.isFinite(level) ? level : null;
}

function loudnessOrNull(energy: number): Lufs | null {
  const loudness = energyToLoudness(energy);
  return Number.isFinite(loudness) ? loudness : null;
}

function difference(level: number | null, reference: number | null): Decibels | null {
  return level === null || reference === null ? null : dB(level - reference);
}
