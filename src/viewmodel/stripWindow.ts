/** Which of many strips of equal width are in sight. */

export interface StripWindow {
  readonly first: number;
  /** Not included. */
  readonly end: number;
}

/** Strips that are kept beyond the edges, so that the focus can go on to them. */
const MARGIN = 2;

/**
 * @param scroll pixels to the left of what is in sight
 * @param width of what is in sight, pixels
 * @param step from strip to strip, pixels
 */
export function stripWindow(scroll: number, width: number, step: number, count: number): StripWindow {
  const first = Math.max(0, Math.min(count, Math.floor(scroll / step) - MARGIN));
  const end = Math.min(count, Math.ceil((scroll + width) / step) + MARGIN);
  return { first, end: Math.max(first, end) };
}

/** Where to scroll so that a strip is wholly in sight; not farther than needed. */
export function revealStrip(index: number, scroll: number, width: number, step: number): number {
  const left = index * step;
  return Math.min(left, Math.max(scroll, left + step - width));
}
