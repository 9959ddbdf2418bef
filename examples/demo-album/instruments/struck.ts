/** Instruments that are struck and ring: felt piano and bell, as sums of decaying modes. */
import { Envelope } from "../synth/envelope.js";
import { addMode, type Mode } from "../synth/oscillators.js";
import type { Instrument } from "./play.js";

/** One mode: frequency and decay time as multiples of the note's, and amplitude. */
type ModeShape = readonly [ratio: number, decay: number, amplitude: number];

/** A string is a little stiff: partial n lies at n sqrt(1 + B n^2) (H. Fletcher, JASA 36(1), 1964). */
const STIFFNESS = 0.0004;

const FELT: readonly ModeShape[] = Array.from({ length: 9 }, (_, i): ModeShape => {
  const n = i + 1;
  return [n * Math.sqrt(1 + STIFFNESS * n * n), 1 / (1 + 0.45 * i), 0.9 / n ** 1.8];
});

/** Modes of a small bell: hum, prime, tierce, quint, nominal and two above. */
const BELL: readonly ModeShape[] = [
  ...([
    [0.5, 1.1, 0.25],
    [1, 1, 1],
    [1.19, 0.7, 0.12],
    [1.5, 0.6, 0.1],
  ] as const),
  ...([
    [2, 0.75, 0.5],
    [3, 0.4, 0.2],
    [4.07, 0.25, 0.12],
    [5.4, 0.12, 0.06],
  ] as const),
];

/** Soft piano: keys from left to right, dampers at the end of the note. */
export const feltPiano: Instrument = struck(FELT, { decay: 5, release: 0.5, reference: 220 });
/** Bell: rings on whatever the key does. */
export const bell: Instrument = struck(BELL, { decay: 5, release: 3, reference: 880 });

/**
 * @param decay seconds to -60 dB at the `reference` frequency; higher notes die sooner
 * @param release seconds after the key is up
 */
function struck(
  shapes: readonly ModeShape[],
  { decay, release, reference }: { decay: number; release: number; reference: number },
): Instrument {
  return (stem, { startFrame, seconds, hertz, velocity }) => {
    const { sampleRate } = stem;
    const noteDecay = decay * sampleRate * Math.sqrt(reference / hertz);
    const modes = shapes
      .filter(([ratio]) => ratio * hertz < 0.4 * sampleRate)
      .map(([ratio, modeDecay, amplitude]): Mode => {
        const softness = velocity ** (0.5 * (1 + ratio));
        return {
          step: (ratio * hertz) / sampleRate,
          decayFrames: modeDecay * noteDecay,
          amplitude: amplitude * softness,
        };
      });
    const damper = new Envelope({ attack: 0.003, decay: 1, sustain: 1, release }, seconds, sampleRate);
    const pan = Math.max(-0.6, Math.min(0.6, Math.log2(hertz / 440) / 3));
    stem.add(startFrame, damper.frames, pan, (target) => {
      for (const mode of modes) addMode(target, mode);
      for (let i = 0; i < target.length; i++) target[i]! *= damper.next();
    });
  };
}
