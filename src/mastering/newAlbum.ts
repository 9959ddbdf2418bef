/** A new album document from the songs of a folder. */
import { existsSync, readdirSync } from "node:fs";
import { basename, extname, join, resolve } from "node:path";
import { isAudioFile } from "../audio/audioNames.js";
import { writeFileAtomically } from "../audio/atomicFile.js";
import { newAlbumText } from "../session/newAlbum.js";
import type { MasteringPresetName } from "../session/presets/masteringChains.js";
import { relativeName } from "./audioFilesOf.js";
import { isMixDocument } from "./readSong.js";

export const ALBUM_NAME = "record.album.json";

export interface NewAlbumInput {
  readonly folder: string;
  /** The document to write. */
  readonly output: string;
  readonly title?: string | undefined;
  readonly preset: MasteringPresetName;
}

/**
 * Lists the mix sessions of a folder; if it has none, its audio files, each in the order of the names.
 * @returns number of songs
 * @throws Error if there is no song, or if `output` exists already
 */
export function newAlbum({ folder, output, title, preset }: NewAlbumInput): number {
  if (existsSync(output))
    throw new Error(`${output}: there is a file of this name already. Choose another name.`);
  const names = readdirSync(folder)
    .filter((name) => !name.startsWith("."))
    .toSorted(new Intl.Collator("en", { numeric: true }).compare);
  const sessions = names.filter(isMixDocument);
  const songs = sessions.length > 0 ? sessions : names.filter(isAudioFile);
  if (songs.length === 0) {
    throw new Error(`${folder}: there is no song here. Put mix sessions (*.mix.json) or audio files there.`);
  }
  const text = newAlbumText({
    title: title ?? basename(resolve(folder)),
    preset,
    songs: songs.map((name) => ({
      title: songTitle(name),
      source: relativeName(join(folder, name), output),
    })),
  });
  writeFileAtomically(output, text);
  return songs.length;
}

/** "01 First Light.wav" becomes "First Light". */
export function songTitle(name: string): string {
  const bare = isMixDocument(name) ? name.slice(0, -".mix.json".length) : basename(name, extname(name));
  const title = bare
    .replace(/[_\s]+/g, " ")
    .replace(/^\d+[\s.-]+(?=\S)/, "")
    .trim();
  return title || bare;
}
