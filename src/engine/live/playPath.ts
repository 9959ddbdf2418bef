/** The order in which frames are heard: straight on, and round a loop. Pages and their worklets share it. */

export interface PlayRange {
  readonly start: number;
  readonly end: number;
}

export interface PlayPath {
  /** Length of the audio. */
  readonly frames: number;
  /** What is played and looped; `null`: all of it. */
  readonly range: PlayRange | null;
  readonly isLooped: boolean;
}

/** The range, cut to the audio. */
export function rangeOf({ frames, range }: PlayPath): PlayRange {
  if (range === null) return { start: 0, end: frames };
  const start = Math.min(frames, Math.max(0, Math.round(range.start)));
  return { start, end: Math.min(frames, Math.max(start, Math.round(range.end))) };
}

/** @returns first frame, at `position` or later, that is not played straight on from there */
export function spanEnd(path: PlayPath, position: number): number {
  const { end } = rangeOf(path);
  return position < end ? end : path.frames;
}

/**
 * @param position below `path.frames`
 * @returns frame that follows the last one of the span of `position`; `undefined`: playback ends there
 */
export function frameAfterSpan(path: PlayPath, position: number): number | undefined {
  const { start, end } = rangeOf(path);
  return path.isLooped && position < end && start < end ? start : undefined;
}

/**
 * @param frames 0 or more, with a fraction
 * @param hasLooped whether the position has gone round the loop already
 * @returns where playback was `frames` frames before it came to `position`
 */
export function rewound(path: PlayPath, position: number, frames: number, hasLooped: boolean): number {
  const before = position - frames;
  const { start, end } = rangeOf(path);
  if (!hasLooped || before >= start || position > end || start >= end) return Math.max(0, before);
  return end - ((start - before) % (end - start));
}

/**
 * @param frames 0 or more, with a fraction
 * @returns where playback is `frames` frames after `position`
 */
export function advanced(path: PlayPath, position: number, frames: number): number {
  const after = position + frames;
  const end = spanEnd(path, position);
  if (after < end) return after;
  const next = frameAfterSpan(path, position);
  return next === undefined ? end : next + ((after - end) % (end - next));
}
