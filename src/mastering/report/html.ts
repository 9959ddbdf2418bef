/**
 * The report as one page for a client: figures, loudness over the album, tone, services, quality and files. It has
 * everything inside, no script and no address of elsewhere, and is the same text for the same release.
 */
import type { AlbumDocument } from "../../session/albumDocument.js";
import { loudnessChart, toneChart } from "./charts.js";
import { escaped } from "./escaped.js";
import { notesOf, qualityOf } from "./notes.js";
import type { AlbumResult } from "../results.js";
import { transitionTable } from "../transitions.js";
import { level, serviceTable, songTable, type Table } from "../table.js";

export function reportHtml(result: AlbumResult, album: AlbumDocument): string {
  const { target } = album;
  const notes = result.songs.flatMap(notesOf);
  const quality = result.songs.flatMap(qualityOf);
  const joins = result.transitions;
  const titles = result.songs.map(({ title }) => title);
  const files = [...result.songs.flatMap(({ deliveries }) => deliveries), ...result.images];
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(result.title)}: mastering report</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<h1>${escaped(result.title)}</h1>
<p>${escaped([album.artist ?? "", album.year === undefined ? "" : String(album.year)].filter(Boolean).join(", "))}</p>
<dl>
${figure("Loudness", `${level(result.before.integrated)} → ${level(result.after.integrated)} LUFS`)}
${figure("Spread of songs", `${level(result.before.spread)} → ${level(result.after.spread)} LU`)}
${figure("Highest true peak", `${level(highestPeak(result), 2)} dBTP`)}
${figure("Target", `${level(target.loudness)} LUFS, ${target.mode}, ceiling ${level(target.truePeak)} dBTP`)}
</dl>
</header>
${section("Loudness", `${loudnessChart(result, target.loudness)}${tableHtml(songTable(result))}`)}
${result.tone ? section("Tone", toneChart(result)) : ""}
${section("What services do to it", tableHtml(serviceTable(result)))}
${joins.length > 0 ? section("Transitions", tableHtml(transitionTable(joins, titles))) : ""}
${quality.length > 0 ? section("Quality control", listHtml(quality)) : ""}
${notes.length > 0 ? section("Notes", listHtml(notes)) : ""}
${section("Files", tableHtml(fileTable(files)))}
<footer>Integrated loudness and loudness range after ITU-R BS.1770-5 and EBU Tech 3341/3342, true peak at eight times the sample rate or more, measured from the written files. Made by Headroom.</footer>
</body>
</html>
`;
}

const section = (title: string, content: string): string =>
  `<section>\n<h2>${escaped(title)}</h2>\n${content}\n</section>`;

const figure = (name: string, value: string): string =>
  `<div><dt>${escaped(name)}</dt><dd>${escaped(value)}</dd></div>`;

const listHtml = (lines: readonly string[]): string =>
  `<ul>${lines.map((line) => `<li>${escaped(line)}</li>`).join("")}</ul>`;

function tableHtml({ header, rows, isNumeric }: Table): string {
  const cell = (tag: string, text: string, column: number): string =>
    `<${tag}${isNumeric(column) ? ' class="number"' : ""}>${escaped(text)}</${tag}>`;
  const line = (tag: string, cells: readonly string[]): string =>
    `<tr>${cells.map((text, column) => cell(tag, text, column)).join("")}</tr>`;
  return `<div class="scroll"><table><thead>${line("th", header)}</thead><tbody>${rows.map((row) => line("td", row)).join("\n")}</tbody></table></div>`;
}

function fileTable(files: AlbumResult["images"]): Table {
  return {
    header: ["File", "MB", "LUFS", "dBTP", "SHA-256"],
    rows: files.map(({ file, bytes, integrated, truePeak, sha256 }) => [
      file,
      (bytes / 1e6).toFixed(1),
      level(integrated),
      level(truePeak, 2),
      sha256,
    ]),
    isNumeric: (column) => column > 0 && column < 4,
  };
}

function highestPeak({ songs }: AlbumResult): number | null {
  const peaks = songs.flatMap(({ after }) => after?.loudness.truePeak ?? []);
  return peaks.length === 0 ? null : Math.max(...peaks);
}

const STYLE = `
:root { color-scheme: light dark; --text: #1c2128; --quiet: #66707c; --line: #d9dee4; --page: #ffffff; --before: #a3acb6; --after: #1f6feb; --aim: #b08800; --band: #f3f5f8; }
@media (prefers-color-scheme: dark) { :root { --text: #e6eaef; --quiet: #96a0ac; --line: #333a43; --page: #15181d; --before: #66707c; --after: #58a6ff; --aim: #d7a521; --band: #1c2127; } }
body { max-width: 1120px; margin: 0 auto; padding: 32px 28px 48px; color: var(--text); background: var(--page); font: 15px/1.5 system-ui, sans-serif; }
h1 { margin: 0; font-size: 2em; line-height: 1.2; }
h2 { margin: 36px 0 8px; font-size: 1.15em; }
header p { margin: 2px 0 0; color: var(--quiet); }
dl { display: flex; flex-wrap: wrap; gap: 8px 40px; margin: 18px 0 0; }
dt { color: var(--quiet); font-size: 0.85em; }
dd { margin: 0; font-size: 1.1em; font-variant-numeric: tabular-nums; }
.scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-size: 0.92em; font-variant-numeric: tabular-nums; }
th, td { padding: 5px 10px 5px 0; border-bottom: 1px solid var(--line); text-align: left; white-space: nowrap; }
th { color: var(--quiet); font-weight: normal; }
th.number, td.number { padding: 5px 0 5px 10px; text-align: right; }
td:last-child:not(.number) { max-width: 260px; overflow: hidden; text-overflow: ellipsis; }
th.number + th:not(.number), td.number + td:not(.number) { padding-left: 16px; }
ul { margin: 0; padding-left: 18px; }
svg { display: block; width: 100%; height: auto; margin: 6px 0 14px; }
svg text { fill: var(--quiet); font: 11px system-ui, sans-serif; }
.legend { margin: 0; color: var(--quiet); font-size: 0.85em; }
.key { display: inline-block; width: 16px; margin: 0 6px 0 12px; border-top: 2px solid; vertical-align: middle; }
footer { margin-top: 40px; color: var(--quiet); font-size: 0.85em; }
@media print { body { max-width: none; padding: 0; } section { break-inside: avoid; } }
`.trim();
