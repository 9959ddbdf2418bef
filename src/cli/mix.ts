import { LAYOUTS } from "../mastering/deliveries.js";
import { clock, level } from "../mastering/table.js";
import type { CommonOptions, Terminal } from "./terminal.js";
import { withStudio } from "./withStudio.js";

/** `headroom mix`. @returns true: a mixdown that fails throws */
export async function mix(
  song: string,
  options: CommonOptions & { output?: string; bitDepth: "16" | "24" | "32f"; sampleRate?: number },
  terminal: Terminal,
): Promise<boolean> {
  const output = options.output ?? song.replace(/(\.mix)?\.json$/, "") + ".wav";
  const layout = LAYOUTS[options.bitDepth];
  const dither = layout === "f32" ? "none" : "tpdf";
  const { overview, clipped, warnings } = await withStudio(options, (studio, signal) =>
    studio.mixdown(
      { path: song, output, layout, dither, sampleRate: options.sampleRate },
      { signal, onProgress: (fraction) => terminal.progress(fraction, song) },
    ),
  );
  const { integrated, truePeak } = overview.loudness;
  const text = `${output}: ${clock(overview.duration)}, ${level(integrated)} LUFS, ${level(truePeak, 2)} dBTP`;
  terminal.result(text, { ...overview, clipped, warnings });
  for (const warning of warnings) terminal.error(warning);
  if (clipped > 0) {
    terminal.error(
      `${output}: ${clipped} samples are over full scale and were clipped. Turn the master fader down, or use --bit-depth 32f.`,
    );
  }
  return true;
}
