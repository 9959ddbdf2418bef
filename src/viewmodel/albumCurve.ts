/** The short-term loudness of all songs, one after the other, as series over the album's time. */

/** A song's part of the curve. */
export interface CurveSong {
  readonly title: string;
  /** Seconds; 0 while it is not known. */
  readonly duration: number;
  /** Silence that follows, seconds. */
  readonly gap: number;
  /** LUFS once a second, of the source and of the master; empty while they are not known. */
  readonly before: readonly (number | null)[];
  readonly after: readonly (number | null)[];
}

/** Where a song lies on the album, seconds. */
export interface SongSpan {
  readonly title: string;
  readonly start: number;
  readonly end: number;
}

export interface AlbumCurve {
  /** Seconds from the start of the album, increasing. */
  readonly times: number[];
  /** LUFS at `times`; `null` breaks the line. */
  readonly before: (number | null)[];
  readonly after: (number | null)[];
  readonly spans: readonly SongSpan[];
}

/**
 * Lays the songs out in order. Value `i` of a song belongs to the 3 s that end `i + 1` seconds
 * after its start. The line breaks between songs; the last song's gap does not count.
 */
export function albumCurve(songs: readonly CurveSong[]): AlbumCurve {
  const curve = { times: [] as number[], before: [] as (number | null)[], after: [] as (number | null)[] };
  const spans: SongSpan[] = [];
  let start = 0;
  for (const { title, duration, gap, before, after } of songs) {
    const count = Math.min(Math.max(before.length, after.length), Math.floor(duration));
    for (let i = 0; i < count; i++) {
      curve.times.push(start + i + 1);
      curve.before.push(before[i] ?? null);
      curve.after.push(after[i] ?? null);
    }
    const end = start + duration;
    spans.push({ title, start, end });
    if (count > 0) {
      // A value of neither: it breaks the lines, even where the next song follows at once.
      curve.times.push(start + count + 0.5);
      curve.before.push(null);
      curve.after.push(null);
    }
    start = end + Math.max(0, gap);
  }
  return { ...curve, spans };
}

/** Position of the song that sounds at `time` (seconds), its gap included; -1 if there are no songs. */
export function songAt(spans: readonly SongSpan[], time: number): number {
  return spans.findLastIndex(({ start }, i) => i === 0 || start <= time);
}
