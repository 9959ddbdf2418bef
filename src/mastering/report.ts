/** The report beside the masters: Markdown for people, JSON for programs; the same bytes for the same release. */
import { basename } from "node:path";
import type { AlbumDocument } from "../session/albumDocument.js";
import { cueSheet } from "./deliver/cueSheet.js";
import type { AlbumResult, SongResult } from "./results.js";
import type { QualityFinding } from "./quality/checkQuality.js";
import { clock, markdownTable, serviceTable, songTable } from "./table.js";

/** Names of the report's files for the album document at `path`. */
export function reportFiles(path: string): {
  readonly markdown: string;
  readonly contents: (result: AlbumResult, album: AlbumDocument) => Record<string, string>;
} {
  const base = basename(path).replace(/\.album\.json$/, "");
  const [markdown, json, cue] = [`${base}.report.md`, `${base}.report.json`, `${base}.cue`];
  return {
    markdown,
    contents: (result, album) => ({
      [markdown]: reportMarkdown(result, album),
      [json]: reportJson(result, markdown),
      [cue]: cueSheet(result, album),
    }),
  };
}

/** Without what differs from machine to machine or run to run: absolute paths and times. */
function reportJson(result: AlbumResult, markdown: string): string {
  const { seconds: _, ...stable } = { ...result, folder: ".", reportPath: markdown };
  return `${JSON.stringify(stable, undefined, 2)}\n`;
}

function reportMarkdown(result: AlbumResult, { target }: AlbumDocument): string {
  const notes = result.songs.flatMap(notesOf);
  const quality = result.songs.flatMap(qualityOf);
  return [
    `# ${result.title}: mastering report`,
    "",
    `Target ${target.loudness.toFixed(1)} LUFS (mode \`${target.mode}\`), ceiling ${target.truePeak.toFixed(1)} dBTP, limiter gain reduction at most ${target.maxGainReduction.toFixed(1)} dB for 95 % of the time.`,
    "",
    markdownTable(songTable(result)),
    "",
    "Integrated loudness and loudness range after ITU-R BS.1770-5 and EBU Tech 3341/3342 (short-term hop 100 ms), true peak at eight times the sample rate or more; values after mastering are measured from the written files.",
    "",
    "## What services do to it",
    "",
    markdownTable(serviceTable(result)),
    ...(quality.length > 0 ? ["", "## Quality control", "", ...quality.map((line) => `- ${line}`)] : []),
    ...(notes.length > 0 ? ["", "## Notes", "", ...notes.map((note) => `- ${note}`)] : []),
    "",
  ].join("\n");
}

/** What quality control has found, each as `title, source, 1:02.5: sentence`. */
export function qualityOf({ title, quality }: SongResult): string[] {
  const lines = (side: string, findings: readonly QualityFinding[]): string[] =>
    findings.map(({ time, message }) => {
      const where = time === null ? "" : `, ${clock(time, 1)}`;
      return `${title}, ${side}${where}: ${message}`;
    });
  return [...lines("source", quality.before), ...lines("master", quality.after)];
}

/** What a song's listener should know, each as `title: sentence`. */
export function notesOf({ title, warnings, notes, error }: SongResult): string[] {
  const failure = error ? [`not mastered: ${error.message}`] : [];
  return [...failure, ...warnings, ...notes].map((note) => `${title}: ${note}`);
}
