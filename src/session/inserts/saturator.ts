/** Saturator; the order is that of `SaturatorParameter` in src/dsp/colour/saturator.ts. */
import { choice, flag, number } from "../parameter.js";
import { processing } from "./processing.js";

export const saturatorParameters = {
  curve: choice(
    ["tape", "tube", "clip"],
    "tape",
    "Kind of saturation: tape is soft and takes the highs first, tube is asymmetric with even harmonics, clip is straight up to its knee",
  ),
  drive: number({
    unit: "dB",
    min: -24,
    max: 36,
    default: 6,
    description: "Gain into the curve, whose limit is 0 dBFS",
  }),
  character: number({
    unit: "%",
    min: 0,
    max: 100,
    default: 50,
    description:
      "Tape: how much earlier the highs saturate; tube: asymmetry; clip: softness of the knee, 0 is hard",
  }),
  tone: number({
    unit: "dB",
    min: -12,
    max: 12,
    default: 0,
    description: "Tilt of the saturated signal around 1 kHz, positive is brighter",
  }),
  autoGain: flag(
    true,
    "Turns the saturated signal down by the drive, so that quiet passages keep their level",
  ),
  output: number({ unit: "dB", min: -24, max: 24, default: 0, description: "Gain of the saturated signal" }),
  mix: number({ unit: "%", min: 0, max: 100, default: 100, description: "Share of the saturated signal" }),
  ...processing,
} as const;
