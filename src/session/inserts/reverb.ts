/** Algorithmic reverb; the order is that of `ReverbParameter` in src/dsp/space/reverbParameter.ts. */
import { choice, level, number } from "../parameter.js";

const bandDecay = (band: string, initial: number) =>
  number({
    unit: "",
    min: 0.1,
    max: 2,
    default: initial,
    description: `Decay of the ${band}, as a factor of "decay"`,
  });

export const reverbParameters = {
  kind: choice(
    ["room", "plate", "hall"],
    "plate",
    "Kind of space: a room with near walls, a plate that is dense at once, a hall that takes its time",
  ),
  decay: number({
    unit: "s",
    min: 0.1,
    max: 20,
    default: 1.5,
    description: "Time in which the middle frequencies decay by 60 dB (RT60)",
  }),
  bassDecay: bandDecay("bass", 1.1),
  trebleDecay: bandDecay("treble", 0.5),
  bassCrossover: number({
    unit: "Hz",
    min: 50,
    max: 1000,
    default: 250,
    description:
      "Where the decay of the bass meets that of the middle: the loss in dB per second lies half-way, and nine tenths of the way a factor of three further",
  }),
  trebleCrossover: number({
    unit: "Hz",
    min: 1000,
    max: 16000,
    default: 4000,
    description: "Where the decay of the middle meets that of the treble, in the same way",
  }),
  preDelay: number({
    unit: "ms",
    min: 0,
    max: 500,
    default: 10,
    description: "Time before the reverberation starts",
  }),
  size: number({
    unit: "%",
    isFixed: true,
    min: 50,
    max: 150,
    default: 100,
    description: "Size of the space",
  }),
  diffusion: number({
    unit: "%",
    min: 0,
    max: 100,
    default: 85,
    description: "How much the sound is smeared before it enters the space; 0 leaves single echoes",
  }),
  earlyReflections: level({
    unit: "dB",
    min: -60,
    max: 12,
    default: -6,
    description: "Level of the early reflections against the reverberation",
  }),
  modulationDepth: number({
    unit: "ms",
    min: 0,
    max: 2,
    default: 0.2,
    description: "How far the delays of the space wander, to either side",
  }),
  modulationRate: number({
    unit: "Hz",
    min: 0.05,
    max: 5,
    default: 0.6,
    description: "How fast they wander",
  }),
  lowCut: number({
    unit: "Hz",
    min: 0,
    max: 1000,
    default: 0,
    description: "High-pass of the wet signal, 12 dB per octave, 0 is off",
  }),
  highCut: number({
    unit: "Hz",
    min: 1000,
    max: 20000,
    default: 20000,
    description: "Low-pass of the wet signal, 12 dB per octave, 20000 is off",
  }),
  width: number({
    unit: "%",
    min: 0,
    max: 200,
    default: 100,
    description: "Width of the wet signal, 0 is mono",
  }),
  mix: number({ unit: "%", min: 0, max: 100, default: 30, description: "Share of the wet signal" }),
} as const;
