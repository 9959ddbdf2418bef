/** Values between breakpoints, as src/dsp/automation.ts computes them: a picture of them. */
/** Seconds, value, and how it goes on to the next. */
export type CurvePoint = readonly [seconds: number, value: number, shape?: CurveShape | undefined];
export type CurveShape = "linear" | "hold" | "smooth" | "slow" | "fast";

/** dB: stands for silence, where a curve comes from it or goes to it. */
const SILENCE = -144;

/** @param points by their time, at least one */
export function curveLevel(points: readonly CurvePoint[], seconds: number): number {
  let at = -1;
  for (let [low, high] = [0, points.length - 1]; low <= high;) {
    const middle = (low + high) >> 1;
    if (points[middle]![0] <= seconds) {
      at = middle;
      low = middle + 1;
    } else high = middle - 1;
  }
  if (at < 0) return points[0]![1];
  const [time, from, shape = "linear"] = points[at]!;
  const next = points[at + 1];
  if (!next || from === next[1] || shape === "hold" || seconds <= time) return from;
  const [low, high] = [audible(from), audible(next[1])];
  return low + (high - low) * bend(shape, (seconds - time) / (next[0] - time));
}

const audible = (level: number): number => (level === -Infinity ? SILENCE : level);

function bend(shape: CurveShape, t: number): number {
  switch (shape) {
    case "smooth":
      return t * t * (3 - 2 * t);
    case "slow":
      return t * t;
    case "fast":
      return t * (2 - t);
    default:
      return t;
  }
}
