import { basename, join, resolve } from "node:path";
import { clock, level } from "../mastering/table.js";
import type { CommonOptions, Terminal } from "./terminal.js";
import { withStudio } from "./withStudio.js";

/** `headroom rough`. @returns true: a rough mix that fails throws */
export async function rough(
  folder: string,
  options: CommonOptions & { output?: string },
  terminal: Terminal,
): Promise<boolean> {
  const output = options.output ?? join(folder, `${basename(resolve(folder))}.mix.json`);
  const result = await withStudio(options, (studio, signal) =>
    studio.roughMix(
      { folder, output },
      { signal, onProgress: (fraction) => terminal.progress(fraction, folder) },
    ),
  );
  const { overview, tracks, warnings } = result;
  const { integrated, samplePeak } = overview.loudness;
  const summary = `${output}: ${tracks.length} tracks, ${clock(overview.duration)}, ${level(integrated)} LUFS, peak ${level(samplePeak)} dBFS`;
  terminal.result(summary, result);
  for (const warning of warnings) terminal.error(warning);
  return true;
}
