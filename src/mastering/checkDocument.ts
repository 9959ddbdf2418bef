/** The diagnostics of a document: what its text says, and what lies on disk beside it. */
import { dirname, resolve } from "node:path";
import { parseAlbum } from "../session/albumDocument.js";
import type { Diagnostic } from "../session/diagnostic.js";
import { parseMix, type MixDocument } from "../session/mixDocument.js";
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
  if (!path.endsWith(".album.json")) return checkMixText(path, text).diagnostics;
  const { value, diagnostics } = parseAlbum(text);
  return [...diagnostics, ...(value ? sourceCheck(path, text).album(value) : [])];
}

/** The same for the text of a mix session, with what it says; absent if it has errors, those of files left aside. */
export function checkMixText(
  path: string,
  text: string,
): { readonly value: MixDocument | undefined; readonly diagnostics: Diagnostic[] } {
  const { value, diagnostics } = parseMix(text);
  return { value, diagnostics: [...diagnostics, ...(value ? sourceCheck(path, text).mix(value) : [])] };
}

function sourceCheck(path: string, text: string): SourceCheck {
  return new SourceCheck(dirname(resolve(path)), documentPositions(text), (source) => facts.read(source));
}
