/** The classic synthesizer voice: oscillators, a swept low-pass, an envelope. */
import type { Stem } from "../stem.js";
import { Envelope, type EnvelopeShape } from "../synth/envelope.js";
import { StateVariableFilter } from "../synth/filters.js";
import { Pulse, Saw, Sine } from "../synth/oscillators.js";
import type { Instrument, Tone } from "./play.js";

export interface Patch {
  readonly amplitude: EnvelopeShape;
  readonly wave: "saw" | "pulse";
  /** Detuning of each of the oscillators, in cents. */
  readonly cents: readonly number[];
  /** Low-pass: frequency in Hz at rest, how many octaves its envelope opens it, and its resonance. */
  readonly cutoff: number;
  readonly opening: number;
  readonly q: number;
  /** Envelope of the low-pass; without it, the amplitude's. */
  readonly filter?: EnvelopeShape;
  /** Depth of the vibrato in cents; it comes in a third of a second after the note. */
  readonly vibrato?: number;
  /** Where the oscillators stand in a stereo stem: one voice for each, slightly different. */
  readonly pans?: readonly number[];
}

const VIBRATO_HERTZ = 5.4;
const PULSE_WIDTH = 0.42;
/** The low-pass and the vibrato are renewed every so many frames: 0.7 ms, too often to be heard. */
const CONTROL_FRAMES = 32;

/** An instrument with this patch. */
export function subtractive(patch: Patch): Instrument {
  const pans = patch.pans ?? [0];
  return (stem, tone) => {
    pans.forEach((pan, side) => {
      const voice = new Voice(patch, tone, stem, side);
      stem.add(tone.startFrame, voice.frames, pan, (target) => voice.render(target));
    });
  };
}

class Voice {
  readonly frames: number;
  readonly #patch: Patch;
  readonly #tone: Tone;
  readonly #sampleRate: number;
  readonly #amplitude: Envelope;
  readonly #opening: Envelope;
  readonly #lowPass: StateVariableFilter;
  readonly #oscillators: readonly (Saw | Pulse)[];
  readonly #steps: Float64Array;

  /** @param side makes the voices of one note differ: their phases and, by eight cents, their pitch */
  constructor(patch: Patch, tone: Tone, { sampleRate }: Stem, side: number) {
    this.#patch = patch;
    this.#tone = tone;
    this.#sampleRate = sampleRate;
    this.#amplitude = new Envelope(patch.amplitude, tone.seconds, sampleRate);
    this.#opening = patch.filter ? new Envelope(patch.filter, tone.seconds, sampleRate) : this.#amplitude;
    this.frames = this.#amplitude.frames;
    this.#lowPass = new StateVariableFilter(sampleRate);
    this.#oscillators = patch.cents.map((_, i) => {
      const phase = (0.31 * i + 0.47 * side) % 1;
      return patch.wave === "saw" ? new Saw(phase) : new Pulse(phase, PULSE_WIDTH);
    });
    this.#steps = Float64Array.from(
      patch.cents,
      (cents) => (tone.hertz / sampleRate) * 2 ** ((cents + 8 * side) / 1200),
    );
  }

  render(target: Float64Array): void {
    for (let start = 0; start < target.length; start += CONTROL_FRAMES) {
      const end = Math.min(target.length, start + CONTROL_FRAMES);
      const bend = this.#bend(start);
      this.#oscillators.forEach((oscillator, k) =>
        oscillator.add(target, start, end, bend * this.#steps[k]!),
      );
      this.#lowPass.tune(this.#cutoff(end - start), this.#patch.q).lowPass(target, start, end);
      for (let i = start; i < end; i++) target[i]! *= this.#tone.velocity * this.#amplitude.next();
    }
  }

  /** Moves the low-pass's envelope on. */
  #cutoff(frames: number): number {
    const { cutoff, opening } = this.#patch;
    if (this.#opening !== this.#amplitude) for (let i = 0; i < frames; i++) this.#opening.next();
    return cutoff * 2 ** (opening * this.#opening.level * this.#tone.velocity);
  }

  /** Factor on the frequency, from the vibrato. */
  #bend(frame: number): number {
    const { vibrato = 0 } = this.#patch;
    if (vibrato === 0) return 1;
    const seconds = frame / this.#sampleRate;
    const depth = vibrato * Math.max(0, Math.min(1, (seconds - 0.2) / 0.3));
    return 2 ** ((depth * Math.sin(2 * Math.PI * VIBRATO_HERTZ * seconds)) / 1200);
  }
}

/** Soft sine, for the lowest octave. */
export function subBass(shape: EnvelopeShape): Instrument {
  return (stem, { startFrame, seconds, hertz, velocity }) => {
    const [fundamental, octave] = [new Sine(), new Sine()];
    const envelope = new Envelope(shape, seconds, stem.sampleRate);
    const step = hertz / stem.sampleRate;
    stem.add(startFrame, envelope.frames, 0, (target) => {
      for (let i = 0; i < target.length; i++) {
        target[i] = velocity * envelope.next() * (fundamental.next(step) + 0.12 * octave.next(2 * step));
      }
    });
  };
}
