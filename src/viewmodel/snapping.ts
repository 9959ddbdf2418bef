/** Where something that is dragged along the timeline comes to rest. */

/**
 * @param at where it would be
 * @param places that attract it; any unit, that of `at`
 * @param reach how far they do
 * @returns the nearest place within reach, or `at`
 */
export function snapped(at: number, places: readonly number[], reach: number): number {
  let [best, distance] = [at, reach];
  for (const place of places) {
    const away = Math.abs(place - at);
    if (away <= distance) [best, distance] = [place, away];
  }
  return best;
}

/**
 * The same for a stretch, either end of which may come to rest.
 * @returns how far to move it on
 */
export function snappedShift(ends: readonly number[], places: readonly number[], reach: number): number {
  let [best, distance] = [0, reach];
  for (const end of ends) {
    const shift = snapped(end, places, reach) - end;
    if (shift !== 0 && Math.abs(shift) <= distance) [best, distance] = [shift, Math.abs(shift)];
  }
  return best;
}
