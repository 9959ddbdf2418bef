/** The audio files that become the tracks of a session. */
import { readdirSync, statSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { isAudioFile } from "../audio/audioNames.js";

/** The audio files of a folder by name; if it has none, those of the folders in it. */
export function audioFilesOf(folder: string): string[] {
  const entries = visibleNames(folder);
  const byName = (names: string[]): string[] =>
    names.toSorted(new Intl.Collator("en", { numeric: true }).compare);
  const audioIn = (parent: string, names: string[]): string[] =>
    byName(names.filter(isAudioFile)).map((name) => join(parent, name));
  const own = audioIn(folder, entries);
  if (own.length > 0) return own;
  const folders = byName(entries).map((name) => join(folder, name));
  return folders
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isDirectory())
    .flatMap((path) => audioIn(path, visibleNames(path)));
}

/** @throws Error if the folder cannot be read */
function visibleNames(folder: string): string[] {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new Error(`${folder}: there is no such folder`);
  return readdirSync(folder).filter((name) => !name.startsWith("."));
}

/** @returns the name of `file` as `document` has it: relative to it, with `/` */
export function relativeName(file: string, document: string): string {
  return relative(dirname(resolve(document)), resolve(file))
    .split(sep)
    .join("/");
}
