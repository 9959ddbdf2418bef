/**
 * Scale of a level meter from -70 to 0 dBFS: linear pieces that give the top 20 dB half of the length, as on the
 * digital peak meters of IEC 60268-18.
 */

/** Level in dBFS, and its place from 0 (bottom) to 1 (top). */
const POINTS: readonly (readonly [level: number, position: number])[] = [
  [-70, 0],
  [-60, 0.025],
  [-50, 0.075],
  [-40, 0.15],
  [-30, 0.3],
  [-20, 0.5],
  [0, 1],
];

/** Levels to label. */
export const METER_TICKS: readonly number[] = [0, -3, -6, -10, -15, -20, -30, -40, -50, -60];

/** Place of a level, dBFS; levels beyond the ends stand at the ends. */
export function levelToMeter(level: number): number {
  if (!(level > POINTS[0]![0])) return 0;
  for (let upper = 1; upper < POINTS.length; upper++) {
    const [high, top] = POINTS[upper]!;
    const [low, bottom] = POINTS[upper - 1]!;
    if (level <= high) return bottom + ((level - low) / (high - low)) * (top - bottom);
  }
  return 1;
}

/** Inverse of {@link levelToMeter} between its ends; -Infinity at the bottom. */
export function meterToLevel(position: number): number {
  if (!(position > 0)) return -Infinity;
  for (let upper = 1; upper < POINTS.length; upper++) {
    const [high, top] = POINTS[upper]!;
    const [low, bottom] = POINTS[upper - 1]!;
    if (position <= top) return low + ((position - bottom) / (top - bottom)) * (high - low);
  }
  return 0;
}
