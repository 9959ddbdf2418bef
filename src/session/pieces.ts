/** Lists of pieces: how long they are, and their parts. */
import type { EditedAudio, Layer, Piece, Treatment } from "./audioEdits.js";

/** @returns frames of the audio as it sounds */
export function framesOf({ pieces }: Pick<EditedAudio, "pieces">): number {
  return pieces.reduce((sum, { frames }) => sum + frames, 0);
}

/** @returns the first frame of every piece, and behind them the end of the last */
export function pieceStarts(pieces: readonly Piece[]): Float64Array {
  const starts = new Float64Array(pieces.length + 1);
  pieces.forEach(({ frames }, i) => (starts[i + 1] = starts[i]! + frames));
  return starts;
}

/** @returns number of the piece that frame `frame` lies in; `frame` is inside the audio */
export function pieceIndexAt(starts: Float64Array, frame: number): number {
  let [low, high] = [0, starts.length - 2];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (starts[middle]! <= frame) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** @returns first frame in the source of a part of a layer of `frames` frames: `count` frames from `from` on as it sounds */
export function sourceFrame(layer: Layer, frames: number, from: number, count: number): number {
  return layer.start + (layer.isReversed ? frames - from - count : from);
}

/** @returns the `count` frames of `piece` from its frame `from` on */
export function partOf(piece: Piece, from: number, count: number): Piece {
  if (from === 0 && count === piece.frames) return piece;
  const layers = piece.layers.map((layer) => ({
    ...layer,
    start: layer.source < 0 ? 0 : sourceFrame(layer, piece.frames, from, count),
    treatments: layer.treatments.map((treatment) => advanced(treatment, from)),
  }));
  return { frames: count, layers };
}

function advanced(treatment: Treatment, frames: number): Treatment {
  return treatment.kind === "ramp" && frames > 0 ? { ...treatment, at: treatment.at + frames } : treatment;
}
