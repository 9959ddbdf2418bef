import type { MeasuredFile } from "../mastering/measureJob.js";
import { clock, level, plainTable, type Table } from "../mastering/table.js";
import { gainToDb, gain } from "../units/decibels.js";
import type { CommonOptions, Terminal } from "./terminal.js";
import { withStudio } from "./withStudio.js";

/** `headroom measure`. @returns whether every file could be measured */
export async function measure(
  files: readonly string[],
  options: CommonOptions & { dualMono?: boolean },
  terminal: Terminal,
): Promise<boolean> {
  const fractions = files.map(() => 0);
  const outcomes = await withStudio(options, (studio, signal) =>
    Promise.allSettled(
      files.map((path, i) =>
        studio.measure(
          { path, dualMono: options.dualMono ?? false },
          {
            signal,
            onProgress: (fraction) => {
              fractions[i] = fraction;
              terminal.progress(fractions.reduce((a, b) => a + b) / files.length, path);
            },
          },
        ),
      ),
    ),
  );
  const measured = outcomes.flatMap((outcome, i) =>
    outcome.status === "fulfilled" ? [{ file: files[i]!, ...outcome.value }] : [],
  );
  if (measured.length > 0 || terminal.isJson)
    terminal.result(plainTable(table(measured)), measured.map(toJson));
  for (const { file, warnings } of measured)
    warnings.forEach((warning) => terminal.error(`${file}: ${warning}`));
  for (const outcome of outcomes) {
    if (outcome.status === "rejected") terminal.error((outcome.reason as Error).message);
  }
  return measured.length === files.length;
}

type Measured = MeasuredFile & { readonly file: string };

function toJson({ file, measurement: m }: Measured): Record<string, unknown> {
  return {
    file,
    sampleRate: m.sampleRate,
    channels: m.channels,
    bitDepth: m.bitDepth,
    duration: m.duration,
    integrated: m.integrated,
    momentaryMax: m.momentaryMax,
    shortTermMax: m.shortTermMax,
    lra: m.lra,
    truePeak: m.truePeak,
    samplePeak: m.samplePeak,
    plr: m.plr,
    crest: m.crest,
    dcOffset: m.dcOffset,
    correlation: m.correlation,
  };
}

function table(measured: readonly Measured[]): Table {
  return {
    header: [
      "File",
      "Length",
      "Rate Hz",
      "Ch",
      "I LUFS",
      "M max",
      "S max",
      "LRA LU",
      "TP dBTP",
      "Peak dBFS",
      "PLR dB",
      "DC dBFS",
      "Corr",
    ],
    rows: measured.map(({ file, measurement: m }) => [
      file,
      clock(m.duration),
      String(m.sampleRate),
      String(m.channels),
      level(m.integrated),
      level(m.momentaryMax),
      level(m.shortTermMax),
      level(m.lra),
      level(m.truePeak, 2),
      level(m.samplePeak, 2),
      level(m.plr),
      level(gainToDb(gain(m.dcOffset))),
      level(m.correlation, 2),
    ]),
    isNumeric: (column) => column > 0,
  };
}
