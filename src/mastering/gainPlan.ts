/**
 * How loud each song of the album is to become. Pure arithmetic on measurements; the limiter
 * comes later and may stop a song short of it (see solveGain.ts).
 */
import { median } from "../units/median.js";

/** What the plan needs to know of a song after its chain. */
export interface PlannedSong {
  /** LUFS; `null` if the song is silent or too short to be measured. */
  readonly integrated: number | null;
  /** Loudness of its loud parts, LUFS (see {@link loudPartLoudness} in loudPart.ts). */
  readonly loudPart: number | null;
  /** The song's own offset in the document, LU. */
  readonly offset: number;
}

export type AlbumMode = "track" | "album" | "preserve";

/**
 * How far the loud part of a song may stand from the album's median, LU, before its gain
 * brings it there: songs keep some of their differences, none falls out.
 */
export const COHERENCE_RANGE = 0.75;

/**
 * @param target LUFS: of every song (`track`), or of the loudest one (`album`, `preserve`)
 * @returns the integrated loudness each song is to reach, LUFS; `null` for a song without one
 */
export function planLoudness(
  songs: readonly PlannedSong[],
  mode: AlbumMode,
  target: number,
): (number | null)[] {
  if (mode === "track")
    return songs.map(({ integrated, offset }) => (integrated === null ? null : target + offset));
  const middle = median(songs.flatMap(({ loudPart }) => loudPart ?? [])) ?? 0;
  const relative = songs.map((song) => {
    if (song.integrated === null) return null;
    if (mode === "preserve" || song.loudPart === null) return song.integrated + song.offset;
    const deviation = song.loudPart - middle;
    const kept = Math.min(COHERENCE_RANGE, Math.max(-COHERENCE_RANGE, deviation));
    return song.integrated - deviation + kept + song.offset;
  });
  const loudest = Math.max(...relative.map((loudness) => loudness ?? -Infinity));
  return relative.map((loudness) => (loudness === null ? null : loudness - loudest + target));
}
