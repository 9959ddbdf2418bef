import { basename, join, resolve } from "node:path";
import { SESSION_NAME } from "../mastering/newMix.js";
import type { CommonOptions, Terminal } from "./terminal.js";
import { withStudio } from "./withStudio.js";

/** `headroom init`. @returns true: a session that cannot be written throws */
export async function init(
  folder: string,
  options: CommonOptions & { output?: string; title?: string },
  terminal: Terminal,
): Promise<boolean> {
  const output = options.output ?? join(folder, SESSION_NAME);
  const title = options.title ?? basename(resolve(folder));
  const result = await withStudio(options, (studio) => studio.newMix({ from: folder, output, title }));
  const { path, tracks, warnings } = result;
  terminal.result(`${path}: ${tracks} ${tracks === 1 ? "track" : "tracks"}`, result);
  for (const warning of warnings) terminal.error(`left out: ${warning}`);
  return true;
}
