/** What a save writes, and what it takes over. */
import { existsSync } from "node:fs";
import type { EditedAudio } from "../../session/audioEdits.js";
import { writtenContainer } from "./audioKinds.js";

/** @throws Error with a sentence for people if files of that name are not written */
export function containerOf(name: string): "wav" | "flac" {
  const container = writtenContainer(name);
  if (container) return container;
  throw new Error(
    `${name}: files of this kind are not written. Save As with a name that ends in .wav or .flac.`,
  );
}

/** The file whose chunks go into the saved one: the first that is still there, of `path` and the audio's own sources. */
export function originalOf(path: string, ...audios: readonly (EditedAudio | undefined)[]): string | null {
  const candidates = [path, ...audios.map((each) => each?.sources[0]?.path)];
  return candidates.find((each) => each !== undefined && existsSync(each)) ?? null;
}

/** Whether all that it is read from is there. */
export function isReadable({ sources }: EditedAudio): boolean {
  return sources.every(({ path }) => existsSync(path));
}
