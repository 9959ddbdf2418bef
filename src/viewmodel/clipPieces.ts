/** Which frames of its file a clip shows in which columns. */
import { passLength, type ClipValues } from "./clipEdits.js";

/** A pass of a clip, or the part of it that is in sight. */
export interface ClipPiece {
  /** First column, and the one after the last. */
  readonly from: number;
  readonly to: number;
  /** Frame of the file at the left edge of the first column; reversed: at the right edge of the last one. */
  readonly start: number;
  readonly framesPerColumn: number;
  readonly isReversed: boolean;
}

/** What is shown: `columns` columns of `secondsPerColumn`, the first at `start` seconds of the timeline. */
export interface ColumnAxis {
  readonly start: number;
  readonly secondsPerColumn: number;
  readonly columns: number;
}

/** Passes shown one by one at most: more are too narrow to be told apart. */
const MOST_PIECES = 2000;

/** @returns the passes that are in sight, from left to right */
export function clipPieces(
  clip: ClipValues,
  file: { readonly sampleRate: number; readonly frames: number },
  axis: ColumnAxis,
): ClipPiece[] {
  const pass = passLength(clip, file.frames / file.sampleRate);
  if (pass <= 0) return [];
  const column = (seconds: number): number =>
    Math.min(axis.columns, Math.max(0, Math.round((seconds - axis.start) / axis.secondsPerColumn)));
  const end = axis.start + axis.columns * axis.secondsPerColumn;
  const first = Math.max(0, Math.floor((axis.start - clip.start) / pass));
  const last = Math.min(clip.loop - 1, Math.floor((end - clip.start) / pass), first + MOST_PIECES);
  const framesPerSecond = clip.speed * file.sampleRate;
  const pieces: ClipPiece[] = [];
  for (let k = first; k <= last; k++) {
    const passStart = clip.start + k * pass;
    const [from, to] = [column(passStart), column(passStart + pass)];
    if (to <= from) continue;
    const into = clip.reverse
      ? passStart + pass - (axis.start + to * axis.secondsPerColumn)
      : axis.start + from * axis.secondsPerColumn - passStart;
    pieces.push({
      ...{ from, to, isReversed: clip.reverse },
      start: Math.max(0, clip.offset * file.sampleRate + into * framesPerSecond),
      framesPerColumn: axis.secondsPerColumn * framesPerSecond,
    });
  }
  return pieces;
}
