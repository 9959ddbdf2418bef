/**
 * Cue sheets. Order and spelling of the commands as common burning programs read them: CATALOG of 13 digits, ISRC of
 * 12 characters without hyphens, before the INDEX of its track; a quote cannot be escaped.
 */
import type { AlbumDocument } from "../../session/albumDocument.js";
import type { AlbumResult } from "../results.js";
import { CD_FRAMES } from "./deliverImage.js";

/** Of the first set of files: one FILE a song, gaps included in the files. */
export function cueSheet({ songs }: AlbumResult, album: AlbumDocument): string {
  const lines = head(album);
  for (const { index, title, files } of songs) {
    if (!files[0]) continue;
    lines.push(
      `FILE ${quoted(files[0])} ${fileType(files[0])}`,
      ...track(index, title, album),
      "    INDEX 01 00:00:00",
    );
  }
  return `${lines.join("\n")}\n`;
}

export interface CueImage {
  /** Name of the file, beside the sheet. */
  readonly file: string;
  /** Hz. */
  readonly sampleRate: number;
  /** By song, its first frame. */
  readonly starts: readonly number[];
}

/** Of one file of the whole album: INDEX 00 where the gap before a song begins, INDEX 01 where the song does. */
export function imageCueSheet({ file, sampleRate, starts }: CueImage, album: AlbumDocument): string {
  const lines = [...head(album), `FILE ${quoted(file)} ${fileType(file)}`];
  album.songs.forEach(({ title }, song) => {
    const start = starts[song]!;
    const gap = song === 0 ? 0 : album.songs[song - 1]!.gap;
    lines.push(...track(song, title, album));
    if (gap > 0) lines.push(`    INDEX 00 ${cdTime(start / sampleRate - gap)}`);
    lines.push(`    INDEX 01 ${cdTime(start / sampleRate)}`);
  });
  return `${lines.join("\n")}\n`;
}

function head(album: AlbumDocument): string[] {
  return [
    ...(album.upc ? [`CATALOG ${album.upc.padStart(13, "0")}`] : []),
    ...(album.genre ? [`REM GENRE ${quoted(album.genre)}`] : []),
    ...(album.year === undefined ? [] : [`REM DATE ${album.year}`]),
    ...(album.artist ? [`PERFORMER ${quoted(album.artist)}`] : []),
    `TITLE ${quoted(album.title)}`,
  ];
}

function track(song: number, title: string, album: AlbumDocument): string[] {
  const { isrc, artist, composer } = album.songs[song]!;
  return [
    `  TRACK ${String(song + 1).padStart(2, "0")} AUDIO`,
    `    TITLE ${quoted(title)}`,
    ...((artist ?? album.artist) ? [`    PERFORMER ${quoted((artist ?? album.artist)!)}`] : []),
    ...(composer ? [`    SONGWRITER ${quoted(composer)}`] : []),
    ...(isrc ? [`    ISRC ${isrc.replaceAll("-", "")}`] : []),
  ];
}

/** `MM:SS:FF`, FF of 75 in a second. */
function cdTime(seconds: number): string {
  const frames = Math.max(0, Math.round(seconds * CD_FRAMES));
  const two = (value: number): string => String(value).padStart(2, "0");
  return [Math.floor(frames / CD_FRAMES / 60), Math.floor(frames / CD_FRAMES) % 60, frames % CD_FRAMES]
    .map(two)
    .join(":");
}

const fileType = (file: string): string => (file.endsWith(".mp3") ? "MP3" : "WAVE");
const quoted = (text: string): string => `"${text.replaceAll('"', "'")}"`;
