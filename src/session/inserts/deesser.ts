/** De-esser; the order is that of `DeesserParameter` in src/dsp/dynamics/deesser.ts. */
import { choice, flag, number } from "../parameter.js";
import { processing } from "./processing.js";

export const deesserParameters = {
  frequency: number({
    unit: "Hz",
    min: 1000,
    max: 16000,
    default: 6000,
    description: "Where the shelf begins, or the centre of the bell",
  }),
  shape: choice(
    ["shelf", "bell"],
    "shelf",
    "What is turned down, everything above the frequency or a band around it",
  ),
  q: number({
    unit: "",
    min: 0.3,
    max: 5,
    default: 1,
    description: "Quality of the bell: the higher, the narrower",
  }),
  detection: choice(
    ["relative", "absolute"],
    "relative",
    "What the threshold is compared with, the band's level below the whole signal's (independent of the loudness) or the band's level itself",
  ),
  threshold: number({
    unit: "dB",
    min: -60,
    max: 0,
    default: -12,
    description: "Mean level of the band above which it is turned down",
  }),
  ratio: number({
    unit: "",
    min: 1,
    max: 20,
    default: 4,
    description: "Ratio of input to output above the threshold, n:1",
  }),
  range: number({ unit: "dB", min: -24, max: 0, default: -8, description: "Gain never fallen below" }),
  attack: number({
    unit: "ms",
    min: 0.05,
    max: 100,
    default: 1,
    description: "Time to 63 % of a reduction",
  }),
  release: number({
    unit: "ms",
    min: 5,
    max: 1000,
    default: 60,
    description: "Time to 63 % of the recovery",
  }),
  listen: flag(false, "Plays only what the detector hears, to find the frequency"),
  ...processing,
} as const;
