/** Gestures on the songs of an album as changes of its text. */
import type { AlbumView, EditRequest } from "../../src/protocol/albumProtocol.js";

/** Number keys of a song that are edited in place; at their defaults they leave the text. */
const DEFAULTS = { loudness: 0, gap: 2, fadeIn: 0, fadeOut: 0 } as const;
export type SongQuantity = keyof typeof DEFAULTS;

const NAMES: Readonly<Record<SongQuantity, string>> = {
  loudness: "Loudness",
  gap: "Gap",
  fadeIn: "Fade in",
  fadeOut: "Fade out",
};

export function setQuantity(album: AlbumView, song: number, key: SongQuantity, value: number): EditRequest {
  return {
    label: `${NAMES[key]} of ${album.songs[song]!.title}`,
    changes: [
      { type: "set", path: ["songs", song, key], value: value === DEFAULTS[key] ? undefined : value },
    ],
  };
}

export function rename(album: AlbumView, song: number, title: string): EditRequest {
  return {
    label: `Rename ${album.songs[song]!.title}`,
    changes: [{ type: "set", path: ["songs", song, "title"], value: title }],
  };
}

/** @param to position afterwards */
export function moveSong(album: AlbumView, from: number, to: number): EditRequest {
  return {
    label: `Move ${album.songs[from]!.title}`,
    changes: [{ type: "move", path: ["songs"], from, to }],
  };
}

export function removeSong(album: AlbumView, song: number): EditRequest {
  return {
    label: `Remove ${album.songs[song]!.title}`,
    changes: [{ type: "set", path: ["songs", song], value: undefined }],
  };
}
