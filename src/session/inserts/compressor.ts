/** Compressor; the order is that of `CompressorParameter` in src/dsp/dynamics/compressor.ts. */
import { choice, flag, number } from "../parameter.js";
import { sidechainFilters } from "./sidechainFilters.js";
import { processing } from "./processing.js";

export const compressorParameters = {
  threshold: number({
    unit: "dB",
    min: -60,
    max: 0,
    default: -18,
    description: "Level above which gain is reduced",
  }),
  ratio: number({
    unit: "",
    min: 1,
    max: 20,
    default: 2,
    description: "Ratio of input to output above the threshold, n:1",
  }),
  attack: number({
    unit: "ms",
    min: 0.05,
    max: 500,
    default: 10,
    description: "Time to 63 % of a reduction",
  }),
  release: number({
    unit: "ms",
    min: 5,
    max: 5000,
    default: 120,
    description: "Time to 63 % of the recovery",
  }),
  knee: number({ unit: "dB", min: 0, max: 24, default: 6, description: "Width of the soft knee" }),
  makeup: number({ unit: "dB", min: -24, max: 24, default: 0, description: "Gain after the reduction" }),
  detector: choice(["peak", "rms"], "rms", "What the detector follows"),
  sidechainHighpass: sidechainFilters.sidechainHighpass,
  mix: number({ unit: "%", min: 0, max: 100, default: 100, description: "Share of the compressed signal" }),
  lookahead: number({
    unit: "ms",
    isFixed: true,
    min: 0,
    max: 20,
    default: 0,
    description: "Time the detector is ahead of the signal",
  }),
  autoRelease: flag(false, "Release that adapts to the programme"),
  autoMakeup: flag(
    false,
    "Adds half of the reduction that a peak of 0 dB would have to the makeup, for about the same level with and without",
  ),
  sidechainLowpass: sidechainFilters.sidechainLowpass,
  ...processing,
} as const;
