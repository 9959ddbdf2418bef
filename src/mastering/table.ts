/** The result as a table of texts, for the terminal and for the report. */
import type { AlbumResult, SongOverview, SongResult } from "./results.js";

export interface Table {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Columns of numbers stand flush right. */
  readonly isNumeric: (column: number) => boolean;
}

/** `-14.02`; `n/a` where there is no value. */
export function level(value: number | null | undefined, digits = 1): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return "n/a";
  const text = value.toFixed(digits);
  return Number(text) === 0 ? text.replace("-", "") : text;
}

/** `3:05`; with digits `3:05.2`. */
export function clock(seconds: number, digits = 0): string {
  const rounded = Number(seconds.toFixed(digits));
  const rest = (rounded % 60).toFixed(digits).padStart(digits > 0 ? 3 + digits : 2, "0");
  return `${Math.floor(rounded / 60)}:${rest}`;
}

/** One row per song, and one for the album. */
export function songTable({ songs, before, after }: AlbumResult): Table {
  return {
    header: [
      "#",
      "Song",
      "Length",
      "Before LUFS",
      "dBTP",
      "Gain dB",
      "GR p95 dB",
      "After LUFS",
      "dBTP",
      "LRA LU",
    ],
    rows: [
      ...songs.map(songRow),
      ["", "Album", "", level(before.integrated), "", "", "", level(after.integrated), "", ""],
      ["", "Spread (LU)", "", level(before.spread), "", "", "", level(after.spread), "", ""],
    ],
    isNumeric: (column) => column !== 1,
  };
}

/** One row per service that normalises. */
export function serviceTable({ services }: AlbumResult): Table {
  return {
    header: ["Service", "Plays at LUFS", "Album gain dB", "Song gains dB", "Held back"],
    rows: services.map(({ label, level: playback, albumGain, songs }) => {
      const gains = songs.flatMap(({ gain }) => gain ?? []);
      const held = songs.filter(({ isHeldBack }) => isHeldBack).length;
      return [
        label,
        level(playback),
        level(albumGain),
        gains.length === 0 ? "n/a" : `${level(Math.min(...gains))} to ${level(Math.max(...gains))}`,
        held === 0 ? "none" : `${held} by their peaks`,
      ];
    }),
    isNumeric: (column) => column > 0 && column < 4,
  };
}

function songRow({ index, title, before, after, gain, gainReductionP95, error }: SongResult): string[] {
  const length = after ?? before;
  return [
    String(index + 1),
    title,
    length ? clock(length.duration) : "n/a",
    ...loudnessCells(before),
    ...(error || !after
      ? ["failed", "", "", "", ""]
      : [gain.toFixed(1), gainReductionP95.toFixed(1), ...loudnessCells(after), level(after.loudness.lra)]),
  ];
}

function loudnessCells(overview: SongOverview | undefined): [integrated: string, truePeak: string] {
  return [level(overview?.loudness.integrated), level(overview?.loudness.truePeak, 2)];
}

/** For a terminal: columns as wide as their widest cell. */
export function plainTable({ header, rows, isNumeric }: Table): string {
  const widths = header.map((_, column) => Math.max(...[header, ...rows].map((row) => row[column]!.length)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, i) => (isNumeric(i) ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!)))
      .join("  ")
      .trimEnd();
  return [line(header), widths.map((width) => "-".repeat(width)).join("  "), ...rows.map(line)].join("\n");
}

export function markdownTable({ header, rows, isNumeric }: Table): string {
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(header), line(header.map((_, i) => (isNumeric(i) ? "---:" : "---"))), ...rows.map(line)].join(
    "\n",
  );
}
