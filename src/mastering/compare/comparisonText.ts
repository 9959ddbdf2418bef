/** A comparison as Markdown, for the terminal and for a preview. */
import { THIRD_OCTAVES } from "../../engine/thirdOctaves.js";
import { clock, level, markdownTable, type Table } from "../table.js";
import type { ComparedSide } from "./compareJob.js";
import type { ComparedSongs } from "./compareSongs.js";

/** Third octaves that are told, those that differ most; dB from which on. */
const MOST_BANDS = 6;
const LEAST_DIFFERENCE = 0.3;
const MOST_CHANGES = 200;

/** @param a what it is called. @param b likewise */
export function comparisonText(result: ComparedSongs, a: string, b: string): string {
  const { changes } = result;
  const told = changes?.slice(0, MOST_CHANGES).map((change) => `- ${change}`) ?? [];
  const more = (changes?.length ?? 0) - told.length;
  return [
    `# ${a} and ${b}`,
    ...(changes === null
      ? []
      : ["", "## What has changed", "", ...(told.length > 0 ? told : ["Nothing that sounds."])]),
    ...(more > 0 ? [`- and ${more} more`] : []),
    "",
    "## How they measure",
    "",
    markdownTable(figures(result, a, b)),
    "",
    ...tone(result),
    "## Null test",
    "",
    nullTest(result, b),
    "",
  ].join("\n");
}

function figures({ a, b }: ComparedSongs, nameA: string, nameB: string): Table {
  const row = (label: string, of: (side: ComparedSide) => number | null, digits = 1): string[] => {
    const [before, after] = [of(a), of(b)];
    const difference = before === null || after === null ? null : after - before;
    const sign = difference !== null && difference > 0 ? "+" : "";
    return [label, level(before, digits), level(after, digits), `${sign}${level(difference, digits)}`];
  };
  return {
    header: ["", nameA, nameB, "Difference"],
    rows: [
      row("Integrated loudness, LUFS", ({ loudness }) => loudness.integrated),
      row("Highest short-term loudness, LUFS", ({ loudness }) => loudness.shortTermMax),
      row("Loudness range, LU", ({ loudness }) => loudness.lra),
      row("True peak, dBTP", ({ loudness }) => loudness.truePeak, 2),
      row("Width (sides against middle), dB", ({ tone }) => tone?.width ?? null),
      row("Length, s", ({ duration }) => duration, 2),
    ],
    isNumeric: (column) => column > 0,
  };
}

/** What differs in tone when both are as loud as each other. */
function tone({ a, b }: ComparedSongs): string[] {
  const differences = THIRD_OCTAVES.flatMap((hertz, band) => {
    const [before, after] = [a.tone?.bands[band] ?? null, b.tone?.bands[band] ?? null];
    const difference = before === null || after === null ? 0 : after - before;
    return Math.abs(difference) < LEAST_DIFFERENCE ? [] : [{ hertz, difference }];
  });
  if (differences.length === 0) return [];
  const most = differences
    .toSorted((x, y) => Math.abs(y.difference) - Math.abs(x.difference))
    .slice(0, MOST_BANDS)
    .toSorted((x, y) => x.hertz - y.hertz);
  const texts = most.map(
    ({ hertz, difference }) =>
      `${difference > 0 ? "+" : ""}${level(difference)} dB at ${Math.round(hertz)} Hz`,
  );
  return ["## Tone, at equal loudness", "", `${texts.join(", ")} (third octaves that differ most).`, ""];
}

function nullTest({ residual, a, b }: ComparedSongs, name: string): string {
  const { isNull, peak, peakTime, level: left, matchedGain, matchedLevel } = residual;
  if (isNull) return "They are the same, sample for sample.";
  const rates =
    a.sampleRate === b.sampleRate ? "" : ` (converted from ${a.sampleRate} to ${b.sampleRate} Hz)`;
  const matched =
    matchedGain === null || Math.abs(matchedGain) < 0.05
      ? ""
      : ` With ${level(matchedGain)} dB on the first, ${level(matchedLevel)} dB is left.`;
  const sentence = `The difference${rates} is ${level(left)} dB against ${name}, at most ${level(peak)} dBFS at ${clock(peakTime ?? 0, 2)}.${matched}`;
  return `${sentence}\n\n${residualChart(residual.curve)}`;
}

/** Blocks of rising height, for what is left: from nothing to full scale. */
const BLOCKS = "\u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588";
const MOST_COLUMNS = 72;
/** dBFS of the lowest block. */
const FLOOR = -96;

/** What is left over time, the loudest second of each column; `curve` holds a level a second, dBFS. */
export function residualChart(curve: readonly (number | null)[]): string {
  const seconds = Math.max(1, Math.ceil(curve.length / MOST_COLUMNS));
  const columns = Array.from({ length: Math.ceil(curve.length / seconds) }, (_, column) => {
    const levels = curve.slice(column * seconds, (column + 1) * seconds).map((each) => each ?? -Infinity);
    const share = 1 - Math.max(...levels) / FLOOR;
    return share < 0 ? " " : BLOCKS[Math.min(BLOCKS.length - 1, Math.floor(share * BLOCKS.length))]!;
  });
  const scale = `a column is ${seconds} s, from ${FLOOR} dBFS to 0 dBFS, blank below`;
  return `\`\`\`text\n${columns.join("")}\n0:00${" ".repeat(Math.max(1, columns.length - 8))}${clock(curve.length, 0)}\n\`\`\`\n\nWhat is left over time: ${scale}.`;
}
