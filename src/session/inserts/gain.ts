/** Gain and polarity; the order is that of `GainParameter` in src/dsp/gain.ts. */
import { choice, level } from "../parameter.js";

export const gainParameters = {
  gain: level({ unit: "dB", min: -144, max: 24, default: 0, description: "Gain" }),
  polarity: choice(["normal", "inverted"], "normal", "Polarity"),
} as const;
