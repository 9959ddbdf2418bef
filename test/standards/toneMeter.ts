/** Feeds a meter with the test signals of the EBU: 1 kHz sines, in phase in all channels, in sections of constant level. */
import { Dsp } from "../../src/engine/dsp.js";
import { Meter, type LoudnessMeasurement, type LoudnessReading } from "../../src/engine/meter.js";
import { dB, dbToGain } from "../../src/units/decibels.js";

export const SAMPLE_RATES = [44100, 48000, 88200, 96000, 192000];

export const SILENCE = -Infinity;

/** Peak level in dBFS, of all channels or of each, and how long, seconds (a multiple of 0.01). */
export type Section = readonly [level: number | readonly number[], seconds: number];

const TONE_HZ = 1000;

/** 10 ms hold ten periods at every rate used here: repeated, they make an endless sine. */
const BLOCKS_PER_SECOND = 100;

export class ToneMeter {
  readonly #meter: Meter;
  readonly #blocks: readonly Float32Array[];
  readonly #buffers: readonly number[];
  readonly #sine: Float64Array;

  constructor(sampleRate: number, channels = 2, channelMask = 0) {
    const dsp = new Dsp();
    const frames = sampleRate / BLOCKS_PER_SECOND;
    this.#sine = Float64Array.from({ length: frames }, (_, i) =>
      Math.sin((2 * Math.PI * TONE_HZ * i) / sampleRate),
    );
    this.#meter = new Meter(dsp, { sampleRate, channels, channelMask, truePeak: false });
    this.#buffers = Array.from({ length: channels }, () => dsp.allocate(frames * 4));
    this.#blocks = this.#buffers.map((buffer) => dsp.float32(buffer, frames));
  }

  get reading(): LoudnessReading {
    return this.#meter.reading;
  }

  play(sections: readonly Section[]): this {
    for (const [levels, seconds] of sections) {
      this.#blocks.forEach((block, channel) => {
        const factor = dbToGain(dB(typeof levels === "number" ? levels : levels[channel]!));
        block.set(this.#sine.map((value) => value * factor));
      });
      for (let block = Math.round(seconds * BLOCKS_PER_SECOND); block > 0; block--) {
        this.#meter.processChannels(this.#buffers, this.#sine.length);
      }
    }
    return this;
  }

  finish(): LoudnessMeasurement {
    return this.#meter.finish();
  }
}

/** Measures one signal. */
export function measureTone(sampleRate: number, sections: readonly Section[]): LoudnessMeasurement {
  return new ToneMeter(sampleRate).play(sections).finish();
}
