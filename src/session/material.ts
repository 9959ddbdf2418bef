/** What copying takes from edited audio, and how it comes into other audio. */
import type { EditedAudio, EditSource, FrameRange, Material, Piece } from "./audioEdits.js";
import { framesOf, slicePieces } from "./pieces.js";

/** @returns what sounds in the range (cut to the audio), with just the sources that it needs */
export function copyMaterial(audio: EditedAudio, { start, end }: FrameRange): Material {
  const pieces = slicePieces(audio.pieces, {
    start: Math.max(0, start),
    end: Math.min(end, framesOf(audio)),
  });
  const used = new Set(pieces.flatMap(({ layers }) => layers.map(({ source }) => source)));
  const numbers = [...used].filter((source) => source >= 0).sort((a, b) => a - b);
  const places = new Map(numbers.map((source, place) => [source, place]));
  return {
    sources: numbers.map((source) => audio.sources[source]!),
    pieces: renumbered(pieces, places),
    sampleRate: audio.sampleRate,
    channels: audio.channels,
  };
}

/** @returns `sources` with those of `material` that are new, and the pieces of `material` numbered after that list */
export function adoptMaterial(
  sources: readonly EditSource[],
  material: Pick<Material, "sources" | "pieces">,
): { readonly sources: readonly EditSource[]; readonly pieces: readonly Piece[] } {
  const adopted = [...sources];
  const places = new Map(material.sources.map((source, number) => [number, placeOf(adopted, source)]));
  return { sources: adopted, pieces: renumbered(material.pieces, places) };
}

/** The number of the source in the list, to which it is added if it is new. */
function placeOf(sources: EditSource[], { path, frames }: EditSource): number {
  const place = sources.findIndex((source) => source.path === path && source.frames === frames);
  return place >= 0 ? place : sources.push({ path, frames }) - 1;
}

function renumbered(pieces: readonly Piece[], places: ReadonlyMap<number, number>): readonly Piece[] {
  if ([...places].every(([number, place]) => number === place)) return pieces;
  return pieces.map(({ frames, layers }) => ({
    frames,
    layers: layers.map((layer) =>
      layer.source < 0 ? layer : { ...layer, source: places.get(layer.source)! },
    ),
  }));
}
