/** What to say where a change of level brings the true peak over full scale. */
import { formatRatio, formatTruePeak } from "./formats.js";

/** Levels as measured: LUFS, dBTP, dBFS; `null` where there is none. */
export interface PeakLevels {
  readonly integrated: number | null;
  readonly truePeak: number | null;
  readonly samplePeak: number | null;
}

/** Rounding shows no more than that, dB. */
const TOLERANCE = 0.005;

/** True peak after normalizing, dBTP; `undefined` where it is not known. */
export function normalizedTruePeak(
  measured: PeakLevels,
  to: "peak" | "truePeak" | "loudness",
  level: number,
): number | undefined {
  const { integrated, truePeak, samplePeak } = measured;
  const now = { peak: samplePeak, truePeak, loudness: integrated }[to];
  if (now === null || truePeak === null) return undefined;
  const after = level - now + truePeak;
  return Number.isFinite(after) ? after : undefined;
}

/** Whether players and converters clip at it. @param truePeak dBTP */
export function isOverFullScale(truePeak: number | null | undefined): truePeak is number {
  return typeof truePeak === "number" && truePeak > TOLERANCE;
}

/** Before it is done. @returns `undefined` where there is nothing to warn of */
export function peakWarning(truePeak: number | null | undefined): string | undefined {
  if (!isOverFullScale(truePeak)) return undefined;
  return (
    `The true peak would be ${formatTruePeak(truePeak)}, ${formatRatio(truePeak)} over full scale, where players ` +
    `and converters clip. Put a limiter before it, choose a lower level, or normalize to true peak.`
  );
}

/** Once it has been done. @returns `undefined` where there is nothing to warn of */
export function peakNotice(truePeak: number | null | undefined): string | undefined {
  if (!isOverFullScale(truePeak)) return undefined;
  return (
    `The true peak is ${formatTruePeak(truePeak)} now, ${formatRatio(truePeak)} over full scale, where players and ` +
    `converters clip. Apply a limiter, or undo and normalize to true peak.`
  );
}
