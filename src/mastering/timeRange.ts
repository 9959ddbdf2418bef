/** A part of a song by its times, as people write it. */

/** Seconds of the mixdown; without `to` it goes on to the end of the last tail. */
export interface TimeRange {
  readonly from: number;
  readonly to?: number | undefined;
}

const TIME = String.raw`(?:(\d+):(?=[0-5]?\d(?:\.|-|$)))?(\d+(?:\.\d+)?)`;
const RANGE = new RegExp(`^${TIME}-(?:${TIME})?$`);

/**
 * Reads `FROM-TO`, each in seconds or as m:ss.mmm; without TO the range goes on to the end.
 * @throws RangeError that says what it must be
 */
export function parseTimeRange(text: string): TimeRange {
  const match = RANGE.exec(text.trim());
  if (!match) {
    throw new RangeError(
      "It must be FROM-TO, each in seconds (0 or later) or as m:ss.mmm, for example 30.5-45 or 1:02.500-1:30.",
    );
  }
  const [, minutes, seconds, endMinutes, endSeconds] = match;
  const from = inSeconds(minutes, seconds!);
  const to = endSeconds === undefined ? undefined : inSeconds(endMinutes, endSeconds);
  if (to !== undefined && to <= from)
    throw new RangeError(`It goes from ${from} s to ${to} s; TO must be later than FROM.`);
  return { from, to };
}

/** What a part is called behind the song's name: it does not take the place of the whole mixdown. */
export function partName({ from, to }: TimeRange): string {
  return ` ${from}s-${to === undefined ? "end" : `${to}s`}`;
}

function inSeconds(minutes: string | undefined, seconds: string): number {
  return Number(minutes ?? 0) * 60 + Number(seconds);
}
