/** Drawings of the HTML report, as SVG in the colours of its page. */
import { THIRD_OCTAVES } from "../../engine/thirdOctaves.js";
import { escaped } from "./escaped.js";
import type { AlbumResult, SongResult } from "../results.js";
import { clock } from "../table.js";

const WIDTH = 1120;
/** Of the plot within the drawing. */
const PLOT = { left: 44, right: 1112, top: 24 };

/** LUFS: what is quieter does not stretch the scale. */
const LOUDNESS = { low: -40, high: 0, step: 10 };

/** Short-term loudness over the album: sources dimmed, masters in colour, the target dashed. */
export function loudnessChart({ songs }: AlbumResult, target: number): string {
  const bottom = 260;
  const lengths = songs.map(({ before, after }) => Math.max(before?.duration ?? 0, after?.duration ?? 0));
  const whole = Math.max(
    1,
    lengths.reduce((sum, each) => sum + each, 0),
  );
  const x = (seconds: number): number => PLOT.left + ((PLOT.right - PLOT.left) * seconds) / whole;
  const y = (level: number): number => {
    const { low, high } = LOUDNESS;
    return bottom - ((bottom - PLOT.top) * (Math.min(high, Math.max(low, level)) - low)) / (high - low);
  };
  let start = 0;
  const parts = songs.map((song, i) => {
    const from = start;
    start += lengths[i]!;
    const band = i % 2 === 1 ? "" : rect(x(from), PLOT.top, x(start) - x(from), bottom - PLOT.top);
    const name = `<svg x="${fixed(x(from))}" y="0" width="${fixed(x(start) - x(from))}" height="${PLOT.top}"><text x="4" y="16">${escaped(`${i + 1} ${song.title}`)}</text></svg>`;
    const curve = (side: SongResult["before"], color: string, width: number): string =>
      polyline(
        (side?.shortTerm ?? []).map((level, second) => [
          x(from + second + 1),
          level === null ? null : y(level),
        ]),
        color,
        width,
      );
    return band + name + curve(song.before, "--before", 1) + curve(song.after, "--after", 1.6);
  });
  const levels = steps(LOUDNESS.low, LOUDNESS.high, LOUDNESS.step);
  const grid = levels.map((level) => row(y(level), `${level}`)).join("");
  const aim = line(PLOT.left, y(target), PLOT.right, y(target), "--aim", ' stroke-dasharray="6 5"');
  const end = `<text x="${PLOT.right}" y="${bottom + 16}" text-anchor="end">${clock(whole)}</text><text x="${PLOT.left}" y="${bottom + 16}">0:00, LUFS</text>`;
  return (
    drawing(
      bottom + 22,
      "Short-term loudness of sources and masters over the album",
      parts.join("") + grid + aim + end,
    ) +
    legend([
      ["--before", "Source"],
      ["--after", "Master"],
      ["--aim", "Target"],
    ])
  );
}

/** dB from the album's median. */
const TONE = { low: -12, high: 12, step: 6 };

/** By how much each song's third octaves differ from the album's median, before matching. */
export function toneChart({ songs }: AlbumResult): string {
  const bottom = 220;
  const last = THIRD_OCTAVES.length - 1;
  const x = (band: number): number => PLOT.left + ((PLOT.right - PLOT.left) * band) / last;
  const y = (level: number): number => {
    const { low, high } = TONE;
    return bottom - ((bottom - PLOT.top) * (Math.min(high, Math.max(low, level)) - low)) / (high - low);
  };
  const color = (i: number): string => `hsl(${Math.round((360 * i) / songs.length)} 60% 50%)`;
  const curves = songs.map(({ tone }, i) =>
    polyline(
      (tone?.deviation ?? []).map((level, band) => [x(band), level === null ? null : y(level)]),
      color(i),
      1.6,
    ),
  );
  const grid = steps(TONE.low, TONE.high, TONE.step)
    .map((level) => row(y(level), level > 0 ? `+${level}` : `${level}`))
    .join("");
  const ticks = [31, 63, 125, 250, 500, 1000, 2000, 4000, 8000, 16000].map((hertz) => {
    const at = x(16 + 10 * Math.log10(hertz / 1000));
    const text = hertz < 1000 ? `${hertz} Hz` : `${hertz / 1000} kHz`;
    return `<text x="${fixed(at)}" y="${bottom + 16}" text-anchor="middle">${text}</text>`;
  });
  return (
    drawing(
      bottom + 22,
      "Third octaves of each song against the album's median, dB",
      grid + curves.join("") + ticks.join(""),
    ) + legend(songs.map(({ title }, i) => [color(i), title]))
  );
}

const fixed = (value: number): string => String(Math.round(value * 10) / 10);
const paint = (color: string): string => (color.startsWith("--") ? `var(${color})` : color);

const drawing = (height: number, label: string, content: string): string =>
  `<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escaped(label)}">${content}</svg>`;

const rect = (x: number, y: number, width: number, height: number): string =>
  `<rect x="${fixed(x)}" y="${fixed(y)}" width="${fixed(width)}" height="${fixed(height)}" fill="var(--band)"/>`;

const line = (x1: number, y1: number, x2: number, y2: number, color: string, more = ""): string =>
  `<line x1="${fixed(x1)}" y1="${fixed(y1)}" x2="${fixed(x2)}" y2="${fixed(y2)}" stroke="${paint(color)}"${more}/>`;

/** A line of the grid with its value. */
const row = (y: number, text: string): string =>
  `${line(PLOT.left, y, PLOT.right, y, "--line")}<text x="${PLOT.left - 6}" y="${fixed(y + 4)}" text-anchor="end">${text}</text>`;

/** @param points `null`: nothing there, the line breaks */
function polyline(
  points: readonly (readonly [x: number, y: number | null])[],
  color: string,
  width: number,
): string {
  const runs: string[][] = [[]];
  for (const [x, y] of points) {
    if (y === null) runs.push([]);
    else runs.at(-1)?.push(`${fixed(x)},${fixed(y)}`);
  }
  return runs
    .filter((run) => run.length > 1)
    .map(
      (run) =>
        `<polyline points="${run.join(" ")}" fill="none" stroke="${paint(color)}" stroke-width="${width}" stroke-linejoin="round"/>`,
    )
    .join("");
}

const legend = (keys: readonly (readonly [color: string, text: string])[]): string =>
  `<p class="legend">${keys.map(([color, text]) => `<span class="key" style="border-color: ${paint(color)}"></span>${escaped(text)}`).join("")}</p>`;

const steps = (low: number, high: number, step: number): number[] =>
  Array.from({ length: Math.round((high - low) / step) + 1 }, (_, i) => low + i * step);
