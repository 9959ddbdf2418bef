/** The diagnostics of a document: what its text says, and what lies on disk beside it. */
import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { parseAlbum } from "../session/albumDocument.js";
import type { Diagnostic } from "../session/diagnostic.js";
import { filesOfAlbum, filesOfMix, type NamedFile } from "../session/fileNames.js";
import { parseMix } from "../session/mixDocument.js";
import { documentPositions } from "../session/documentPositions.js";
import { readDocument } from "./readDocument.js";

/** @throws if the document cannot be read */
export function checkDocument(path: string): Diagnostic[] {
  return checkText(path, readDocument(path));
}

/** The same for a text that may not be saved yet. @param path where the document lies */
export function checkText(path: string, text: string): Diagnostic[] {
  const { diagnostics, files } = path.endsWith(".album.json") ? checkAlbum(text) : checkMix(text);
  const folder = dirname(resolve(path));
  const positions = documentPositions(text);
  const missing = files
    .filter(({ file }) => !existsSync(resolve(folder, file)))
    .map(({ file, at }): Diagnostic => ({
      severity: "error",
      code: "file-missing",
      message: `There is no file "${file}" (looked for as ${resolve(folder, file)}). Correct the path or bring the file back.`,
      path: at,
      ...positions.rangeOf(at)!,
    }));
  return [...diagnostics, ...missing];
}

interface Checked {
  readonly diagnostics: readonly Diagnostic[];
  readonly files: readonly NamedFile[];
}

function checkAlbum(text: string): Checked {
  const { value, diagnostics } = parseAlbum(text);
  return { diagnostics, files: value ? filesOfAlbum(value) : [] };
}

function checkMix(text: string): Checked {
  const { value, diagnostics } = parseMix(text);
  return { diagnostics, files: value ? filesOfMix(value) : [] };
}
