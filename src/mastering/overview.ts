/** A meter's result in the form that reports and views use. */
import type { LoudnessMeasurement } from "../engine/meter.js";
import type { Loudness, SongOverview } from "./results.js";

/** Steps of 100 ms from one value of the overview's curve to the next. */
const STEPS_PER_VALUE = 10;

export function overviewOf(source: string, measurement: LoudnessMeasurement): SongOverview {
  const { sampleRate, channels, duration, shortTerm } = measurement;
  const curve = shortTerm.filter((_, i) => i % STEPS_PER_VALUE === STEPS_PER_VALUE - 1);
  return {
    source,
    sampleRate,
    channels,
    duration,
    loudness: loudnessOf(measurement),
    shortTerm: Array.from(curve, (value: number) =>
      Number.isFinite(value) ? Math.round(value * 100) / 100 : null,
    ),
  };
}

export function loudnessOf(measurement: LoudnessMeasurement): Loudness {
  const { integrated, momentaryMax, shortTermMax, lra, truePeak, samplePeak, plr } = measurement;
  return { integrated, momentaryMax, shortTermMax, lra, truePeak, samplePeak, plr };
}
