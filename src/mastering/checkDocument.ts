/** The diagnostics of a document: what its text says, and what lies on disk beside it. */
import { dirname, resolve } from "node:path";
import { parseAlbum } from "../session/albumDocument.js";
import type { Diagnostic } from "../session/diagnostic.js";
import { parseMix } from "../session/mixDocument.js";
import { documentPositions } from "../session/documentPositions.js";
import { SourceCheck } from "./checkSources.js";
import { readDocument } from "./readDocument.js";
import { SourceFactsCache } from "./sourceFacts.js";

const facts = new SourceFactsCache();

/** @throws if the document cannot be read */
export function checkDocument(path: string): Diagnostic[] {
  return checkText(path, readDocument(path));
}

/** The same for a text that may not be saved yet. @param path where the document lies */
export function checkText(path: string, text: string): Diagnostic[] {
  const folder = dirname(resolve(path));
  const sources = new SourceCheck(folder, documentPositions(text), (source) => facts.read(source));
  if (path.endsWith(".album.json")) {
    const { value, diagnostics } = parseAlbum(text);
    return [...diagnostics, ...(value ? sources.album(value) : [])];
  }
  const { value, diagnostics } = parseMix(text);
  return [...diagnostics, ...(value ? sources.mix(value) : [])];
}
