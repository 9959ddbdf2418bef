/**
 * What hands do to a clip: where it lies on the timeline, and which of its values change when it is moved, trimmed,
 * slipped or faded. All times in seconds; nothing is changed in place.
 */

/** The part of a clip of the document that matters here. */
export interface ClipValues {
  readonly start: number;
  /** In the file. */
  readonly offset: number;
  /** Of one pass, on the timeline; absent: to the end of the file. */
  readonly length?: number | undefined;
  readonly speed: number;
  readonly loop: number;
  readonly reverse: boolean;
  readonly fadeIn?: FadeValues | undefined;
  readonly fadeOut?: FadeValues | undefined;
}

export interface FadeValues {
  readonly length: number;
  readonly shape: string;
}

/** Values that change; `undefined` takes the key away. */
export type ClipChange = Partial<{ -readonly [K in keyof ClipValues]: ClipValues[K] | undefined }>;

/** A shorter clip cannot be had by hand. */
export const SHORTEST = 0.001;
/** Shorter fades are none. */
const SHORTEST_FADE = 0.001;
/** Times are written to the microsecond. */
const DIGITS = 6;

export const rounded = (seconds: number): number => Number(seconds.toFixed(DIGITS));

/** @param duration of the file; @returns length of one pass on the timeline */
export function passLength({ offset, length, speed }: ClipValues, duration: number): number {
  return Math.max(0, Math.min(length ?? Infinity, (duration - offset) / speed));
}

/** @returns where the clip ends on the timeline */
export function clipEnd(clip: ClipValues, duration: number): number {
  return clip.start + passLength(clip, duration) * clip.loop;
}

export function moved({ start }: ClipValues, by: number): ClipChange {
  return { start: rounded(Math.max(0, start + by)) };
}

/** Moves the start edge; what sounds stays in its place. A loop gets more or fewer passes. */
export function trimmedStart(clip: ClipValues, duration: number, by: number): ClipChange {
  const { start, offset, speed, loop, reverse } = clip;
  const length = passLength(clip, duration);
  if (loop > 1) {
    const passes = clamp(Math.round(by / length), -Math.floor(start / length), loop - 1);
    return { start: rounded(start + passes * length), loop: loop - passes };
  }
  const room = reverse ? (duration - offset) / speed - length : offset / speed;
  const step = clamp(by, Math.max(-room, -start), length - SHORTEST);
  return {
    start: rounded(start + step),
    // Without a length it plays to the end of the file, and goes on doing so.
    ...(reverse
      ? { length: rounded(length - step) }
      : {
          offset: rounded(offset + step * speed),
          ...(clip.length === undefined ? {} : { length: rounded(length - step) }),
        }),
  };
}

/** Moves the end edge. A loop gets more or fewer passes. */
export function trimmedEnd(clip: ClipValues, duration: number, by: number): ClipChange {
  const { offset, speed, loop, reverse } = clip;
  const length = passLength(clip, duration);
  if (loop > 1) return { loop: Math.max(1, loop + Math.round(by / length)) };
  const room = reverse ? offset / speed : (duration - offset) / speed - length;
  const step = clamp(by, SHORTEST - length, room);
  return {
    ...(reverse ? { offset: rounded(offset - step * speed) } : {}),
    ...(reverse && clip.length === undefined ? {} : { length: rounded(length + step) }),
  };
}

/** Moves what sounds within the clip, which stays where it is. */
export function slipped(clip: ClipValues, duration: number, by: number): ClipChange {
  const length = passLength(clip, duration);
  const most = Math.max(0, duration - length * clip.speed);
  const step = clip.reverse ? by : -by;
  return { offset: rounded(clamp(clip.offset + step * clip.speed, 0, most)), length: rounded(length) };
}

/** @param length of the fade; cut to the clip */
export function faded(
  clip: ClipValues,
  duration: number,
  side: "fadeIn" | "fadeOut",
  length: number,
): ClipChange {
  const most = passLength(clip, duration) * clip.loop;
  const fitting = rounded(clamp(length, 0, most));
  const shape = clip[side]?.shape ?? "linear";
  return { [side]: fitting < SHORTEST_FADE ? undefined : { length: fitting, shape } };
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), Math.max(low, high));
}
