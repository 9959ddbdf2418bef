/** Writes the stems of the demo album: the same bytes every time, and only if they are out of date. */
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { writeFileAtomically } from "../../src/audio/atomicFile.js";
import { WavWriter } from "../../src/audio/wavWriter.js";
import type { Part, Song } from "./song.js";
import { firstLight } from "./songs/firstLight.js";
import { nightDrive } from "./songs/nightDrive.js";
import { overdrive } from "./songs/overdrive.js";
import { Stem } from "./stem.js";

export const SONGS: readonly Song[] = [firstLight, nightDrive, overdrive];

/** Says which edition of the music the stems hold; written last, so that it never speaks of half an album. */
const STAMP_FILE = ".composed";

/**
 * Composes all songs into `<folder>/stems/<song>/<part>.wav`, unless they are there in this edition.
 * @param edition changes whenever the music or its instruments do
 * @param onSong hears of each song once its stems are written
 * @returns whether anything was composed
 * @throws FileWriteError
 */
export function composeAlbum(folder: string, edition: string, onSong: (song: Song) => void): boolean {
  const stamp = join(folder, "stems", STAMP_FILE);
  if (isUpToDate(folder, stamp, edition)) return false;
  rmSync(stamp, { force: true });
  for (const song of SONGS) {
    mkdirSync(join(folder, "stems", song.folder), { recursive: true });
    for (const [name, part] of Object.entries(song.parts)) {
      writeStem(join(folder, stemPath(song, name)), composeStem(song, part));
    }
    onSong(song);
  }
  writeFileAtomically(stamp, `${edition}\n`);
  return true;
}

/** Where a stem lies below the album's folder, with `/`. */
export function stemPath(song: Song, part: string): string {
  return `stems/${song.folder}/${part}.wav`;
}

/** @param seconds of the song's beginning; without it, the whole */
export function composeStem(song: Song, part: Part, seconds = song.seconds): Stem {
  const stem = new Stem(song.sampleRate, Math.round(seconds * song.sampleRate), part.channels);
  part.compose(stem);
  stem.finish();
  return stem;
}

function writeStem(path: string, stem: Stem): void {
  const writer = WavWriter.create(path, {
    sampleRate: stem.sampleRate,
    channels: stem.channels.length,
    layout: "s24",
  });
  writer.write(stem.to24Bit());
  writer.finish();
}

function isUpToDate(folder: string, stamp: string, edition: string): boolean {
  const areComplete = SONGS.every((song) =>
    Object.keys(song.parts).every((part) => existsSync(join(folder, stemPath(song, part)))),
  );
  return areComplete && existsSync(stamp) && readFileSync(stamp, "utf8").trim() === edition;
}
