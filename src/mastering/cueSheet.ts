/** The cue sheet of the first delivery set: one FILE per song, gaps included in the files. */
import type { AlbumDocument } from "../session/albumDocument.js";
import type { AlbumResult } from "./results.js";

/**
 * Order and spelling of the commands as common burning programs read them: CATALOG of 13 digits,
 * ISRC of 12 characters without hyphens, before the INDEX of its track; a quote cannot be escaped.
 */
export function cueSheet({ songs }: AlbumResult, album: AlbumDocument): string {
  const lines = [
    ...(album.upc ? [`CATALOG ${album.upc.padStart(13, "0")}`] : []),
    ...(album.artist ? [`PERFORMER ${quoted(album.artist)}`] : []),
    `TITLE ${quoted(album.title)}`,
  ];
  for (const { index, title, files } of songs) {
    const isrc = album.songs[index]?.isrc?.replaceAll("-", "");
    if (!files[0]) continue;
    lines.push(
      `FILE ${quoted(files[0])} WAVE`,
      `  TRACK ${String(index + 1).padStart(2, "0")} AUDIO`,
      `    TITLE ${quoted(title)}`,
      ...(isrc ? [`    ISRC ${isrc}`] : []),
      "    INDEX 01 00:00:00",
    );
  }
  return `${lines.join("\n")}\n`;
}

const quoted = (text: string): string => `"${text.replaceAll('"', "'")}"`;
