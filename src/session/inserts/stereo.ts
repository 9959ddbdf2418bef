/** Stereo width, mono bass, balance; the order is that of `StereoParameter` in src/dsp/spatial/stereo.ts. */
import { number } from "../parameter.js";

export const stereoParameters = {
  width: number({
    unit: "%",
    min: 0,
    max: 200,
    default: 100,
    description: "Level of the side signal, 0 is mono",
  }),
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
} as const;
