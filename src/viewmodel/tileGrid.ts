/** Which tiles of which level a stretch of audio needs. A tile holds `columns` buckets of 2^level frames. */
import type { Span } from "./viewport.js";

export interface TilePlace {
  readonly level: number;
  /** Tile i begins with bucket i x columns. */
  readonly index: number;
}

/** The coarsest level whose buckets are not longer than a column. @param framesPerColumn above 0 */
export function levelFor(framesPerColumn: number, lowest: number, highest: number): number {
  return Math.min(highest, Math.max(lowest, Math.floor(Math.log2(framesPerColumn) + 1e-9)));
}

/** Frames in a tile. */
export function tileFrames(level: number, columns: number): number {
  return columns * 2 ** level;
}

/** Index of the tile that holds `frame`. */
export function tileAt(frame: number, level: number, columns: number): number {
  return Math.floor(frame / tileFrames(level, columns));
}

/** The tiles that cover the part of `span` within the audio, from left to right. @param frames length of the audio */
export function tilesOf(span: Span, level: number, columns: number, frames: number): TilePlace[] {
  const start = Math.max(0, span.start);
  const end = Math.min(frames, span.end);
  if (end <= start) return [];
  const size = tileFrames(level, columns);
  const first = Math.floor(start / size);
  const count = Math.ceil(end / size) - first;
  return Array.from({ length: count }, (_, i) => ({ level, index: first + i }));
}

/** Levels to look through for something to draw while a tile of `level` is on its way, best first. */
export function fallbackLevels(level: number, lowest: number, highest: number): number[] {
  const coarser = Array.from({ length: 12 }, (_, i) => level + 1 + i);
  const finer = [level - 1, level - 2, level - 3];
  return [...coarser, ...finer].filter((each) => each >= lowest && each <= highest);
}
