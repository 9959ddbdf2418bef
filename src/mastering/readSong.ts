/** What an album lists as a song: a finished mix in an audio file, or a mix session and its audio files. */
import { dirname, resolve } from "node:path";
import { filesOfMix } from "../session/fileNames.js";
import { parseMix, type MixDocument } from "../session/mixDocument.js";
import { DocumentError } from "./documentError.js";
import { readDocument } from "./readDocument.js";

export const isMixDocument = (path: string): boolean => path.endsWith(".mix.json");

export interface Session {
  readonly document: MixDocument;
  readonly text: string;
}

export interface SongFiles {
  readonly path: string;
  /** Absent if the song is an audio file. */
  readonly session: Session | undefined;
  /** Absolute paths of its audio files, each once, those that do not sound too. */
  readonly files: readonly string[];
}

/**
 * @param path of a `*.mix.json` session or of an audio file
 * @param given the session's text, if it is not the one that lies there
 * @throws DocumentError if the session has errors
 */
export function readSong(path: string, given?: string): SongFiles {
  if (!isMixDocument(path)) return { path, session: undefined, files: [resolve(path)] };
  const text = given ?? readDocument(path);
  const { value, diagnostics } = parseMix(text);
  if (!value) throw new DocumentError(path, diagnostics);
  const names = new Set(filesOfMix(value).map(({ file }) => file));
  const files = [...names].map((file) => resolve(dirname(path), file));
  return { path, session: { document: value, text }, files };
}
