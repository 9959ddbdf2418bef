/**
 * Travel of a fader: straight pieces that give the levels about 0 dB the most room. 0 dB stands at 76 % of the way,
 * +12 dB at the top, and silence at the bottom.
 */

/** Level in dB, and its place from 0 (bottom) to 1 (top). */
const POINTS: readonly (readonly [level: number, position: number])[] = [
  [-90, 0],
  [-60, 0.05],
  [-40, 0.15],
  [-30, 0.24],
  [-20, 0.37],
  [-10, 0.55],
  [0, 0.76],
  [12, 1],
];

/** dB: what the fader reaches by hand. More can be typed. */
export const FADER_TOP = 12;
/** dB: below it the fader is at the bottom, and off. */
export const FADER_BOTTOM = -90;
/** Levels to mark beside a fader, dB. */
export const FADER_MARKS: readonly number[] = [12, 6, 0, -6, -12, -20, -30, -40, -60];

/** Place of a level, dB; what is beyond the ends stands at the ends. */
export function levelToFader(level: number): number {
  if (!(level > FADER_BOTTOM)) return 0;
  const upper = POINTS.findIndex(([high]) => level <= high);
  if (upper < 0) return 1;
  const [[low, bottom], [high, top]] = [POINTS[upper - 1]!, POINTS[upper]!];
  return bottom + ((level - low) / (high - low)) * (top - bottom);
}

/** Inverse of {@link levelToFader} between its ends; -Infinity at the bottom. */
export function faderToLevel(position: number): number {
  if (!(position > 0)) return -Infinity;
  const upper = POINTS.findIndex(([, top]) => position <= top);
  if (upper < 0) return FADER_TOP;
  const [[low, bottom], [high, top]] = [POINTS[upper - 1]!, POINTS[upper]!];
  return low + ((position - bottom) / (top - bottom)) * (high - low);
}
