/** Note values of a delay that follows the tempo; the same order stands in src/session/inserts/delay.ts. */

/** Straight, dotted and triplet of each power of two, from the whole note down to the thirty-second. */
const KINDS: i32 = 3;
const WHOLE_NOTE_BEATS: f64 = 4;
const DOTTED: f64 = 1.5;
const TRIPLET: f64 = 2.0 / 3.0;

/** @returns length in beats (quarter notes) of note value `index`, counted from 0: 1/1, 1/1 dotted, 1/1 triplet, 1/2... */
export function beatsOf(index: i32): f64 {
  const beats = WHOLE_NOTE_BEATS / <f64>(1 << (index / KINDS));
  const kind = index % KINDS;
  return kind == 0 ? beats : beats * (kind == 1 ? DOTTED : TRIPLET);
}
