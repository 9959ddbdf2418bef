/** A selection of frames with a moving end, and what the keyboard and the pointer do to it. */
import type { Span } from "./viewport.js";

/** `anchor` is where the selection was begun, `cursor` its moving end; the same frame: nothing but a cursor. */
export interface FrameSelection {
  readonly anchor: number;
  readonly cursor: number;
}

export function selectionSpan({ anchor, cursor }: FrameSelection): Span {
  return { start: Math.min(anchor, cursor), end: Math.max(anchor, cursor) };
}

export function isEmpty({ anchor, cursor }: FrameSelection): boolean {
  return anchor === cursor;
}

/** Moves the cursor; the selection is given up, or with `isExtended` follows it. Whole frames within the audio. */
export function moveCursor(
  { anchor }: FrameSelection,
  to: number,
  frames: number,
  isExtended: boolean,
): FrameSelection {
  const cursor = clampFrame(to, frames);
  return { anchor: isExtended ? anchor : cursor, cursor };
}

/** The end of the selection that is nearer to `frame` moves there. */
export function moveNearestEdge(selection: FrameSelection, frame: number, frames: number): FrameSelection {
  const { start, end } = selectionSpan(selection);
  const isStart = Math.abs(frame - start) < Math.abs(frame - end);
  return { anchor: isStart ? end : start, cursor: clampFrame(frame, frames) };
}

/** After the audio has become shorter, what is left of the selection. */
export function clampSelection({ anchor, cursor }: FrameSelection, frames: number): FrameSelection {
  return { anchor: clampFrame(anchor, frames), cursor: clampFrame(cursor, frames) };
}

/** What lies between the nearest of `marks` on both sides of `frame`, or the ends of the audio. */
export function spanBetween(marks: readonly number[], frame: number, frames: number): Span {
  const before = marks.filter((mark) => mark <= frame);
  const after = marks.filter((mark) => mark > frame);
  return { start: Math.max(0, ...before), end: Math.min(frames, ...after) };
}

/** The next of `marks` after `frame` (before it with `direction` -1); the end of the audio if there is none. */
export function nextMark(marks: readonly number[], frame: number, frames: number, direction: 1 | -1): number {
  return direction > 0
    ? Math.min(frames, ...marks.filter((mark) => mark > frame))
    : Math.max(0, ...marks.filter((mark) => mark < frame));
}

/**
 * The position nearest to `at` before which the signal passes through zero upwards or downwards.
 * @param samples of a channel or of the sum of all
 * @param at index of the wanted position, within the samples
 * @returns index of the first sample after the crossing; `at` if there is none
 */
export function nearestZeroCrossing(samples: Float32Array, at: number): number {
  const crosses = (i: number): boolean =>
    i > 0 && i < samples.length && samples[i - 1]! < 0 !== samples[i]! < 0;
  for (let distance = 0; distance < samples.length; distance++) {
    if (crosses(at - distance)) return at - distance;
    if (crosses(at + distance)) return at + distance;
  }
  return at;
}

export function clampFrame(frame: number, frames: number): number {
  return Math.min(frames, Math.max(0, Math.round(frame)));
}
