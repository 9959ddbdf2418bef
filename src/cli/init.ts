import { basename, join, resolve } from "node:path";
import { SESSION_NAME } from "../mastering/newMix.js";
import type { MasteringPresetName } from "../session/presets/masteringChains.js";
import type { CommonOptions, Terminal } from "./terminal.js";
import { withStudio } from "./withStudio.js";

export interface InitOptions {
  readonly output?: string;
  readonly title?: string;
  readonly album?: boolean;
  readonly preset: MasteringPresetName;
}

/** `headroom init`. @returns true: a document that cannot be written throws */
export async function init(
  folder: string,
  options: CommonOptions & InitOptions,
  terminal: Terminal,
): Promise<boolean> {
  if (options.album) return initAlbum(folder, options, terminal);
  const output = options.output ?? join(folder, SESSION_NAME);
  const title = options.title ?? basename(resolve(folder));
  const result = await withStudio(options, (studio) => studio.newMix({ from: folder, output, title }));
  const { path, tracks, warnings } = result;
  terminal.result(`${path}: ${tracks} ${tracks === 1 ? "track" : "tracks"}`, result);
  for (const warning of warnings) terminal.error(`left out: ${warning}`);
  return true;
}

async function initAlbum(
  folder: string,
  { output, title, preset }: InitOptions,
  terminal: Terminal,
): Promise<boolean> {
  const { ALBUM_NAME, newAlbum } = await import("../mastering/newAlbum.js");
  const path = output ?? join(folder, ALBUM_NAME);
  const songs = newAlbum({ folder, output: path, title, preset });
  terminal.result(`${path}: ${songs} ${songs === 1 ? "song" : "songs"}`, { path, songs });
  return true;
}
