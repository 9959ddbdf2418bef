/**
 * `*.album.lock.json`: what the last release was, song by song, for git. It has no times and no absolute paths, and its
 * figures have fixed decimals, so that the same release is the same text.
 */
import type { AlbumDocument } from "../../session/albumDocument.js";
import type { AlbumResult, DeliveredFile, SongResult } from "../results.js";

/** @returns where the lock file of the album document at `path` lies */
export const lockPath = (path: string): string => path.replace(/\.json$/, "") + ".lock.json";

export function lockText(result: AlbumResult, { target }: AlbumDocument): string {
  const value = {
    headroom: 1,
    target: { loudness: target.loudness, mode: target.mode, truePeak: target.truePeak },
    album: { integrated: fixed(result.after.integrated), spread: fixed(result.after.spread) },
    songs: result.songs.map(lockedSong),
    ...(result.images.length > 0 && { images: hashes(result.images) }),
  };
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

function lockedSong({
  title,
  before,
  after,
  gain,
  targetLoudness,
  gainReductionP95,
  ...song
}: SongResult): object {
  return {
    title,
    source: before?.source ?? null,
    sourceIntegrated: fixed(before?.loudness.integrated),
    target: fixed(targetLoudness),
    gain: fixed(gain),
    limiter: fixed(gainReductionP95),
    integrated: fixed(after?.loudness.integrated),
    truePeak: fixed(after?.loudness.truePeak),
    ...(song.error && { error: song.error.message }),
    files: hashes(song.deliveries),
  };
}

/** By name, sorted. */
function hashes(files: readonly DeliveredFile[]): Readonly<Record<string, string>> {
  const sorted = files.toSorted((a, b) => (a.file < b.file ? -1 : 1));
  return Object.fromEntries(sorted.map(({ file, sha256 }) => [file, `sha256-${sha256}`]));
}

/** Two decimals, as text: numbers would lose their last zero. */
const fixed = (value: number | null | undefined): string | null =>
  value === null || value === undefined ? null : value.toFixed(2);
