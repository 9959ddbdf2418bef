/** Look-ahead limiter; the order is that of `LimiterParameter` in src/dsp/dynamics/limiter.ts. */
import { flag, number } from "../parameter.js";

export const limiterParameters = {
  ceiling: number({ unit: "dB", min: -20, max: 0, default: -1, description: "Peak level never exceeded" }),
  lookahead: number({
    unit: "ms",
    isFixed: true,
    min: 0.5,
    max: 20,
    default: 5,
    description: "Time to bring the gain down before a peak",
  }),
  release: number({ unit: "ms", min: 5, max: 1000, default: 100, description: "Recovery time" }),
  autoRelease: flag(true, "Release that adapts to the programme"),
  truePeak: flag(true, "Limits the reconstructed signal between the samples (dBTP), not only the samples"),
  gain: number({ unit: "dB", min: -24, max: 24, default: 0, description: "Gain before the limiter" }),
} as const;
