/** What hands do to the breakpoints of an automation; nothing is changed in place. */
import type { CurvePoint, CurveShape } from "./curveLevel.js";

/** Points keep this distance, seconds: two at one time would be a jump that a hand cannot take apart. */
const APART = 0.001;

const rounded = (seconds: number): number => Number(seconds.toFixed(6));

/** @returns where a point at `seconds` would stand in the list */
export function placeOf(points: readonly CurvePoint[], seconds: number): number {
  const later = points.findIndex(([time]) => time > seconds);
  return later < 0 ? points.length : later;
}

/** The point at `index` moved, no farther than to its neighbours. */
export function movedPoint(
  points: readonly CurvePoint[],
  index: number,
  seconds: number,
  value: number,
): readonly CurvePoint[] {
  const least = index > 0 ? points[index - 1]![0] + APART : 0;
  const most = index + 1 < points.length ? points[index + 1]![0] - APART : Infinity;
  const time = rounded(Math.max(least, Math.min(most, seconds)));
  return points.map((point, i) => (i === index ? withShape([time, value], point[2]) : point));
}

function withShape([time, value]: CurvePoint, shape: CurveShape | undefined): CurvePoint {
  return shape === undefined ? [time, value] : [time, value, shape];
}

/** @returns index of the nearest point within reach; `undefined`: none. All in pixels. */
export function nearestPoint(
  places: readonly { readonly x: number; readonly y: number }[],
  at: { readonly x: number; readonly y: number },
  reach: number,
): number | undefined {
  let found: number | undefined;
  let least = reach;
  places.forEach(({ x, y }, i) => {
    const away = Math.hypot(x - at.x, y - at.y);
    if (away > least) return;
    found = i;
    least = away;
  });
  return found;
}
