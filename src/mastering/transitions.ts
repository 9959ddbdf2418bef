/** How loud a song ends and the next begins: what a listener hears where the album goes over. */
import { integratedLoudness } from "../engine/gating.js";
import { loudnessToEnergy, lufs } from "../units/loudness.js";
import { clock, level, type Table } from "./table.js";

export interface Transition {
  /** Position of the first of both songs, from 0. */
  readonly from: number;
  /** Gated loudness of the last seconds of its sound, and of the first of the next song's, LUFS. */
  readonly end: number | null;
  readonly start: number | null;
  /** LU; positive: the next song begins louder. */
  readonly jump: number | null;
  /** Silence between both, seconds. */
  readonly silence: number;
}

/** Seconds on either side. */
const SPAN = 8;
/** LU: more than that makes people reach for the volume. */
export const LARGEST_JUMP = 9;
/** Seconds of pause after which nobody compares any more. */
const LONGEST_SILENCE = 8;
const STEPS_PER_SECOND = 10;
const SILENCE = loudnessToEnergy(lufs(-70));

/** @param songs energies of the 400 ms blocks of each master, 100 ms apart; absent where there is none */
export function transitions(songs: readonly (Float64Array | undefined)[]): Transition[] {
  return songs.slice(1).flatMap((next, from): Transition[] => {
    const energies = songs[from];
    if (!energies || !next) return [];
    const last = energies.findLastIndex((energy) => energy > SILENCE) + 1;
    const first = Math.max(
      0,
      next.findIndex((energy) => energy > SILENCE),
    );
    const count = SPAN * STEPS_PER_SECOND;
    const end = integratedLoudness([energies.subarray(Math.max(0, last - count), last)]);
    const start = integratedLoudness([next.subarray(first, first + count)]);
    const jump = end === null || start === null ? null : start - end;
    const silence = Math.max(0, energies.length - last + first) / STEPS_PER_SECOND;
    return [{ from, end, start, jump, silence }];
  });
}

/** What is worth knowing of the way into song `song`, if anything. @param titles of the songs */
export function transitionNotes(
  all: readonly Transition[],
  song: number,
  titles: readonly string[],
): string[] {
  const into = all.find(({ from }) => from === song - 1);
  if (!into || into.jump === null || into.silence > LONGEST_SILENCE) return [];
  if (Math.abs(into.jump) <= LARGEST_JUMP) return [];
  const way = into.jump > 0 ? "louder" : "quieter";
  return [
    `It begins ${level(Math.abs(into.jump))} LU ${way} than "${titles[song - 1] ?? ""}" ends. If that is not meant, a longer gap or a fade makes it easier on the ear.`,
  ];
}

export function transitionTable(all: readonly Transition[], titles: readonly string[]): Table {
  return {
    header: ["Transition", "Ends LUFS", "Pause", "Begins LUFS", "Jump LU"],
    rows: all.map(({ from, end, start, jump, silence }) => [
      `${titles[from] ?? ""} → ${titles[from + 1] ?? ""}`,
      level(end),
      clock(silence, 1),
      level(start),
      level(jump),
    ]),
    isNumeric: (column) => column > 0,
  };
}
