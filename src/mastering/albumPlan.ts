/** What Master Album would do with each song, for `--plan`. */
import type { AlbumDocument } from "../session/albumDocument.js";
import type { MeasuredSong } from "./incremental/songCache.js";
import { LARGEST_GAIN } from "./solveGain.js";
import { clock, level, type Table } from "./table.js";
import { matchedLoudness, type TonePlan } from "./tone/planTone.js";

export interface PlannedSongResult {
  readonly index: number;
  readonly title: string;
  /** Seconds; `null` if the song cannot be read. */
  readonly duration: number | null;
  /** LUFS: of the source, and after the chain of the whole song and of its loud part. */
  readonly source: number | null;
  readonly integrated: number | null;
  readonly loudPart: number | null;
  /** The song's own, LU. */
  readonly offset: number;
  /** LUFS. */
  readonly target: number | null;
  /** Gain that is needed if the limiter takes nothing, dB. */
  readonly gain: number | null;
  /** By how much the highest sample would then be over the ceiling, dB: what the limiter has to take of it. */
  readonly over: number | null;
  /** Why it becomes as loud as that. */
  readonly reason: string;
  readonly notes: readonly string[];
}

export interface AlbumPlan {
  readonly title: string;
  readonly songs: readonly PlannedSongResult[];
}

/** @param measured by song; `undefined` for those that cannot be read */
export function albumPlan(
  album: AlbumDocument,
  measured: readonly (MeasuredSong | undefined)[],
  tone: TonePlan,
  targets: readonly (number | null)[],
): AlbumPlan {
  const songs = album.songs.map(({ title, loudness }, index): PlannedSongResult => {
    const song = measured[index];
    const { integrated, loudPart } = matchedLoudness(song, tone.songs[index]!);
    const { notes } = tone.songs[index]!;
    const target = targets[index] ?? null;
    const gain = target === null || integrated === null ? null : Math.min(target - integrated, LARGEST_GAIN);
    const over =
      gain === null || song?.peak == null ? null : Math.max(0, song.peak + gain - album.target.truePeak);
    return {
      ...{ index, title, offset: loudness, integrated, loudPart, target, gain, over, notes },
      duration: song?.before.duration ?? null,
      source: song?.before.loudness.integrated ?? null,
      reason: song ? reasonOf(album, loudness) : "It cannot be read.",
    };
  });
  return { title: album.title, songs };
}

function reasonOf({ target: { mode, loudness } }: AlbumDocument, offset: number): string {
  const own = offset === 0 ? "" : `, ${offset > 0 ? "+" : ""}${offset} LU of its own`;
  const target = `${loudness.toFixed(1)} LUFS`;
  if (mode === "track") return `Every song at ${target}${own}.`;
  if (mode === "preserve") return `One gain for all, the loudest song at ${target}${own}.`;
  return `Loud parts within 0.75 LU of the median, the loudest song at ${target}${own}.`;
}

export function planTable({ songs }: AlbumPlan): Table {
  return {
    header: [
      "#",
      "Song",
      "Length",
      "Source LUFS",
      "Chain LUFS",
      "Loud part",
      "Offset LU",
      "Target LUFS",
      "Gain dB",
      "Over dB",
      "Why",
    ],
    rows: songs.map((song) => [
      String(song.index + 1),
      song.title,
      song.duration === null ? "n/a" : clock(song.duration),
      ...[song.source, song.integrated, song.loudPart, song.offset, song.target, song.gain, song.over].map(
        (value) => level(value),
      ),
      song.reason,
    ]),
    isNumeric: (column) => column !== 1 && column !== 10,
  };
}
