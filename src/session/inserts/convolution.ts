/** Convolution reverb; the order is that of `ConvolutionParameter` in src/dsp/space/convolution.ts. */
import { choice, flag, number } from "../parameter.js";

export const convolutionParameters = {
  gain: number({ unit: "dB", min: -60, max: 24, default: 0, description: "Gain of the wet signal" }),
  normalize: flag(
    true,
    "Brings the impulse response to a level at which noise comes out as loud as it goes in",
  ),
  preDelay: number({
    unit: "ms",
    min: 0,
    max: 500,
    default: 0,
    description: "Time before the reverberation starts",
  }),
  start: number({
    unit: "ms",
    min: 0,
    max: 1000,
    default: 0,
    description: "Time left out at the start of the impulse response",
  }),
  length: number({
    unit: "s",
    min: 0,
    max: 10,
    default: 0,
    description: "Length of the impulse response from there on, faded out; 0 is all of it, at most 10 s",
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
  latency: choice(
    ["zero", "block"],
    "zero",
    "Without any delay, or in blocks of 4096 frames: cheaper, and late by that, which is compensated",
  ),
  mix: number({ unit: "%", min: 0, max: 100, default: 30, description: "Share of the wet signal" }),
} as const;
