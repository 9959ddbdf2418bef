/** Transient shaper; the order is that of `TransientParameter` in src/dsp/dynamics/transient.ts. */
import { number } from "../parameter.js";
import { processing } from "./processing.js";

export const transientParameters = {
  attack: number({
    unit: "dB",
    min: -24,
    max: 24,
    default: 0,
    description: "Gain on onsets, at most, whatever their level",
  }),
  sustain: number({
    unit: "dB",
    min: -24,
    max: 24,
    default: 0,
    description: "Gain on what follows an onset and decays, at most",
  }),
  attackTime: number({ unit: "ms", min: 2, max: 200, default: 20, description: "How long an onset lasts" }),
  sustainTime: number({
    unit: "ms",
    min: 50,
    max: 2000,
    default: 300,
    description: "How slow a decay may be and still be one",
  }),
  output: number({ unit: "dB", min: -24, max: 24, default: 0, description: "Gain after the shaping" }),
  ...processing,
} as const;
