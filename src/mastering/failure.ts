import { documentPositions } from "../session/documentPositions.js";
import type { SongFailure } from "./results.js";

/**
 * @param error what a song's job threw
 * @param path the album document, `text` its content
 * @returns the sentence for the user, and the place in the album document that names the song
 */
export function failureOf(error: unknown, path: string, text: string, song: number): SongFailure {
  const message = error instanceof Error ? error.message : String(error);
  const range = documentPositions(text).rangeOf(["songs", song, "source"]);
  if (!range) return { message, file: path };
  return { message, file: path, line: range.start.line + 1, column: range.start.character + 1 };
}
