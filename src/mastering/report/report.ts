/** The report beside the masters: Markdown and a page for people, JSON for programs; the same bytes for the same release. */
import { basename } from "node:path";
import type { AlbumDocument } from "../../session/albumDocument.js";
import { cueSheet } from "../deliver/cueSheet.js";
import type { AlbumResult } from "../results.js";
import { markdownTable, serviceTable, songTable } from "../table.js";
import { transitionTable } from "../transitions.js";
import { reportHtml } from "./html.js";
import { notesOf, qualityOf } from "./notes.js";

/** Names of the report's files for the album document at `path`. */
export function reportFiles(path: string): {
  readonly markdown: string;
  readonly contents: (result: AlbumResult, album: AlbumDocument) => Record<string, string>;
} {
  const base = basename(path).replace(/\.album\.json$/, "");
  const [markdown, html] = [`${base}.report.md`, `${base}.report.html`];
  const [json, cue] = [`${base}.report.json`, `${base}.cue`];
  return {
    markdown,
    contents: (result, album) => ({
      [markdown]: reportMarkdown(result, album),
      [html]: reportHtml(result, album),
      [json]: reportJson(result, markdown),
      // Without a master, a sheet and sums of an earlier release stay as they are.
      ...(result.songs.some(({ deliveries }) => deliveries.length > 0) && { [cue]: cueSheet(result, album) }),
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
  const titles = result.songs.map(({ title }) => title);
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
    ...(result.transitions.length > 0
      ? ["", "## Transitions", "", markdownTable(transitionTable(result.transitions, titles))]
      : []),
    ...(quality.length > 0 ? ["", "## Quality control", "", ...quality.map((line) => `- ${line}`)] : []),
    ...(notes.length > 0 ? ["", "## Notes", "", ...notes.map((note) => `- ${note}`)] : []),
    "",
  ].join("\n");
}
