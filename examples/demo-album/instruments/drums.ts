/** Drums: a swept sine for what has a skin, noise for snares, clustered squares for metal. */
import { seededRandom } from "../../../src/units/random.js";
import { StateVariableFilter } from "../synth/filters.js";
import { addMode, Pulse, Sine } from "../synth/oscillators.js";
import type { Drum, Stroke } from "./play.js";

export interface SkinSound {
  /** Where the pitch ends, Hz. */
  readonly hertz: number;
  /** How far above that it begins, Hz, and the time in s in which it falls to a third. */
  readonly sweep: number;
  readonly sweepSeconds: number;
  /** Seconds until it is 60 dB lower. */
  readonly decay: number;
  /** Share of the beater's click, 0..1. */
  readonly click: number;
  /** Saturation: gain into tanh. */
  readonly drive: number;
}

/** Bass drum: a sine that falls to its pitch. */
export function skin(sound: SkinSound): Drum {
  return (stem, stroke) => {
    const { sampleRate } = stem;
    const body = new Sine();
    const random = noise(stroke);
    const frames = Math.round(1.3 * sound.decay * sampleRate);
    const fall = 10 ** (-3 / (sound.decay * sampleRate));
    const sweepFall = Math.exp(-1 / (sound.sweepSeconds * sampleRate));
    const clickFall = Math.exp(-1 / (0.0015 * sampleRate));
    stem.add(stroke.startFrame, frames, 0, (target) => {
      let [level, sweep, click] = [1, sound.sweep, sound.click];
      for (let i = 0; i < target.length; i++) {
        const tone = level * body.next((sound.hertz + sweep) / sampleRate);
        target[i] = stroke.velocity * (Math.tanh(sound.drive * tone) + click * random());
        level *= fall;
        sweep *= sweepFall;
        click *= clickFall;
      }
      fadeEnd(target, 0.02 * sampleRate);
    });
  };
}

export interface SnareSound {
  /** Pitch of the skin, Hz. */
  readonly hertz: number;
  /** Seconds until skin and wires are 60 dB lower. */
  readonly skinDecay: number;
  readonly wireDecay: number;
  /** Centre of the wires' noise, Hz. */
  readonly wireHertz: number;
  readonly drive: number;
}

/** Two modes of the skin and the noise of the wires. */
export function snare(sound: SnareSound): Drum {
  return (stem, stroke) => {
    const { sampleRate } = stem;
    const wires = new StateVariableFilter(sampleRate).tune(sound.wireHertz, 0.6);
    const random = noise(stroke);
    const frames = Math.round(1.2 * Math.max(sound.wireDecay, sound.skinDecay) * sampleRate);
    const fall = 10 ** (-3 / (sound.wireDecay * sampleRate));
    stem.add(stroke.startFrame, frames, 0, (target) => {
      for (const ratio of [1, 1.78]) {
        const decayFrames = (sound.skinDecay * sampleRate) / ratio;
        addMode(target, { step: (ratio * sound.hertz) / sampleRate, decayFrames, amplitude: 0.6 });
      }
      let level = 1;
      for (let i = 0; i < target.length; i++) {
        wires.process(level * random());
        level *= fall;
        const sample = target[i]! + wires.band + 0.4 * wires.high;
        target[i] = stroke.velocity * Math.tanh(sound.drive * sample);
      }
      fadeEnd(target, 0.01 * sampleRate);
    });
  };
}

/** Six pulses at these multiples of a basis beat like a cymbal. */
const METAL_HERTZ = 40;
const METAL_RATIOS = [5.1, 7.6, 9.2, 13.1, 13.5, 20.3];

/** Cymbal: closed hi-hat (0.06 s), open (0.4 s), crash (2.5 s), by the decay to -60 dB. */
export function cymbal(decay: number, lowestHertz: number, pan: number): Drum {
  return (stem, stroke) => {
    const { sampleRate } = stem;
    const steps = METAL_RATIOS.map((ratio) => (ratio * METAL_HERTZ) / sampleRate);
    const pulses = METAL_RATIOS.map((_, i) => new Pulse((0.37 * i) % 1, 0.5));
    const random = noise(stroke);
    const highPass = new StateVariableFilter(sampleRate).tune(lowestHertz, 0.9);
    const frames = Math.round(1.2 * decay * sampleRate);
    const fall = 10 ** (-3 / (decay * sampleRate));
    stem.add(stroke.startFrame, frames, pan, (target) => {
      pulses.forEach((pulse, i) => pulse.add(target, 0, target.length, steps[i]!));
      let level = stroke.velocity;
      for (let i = 0; i < target.length; i++) {
        highPass.process(level * (0.12 * target[i]! + 0.6 * random()));
        level *= fall;
        target[i] = highPass.high;
      }
      fadeEnd(target, 0.01 * sampleRate);
    });
  };
}

/** White noise, -1..1, another one for every stroke. */
function noise({ startFrame }: Stroke): () => number {
  const random = seededRandom(startFrame);
  return () => 2 * random() - 1;
}

/** A straight line to 0 over the last frames: what is left there is far down, but still a click. */
function fadeEnd(sound: Float64Array, fadeFrames: number): void {
  const length = Math.min(sound.length, Math.round(fadeFrames));
  for (let left = 0; left < length; left++) sound[sound.length - 1 - left]! *= left / length;
}
