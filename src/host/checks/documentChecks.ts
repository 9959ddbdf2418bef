/** Which checks a document has, and where. Brings the documents' schemas along: import it when it is needed. */
import { parseAlbum } from "../../session/albumDocument.js";
import { labelOf, limitsOf, type CheckName } from "../../session/checks.js";
import type { Range } from "../../session/diagnostic.js";
import { documentPositions } from "../../session/documentPositions.js";
import { parseMix } from "../../session/mixDocument.js";

export interface DocumentCheck {
  readonly name: CheckName;
  /** For people, with the limits. */
  readonly label: string;
  readonly range: Range;
}

/** @returns none if the document has errors: they stand in the Problems panel */
export function documentChecks(path: string, text: string): DocumentCheck[] {
  const { value } = path.endsWith(".mix.json") ? parseMix(text) : parseAlbum(text);
  const positions = documentPositions(text);
  return limitsOf(value?.checks ?? {}).flatMap(({ name, limits }) => {
    const range = positions.rangeOf(["checks", name]);
    return range ? [{ name, label: labelOf(name, limits), range }] : [];
  });
}
