/** Parametric equalizer; the order is that of `EqField` in src/dsp/filters/eq.ts. */
import { choice, list, number, numberChoice, requiredChoice } from "../parameter.js";
import { processing } from "./processing.js";

/** The order is that of `BandType` in src/dsp/filters/prototype.ts. */
export const BAND_TYPES = ["lowpass", "highpass", "lowshelf", "highshelf", "peak", "notch", "tilt"] as const;
/** Slopes of high- and low-pass bands, dB per octave. */
export const SLOPES = [6, 12, 18, 24, 36, 48] as const;
/** Most bands of one equalizer. */
export const MOST_BANDS = 16;

const BAND = {
  type: requiredChoice(BAND_TYPES, "Kind of filter"),
  frequency: number({ unit: "Hz", min: 10, max: 40000, description: "Corner or centre frequency" }),
  gain: number({
    unit: "dB",
    min: -24,
    max: 24,
    default: 0,
    description: "Gain of shelves, peaks and tilt",
  }),
  q: number({
    unit: "",
    min: 0.1,
    max: 30,
    default: Math.SQRT1_2,
    description: "Quality: the higher, the narrower",
  }),
  slope: numberChoice(SLOPES, 12, "Slope of high- and low-pass, dB per octave"),
} as const;

export const eqParameters = {
  bands: list(BAND, MOST_BANDS, "Bands in series"),
  phase: choice(
    ["minimum", "linear"],
    "minimum",
    "Minimum phase sounds at once; linear delays all frequencies alike, by 256 ms at 48 kHz (which a render makes up for), and rings before a sound as much as after it",
  ),
  ...processing,
} as const;
