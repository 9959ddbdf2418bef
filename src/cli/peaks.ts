import { clock, level, plainTable, type Table } from "../mastering/table.js";
import type { ColumnsOfFile } from "../mastering/overviewJobs.js";
import { gain, gainToDb } from "../units/decibels.js";
import type { SecondsRange } from "./secondsRange.js";
import type { CommonOptions, Terminal } from "./terminal.js";
import { withStudio } from "./withStudio.js";

/** `headroom peaks`. @returns true: a file that cannot be read throws */
export async function peaks(
  path: string,
  options: CommonOptions & { columns: number; range?: SecondsRange },
  terminal: Terminal,
): Promise<boolean> {
  const { columns, range } = options;
  const found = await withStudio(options, (studio, signal) =>
    studio.columns(
      { path, columns, startSeconds: range?.start ?? 0, endSeconds: range?.end },
      { signal, onProgress: (fraction) => terminal.progress(fraction, path) },
    ),
  );
  terminal.result(plainTable(table(found)), { file: path, ...found });
  return true;
}

function table({ channels, start, end, peaks: found }: ColumnsOfFile): Table {
  const columns = found[0]?.min.length ?? 0;
  const names = Array.from({ length: channels }, (_, channel) => channel + 1);
  return {
    header: ["Time", ...names.flatMap((n) => [`Min ${n}`, `Max ${n}`, `RMS ${n} dBFS`])],
    rows: Array.from({ length: columns }, (_, column) => [
      clock(start + ((end - start) * column) / columns),
      ...found.flatMap(({ min, max, rms }) => [
        min[column]!.toFixed(4),
        max[column]!.toFixed(4),
        level(gainToDb(gain(rms[column]!))),
      ]),
    ]),
    isNumeric: (column) => column > 0,
  };
}
