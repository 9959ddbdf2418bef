import type { AlbumState, SongOverview, SongResult } from "../../src/protocol/albumProtocol.js";

/** A song before and after mastering, as far as it is known. */
export interface SongSides {
  readonly before: SongOverview | undefined;
  readonly after: SongOverview | undefined;
  readonly result: SongResult | undefined;
}

/** @param song position on the album, from 0 */
export function songSides({ sources, masters }: AlbumState, song: number): SongSides {
  const result = masters?.result.songs[song];
  const source = sources[song];
  return {
    before: source?.kind === "measured" ? source.overview : result?.before,
    after: result?.after,
    result,
  };
}

export function isMeasuring({ sources }: AlbumState): boolean {
  return sources.some(({ kind }) => kind === "measuring");
}
