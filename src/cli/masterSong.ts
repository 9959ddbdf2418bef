import { masterName } from "../mastering/masterSong.js";
import { notesOf } from "../mastering/report/notes.js";
import { level } from "../mastering/table.js";
import type { MasteringPresetName } from "../session/presets/masteringChains.js";
import type { CommonOptions, Terminal } from "./terminal.js";
import { withStudio } from "./withStudio.js";

/** `headroom master` of one song. @returns true: a song that cannot be mastered throws */
export async function masterSong(
  song: string,
  options: CommonOptions & { output?: string; preset?: MasteringPresetName },
  terminal: Terminal,
): Promise<boolean> {
  const output = options.output ?? masterName(song, options.preset === "demo" ? "demo" : "master");
  const result = await withStudio(options, (studio, signal) =>
    studio.masterSong(
      { source: song, output, preset: options.preset ?? "transparent" },
      { signal, onProgress: (fraction) => terminal.progress(fraction, song) },
    ),
  );
  const { integrated, truePeak } = result.after?.loudness ?? {};
  terminal.result(
    `${output}: ${level(integrated)} LUFS, ${level(truePeak, 2)} dBTP, gain ${level(result.gain)} dB, limiter ${level(result.gainReductionP95)} dB`,
    result,
  );
  for (const note of notesOf(result)) terminal.error(note);
  return true;
}
