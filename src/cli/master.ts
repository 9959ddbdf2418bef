import { readFileSync } from "node:fs";
import { notesOf, qualityOf } from "../mastering/report/notes.js";
import { planTable } from "../mastering/albumPlan.js";
import { plainTable, songTable } from "../mastering/table.js";
import type { CommonOptions, Terminal } from "./terminal.js";
import { withStudio } from "./withStudio.js";

/** `headroom master --plan`. @returns whether every song can be read */
export async function plan(album: string, options: CommonOptions, terminal: Terminal): Promise<boolean> {
  const result = await withStudio(options, (studio, signal) =>
    studio.planAlbum(album, {
      signal,
      onProgress: ({ fraction, title }) => terminal.progress(fraction, `${title}: measuring`),
    }),
  );
  terminal.result(plainTable(planTable(result)), result);
  for (const { title, notes } of result.songs) for (const note of notes) terminal.error(`${title}: ${note}`);
  return result.songs.every(({ duration }) => duration !== null);
}

/** `headroom master`. @returns whether every song was mastered */
export async function master(
  album: string,
  options: CommonOptions & { output?: string; report?: boolean; force?: boolean },
  terminal: Terminal,
): Promise<boolean> {
  const result = await withStudio(options, (studio, signal) =>
    studio.masterAlbum(album, {
      output: options.output,
      isForced: options.force,
      signal,
      onProgress: ({ fraction, song, songs, title, stage }) =>
        terminal.progress(fraction, `${title} (${song + 1} of ${songs}): ${stage}`),
    }),
  );
  const table = `${plainTable(songTable(result))}\n\nWritten to ${result.folder} in ${result.seconds.toFixed(1)} s.`;
  terminal.result(options.report ? readFileSync(result.reportPath, "utf8") : table, result);
  if (!options.report)
    for (const song of result.songs)
      for (const note of [...notesOf(song), ...qualityOf(song)]) terminal.error(note);
  return result.songs.every(({ error }) => !error);
}
