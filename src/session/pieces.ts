/** Lists of pieces: their lengths, their parts, and how parts are put together. */
import type { EditedAudio, FrameRange, Layer, Piece, Treatment } from "./audioEdits.js";
import { reversedTreatments, SILENT_LAYER, treatmentsContinue, withoutSilence } from "./treatments.js";

type Pieces = readonly Piece[];

/** @returns frames of the audio as it sounds */
export function framesOf({ pieces }: Pick<EditedAudio, "pieces">): number {
  return pieceStarts(pieces)[pieces.length]!;
}

const knownStarts = new WeakMap<Pieces, Float64Array>();

/** @returns the first frame of every piece, and behind them the end of the last; computed once for each list */
export function pieceStarts(pieces: Pieces): Float64Array {
  const known = knownStarts.get(pieces);
  if (known) return known;
  const starts = new Float64Array(pieces.length + 1);
  for (let i = 0, frame = 0; i < pieces.length; i++) starts[i + 1] = frame += pieces[i]!.frames;
  knownStarts.set(pieces, starts);
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

/**
 * @param frames length of the layer
 * @returns first frame in the source of the part that sounds for `count` frames from the layer's frame `from` on
 */
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

/** @returns the pieces of a range inside the audio */
export function slicePieces(pieces: Pieces, { start, end }: FrameRange): Piece[] {
  const starts = pieceStarts(pieces);
  const to = Math.min(end, starts[pieces.length]!);
  if (start >= to) return [];
  const first = pieceIndexAt(starts, start);
  const last = pieceIndexAt(starts, to - 1);
  const slice = pieces.slice(first, last + 1);
  cutAt(slice, last - first, 0, to - starts[last]!);
  const from = start - starts[first]!;
  cutAt(slice, 0, from, slice[0]!.frames - from);
  return slice;
}

function cutAt(pieces: Piece[], index: number, from: number, count: number): void {
  pieces[index] = partOf(pieces[index]!, from, count);
}

/** Puts parts one after the other; where they meet, pieces that belong together become one. */
export function joinPieces(...parts: readonly Pieces[]): Piece[] {
  let joined: Piece[] = [];
  for (const part of parts) {
    const [last, first] = [joined.at(-1), part[0]];
    const meets = last && first && goesOn(last, first);
    joined = meets ? [...joined.slice(0, -1), merged(last, first), ...part.slice(1)] : joined.concat(part);
  }
  return joined;
}

/** Makes one of all neighbours that belong together. */
export function mergePieces(pieces: Pieces): Piece[] {
  const merged: Piece[] = [];
  for (const piece of pieces) append(merged, piece);
  return merged;
}

function append(pieces: Piece[], piece: Piece): void {
  const last = pieces.at(-1);
  if (last && goesOn(last, piece)) pieces[pieces.length - 1] = merged(last, piece);
  else pieces.push(piece);
}

function goesOn(earlier: Piece, later: Piece): boolean {
  if (earlier.layers.length !== later.layers.length) return false;
  return earlier.layers.every((layer, i) => {
    const next = later.layers[i]!;
    if (layer.source !== next.source || layer.isReversed !== next.isReversed) return false;
    if (layer.source >= 0 && !isContiguous(layer, earlier.frames, next, later.frames)) return false;
    return treatmentsContinue(layer.treatments, earlier.frames, next.treatments);
  });
}

function isContiguous(earlier: Layer, earlierFrames: number, later: Layer, laterFrames: number): boolean {
  return earlier.isReversed
    ? later.start + laterFrames === earlier.start
    : earlier.start + earlierFrames === later.start;
}

function merged(earlier: Piece, later: Piece): Piece {
  const layers = earlier.layers.map((layer, i) =>
    layer.isReversed ? { ...layer, start: later.layers[i]!.start } : layer,
  );
  return { frames: earlier.frames + later.frames, layers };
}

/** @returns `frames` frames of silence: no piece at all for 0 */
export function silentPieces(frames: number): Piece[] {
  return frames > 0 ? [{ frames, layers: [SILENT_LAYER] }] : [];
}

/** @returns the pieces played backwards */
export function reversePieces(pieces: Pieces): Piece[] {
  return pieces
    .map(({ frames, layers }) => ({ frames, layers: layers.map((layer) => reversedLayer(layer, frames)) }))
    .reverse();
}

function reversedLayer(layer: Layer, frames: number): Layer {
  const treatments = reversedTreatments(layer.treatments, frames);
  return { ...layer, isReversed: layer.source >= 0 && !layer.isReversed, treatments };
}

/** @returns both lists, of the same length, sounding together */
export function overlayPieces(under: Pieces, over: Pieces): Piece[] {
  const [lower, upper] = [[...under], [...over]];
  const overlaid: Piece[] = [];
  while (lower.length > 0 && upper.length > 0) {
    const frames = Math.min(lower[0]!.frames, upper[0]!.frames);
    const layers = [...takePart(lower, frames).layers, ...takePart(upper, frames).layers];
    overlaid.push({ frames, layers: withoutSilence(layers) });
  }
  return overlaid;
}

/** Takes `frames` frames, at most the first piece, from the front of the list. */
function takePart(pieces: Piece[], frames: number): Piece {
  const [first] = pieces as [Piece];
  if (first.frames === frames) pieces.shift();
  else pieces[0] = partOf(first, frames, first.frames - frames);
  return partOf(first, 0, frames);
}
