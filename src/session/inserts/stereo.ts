/** Stereo image; the order is that of `StereoParameter` in src/dsp/spatial/stereo.ts. */
import { level, number } from "../parameter.js";

const width = (description: string) => number({ unit: "%", min: 0, max: 200, default: 100, description });

const levelOf = (signal: string) =>
  level({ unit: "dB", min: -60, max: 12, default: 0, description: `Level of ${signal}` });

export const stereoParameters = {
  width: width("Level of the side signal, 0 is mono; with a lower or upper band, of what lies between"),
  monoBelow: number({
    unit: "Hz",
    min: 0,
    max: 500,
    default: 0,
    description: "Makes the bass below this frequency mono, 0 is off",
  }),
  balance: number({
    unit: "",
    min: -1,
    max: 1,
    default: 0,
    description: "Balance, -1 is left, 1 is right",
  }),
  mid: levelOf("the middle, half of left plus right"),
  side: levelOf("the side signal, half of left minus right"),
  lowFrequency: number({
    unit: "Hz",
    min: 0,
    max: 2000,
    default: 0,
    description:
      "Upper end of a lower band with a width of its own (Linkwitz-Riley, 24 dB per octave), 0 is off",
  }),
  lowWidth: width("Width of the lower band"),
  highFrequency: number({
    unit: "Hz",
    min: 1000,
    max: 20000,
    default: 20000,
    description:
      "Lower end of an upper band with a width of its own (Linkwitz-Riley, 24 dB per octave), 20000 is off",
  }),
  highWidth: width("Width of the upper band"),
  spread: number({
    unit: "%",
    min: 0,
    max: 100,
    default: 0,
    description:
      "Spreads the middle over both sides, as far as 100 %, where mono sounds as wide as two different signals; the mono sum stays as it is, and so does the bass below 150 Hz",
  }),
  spreadDelay: number({
    unit: "ms",
    min: 0,
    max: 30,
    default: 0,
    description: "Delay of what is spread: from 10 ms on it sounds like a double (Haas effect)",
  }),
  rotation: number({
    unit: "degrees",
    min: -45,
    max: 45,
    default: 0,
    description: "Turns the image, with the middle at -45 all to the left, at 45 all to the right",
  }),
} as const;
