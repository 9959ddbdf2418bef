/** What has been measured of files, as a Markdown document: every value with its unit. */
import { basename } from "node:path";
import { markdownTable } from "../../mastering/table.js";
import { gain, gainToDb } from "../../units/decibels.js";
import * as format from "../../viewmodel/formats.js";
import type { MeasuredAudio } from "./audioJobs.js";

export interface MeasuredRow extends MeasuredAudio {
  readonly path: string;
}

type Column = readonly [heading: string, cell: (row: MeasuredRow) => string];

const COLUMNS: readonly Column[] = [
  ["Format", ({ facts }) => formatOf(facts)],
  ["Length", ({ measurement: m }) => format.formatTime(m.duration)],
  ["Integrated loudness", ({ measurement: m }) => format.formatLufs(m.integrated)],
  ["Short-term maximum", ({ measurement: m }) => format.formatLufs(m.shortTermMax)],
  ["Momentary maximum", ({ measurement: m }) => format.formatLufs(m.momentaryMax)],
  ["Loudness range", ({ measurement: m }) => format.formatLu(m.lra)],
  ["True peak", ({ measurement: m }) => format.formatTruePeak(m.truePeak)],
  ["Sample peak", ({ measurement: m }) => format.formatLevel(m.samplePeak)],
  ["Peak to loudness (PLR)", ({ measurement: m }) => format.formatRatio(m.plr)],
  ["Crest factor", ({ measurement: m }) => format.formatRatio(m.crest)],
  [
    "DC offset",
    ({ measurement: m }) => (m.dcOffset === 0 ? "none" : format.formatLevel(gainToDb(gain(m.dcOffset)))),
  ],
  ["Correlation", ({ measurement: m }) => format.formatNumber(m.correlation, 2)],
];

/** `WAV, PCM 24-bit, 48 kHz, stereo` */
export function formatOf({ container, codec, sampleRate, channels }: MeasuredRow["facts"]): string {
  const layout = channels === 1 ? "mono" : channels === 2 ? "stereo" : `${channels} channels`;
  return [container, codec, format.formatSampleRate(sampleRate), layout].join(", ");
}

/** One file: a row per value. Several: a row per file. */
export function loudnessDocument(rows: readonly MeasuredRow[], failures: readonly string[] = []): string {
  const [only] = rows;
  const table =
    rows.length === 1 && only
      ? markdownTable({
          header: ["", escaped(basename(only.path))],
          rows: COLUMNS.map(([heading, cell]) => [heading, cell(only)]),
          isNumeric: (column) => column > 0,
        })
      : markdownTable({
          header: ["File", ...COLUMNS.map(([heading]) => heading)],
          rows: rows.map((row) => [escaped(basename(row.path)), ...COLUMNS.map(([, cell]) => cell(row))]),
          isNumeric: (column) => column > 1,
        });
  const warnings = rows.flatMap(({ path, warnings }) => warnings.map((each) => `${basename(path)}: ${each}`));
  const notes = [...failures, ...warnings].map((each) => `- ${escaped(each)}`);
  return [
    "# Loudness",
    ...(rows.length > 0 ? [table] : []),
    ...(notes.length > 0 ? [notes.join("\n")] : []),
    "Loudness after ITU-R BS.1770-5, loudness range after EBU Tech 3342; a mono file counts as one channel.",
  ].join("\n\n");
}

/** `a.wav: -14.0 LUFS, true peak -1.00 dBTP, loudness range 5.2 LU` */
export function loudnessSentence({ path, measurement: m }: MeasuredRow): string {
  const peak = `true peak ${format.formatTruePeak(m.truePeak)}`;
  return `${basename(path)}: ${format.formatLufs(m.integrated)}, ${peak}, loudness range ${format.formatLu(m.lra)}.`;
}

/** Text in which nothing is Markdown. */
export function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+!<>&]/g, (mark) =>
    mark === "<" ? "&lt;" : mark === "&" ? "&amp;" : `\\${mark}`,
  );
}
