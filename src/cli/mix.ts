import { LAYOUTS } from "../mastering/deliver/deliveries.js";
import { clock, level } from "../mastering/table.js";
import { partName, type TimeRange } from "../mastering/timeRange.js";
import type { CommonOptions, Terminal } from "./terminal.js";
import { withStudio } from "./withStudio.js";

export interface MixOptions {
  readonly output?: string;
  readonly bitDepth: "16" | "24" | "32f";
  /** Hz. */
  readonly sampleRate?: number;
  /** Folder of stems, which are written beside the mixdown. */
  readonly stems?: string;
  readonly withSends?: boolean;
  readonly range?: TimeRange;
}

/** `headroom mix`. @returns true: a mixdown that fails throws */
export async function mix(
  song: string,
  options: CommonOptions & MixOptions,
  terminal: Terminal,
): Promise<boolean> {
  const { range } = options;
  const output =
    options.output ?? `${song.replace(/(\.mix)?\.json$/, "")}${range ? partName(range) : ""}.wav`;
  const layout = LAYOUTS[options.bitDepth];
  const dither = layout === "f32" ? "none" : "tpdf";
  const format = { path: song, layout, dither, sampleRate: options.sampleRate, range } as const;
  const { result, exported } = await withStudio(options, async (studio, signal) => {
    const follow = { signal, onProgress: (fraction: number) => terminal.progress(fraction, song) };
    const result = await studio.mixdown({ ...format, output }, follow);
    const { stems, withSends = false } = options;
    const exported =
      stems === undefined
        ? undefined
        : await studio.exportStems({ ...format, folder: stems, withSends }, follow);
    return { result, exported };
  });
  const { integrated, truePeak } = result.overview.loudness;
  const text = `${output}: ${clock(result.overview.duration)}, ${level(integrated)} LUFS, ${level(truePeak, 2)} dBTP`;
  const written = exported ? `\n${exported.folder}: ${exported.stems.length} stems` : "";
  const warnings = [...new Set([...result.warnings, ...(exported?.warnings ?? [])])];
  const facts = { ...result.overview, clipped: result.clipped, warnings };
  terminal.result(text + written, exported ? { ...facts, stems: exported } : facts);
  for (const warning of warnings) terminal.error(warning);
  reportClipping(output, result.clipped, terminal);
  if (exported) reportClipping(exported.folder, exported.clipped, terminal);
  return true;
}

function reportClipping(where: string, clipped: number, terminal: Terminal): void {
  if (clipped === 0) return;
  terminal.error(
    `${where}: ${clipped} samples are over full scale and were clipped. Turn the faders down, or use --bit-depth 32f.`,
  );
}
