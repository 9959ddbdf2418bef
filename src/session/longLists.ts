/** Lists so long that the schema cannot gather every fault in them. */
import type { Path } from "./diagnostic.js";

/** As many entries have as many faults as are ever shown. */
const SHORT = 100;

/** @returns a copy of a document with the first entries of each list */
export function shortened(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, SHORT).map(shortened);
  if (!isObject(value)) return value;
  const copy = Object.create(null) as Record<string, unknown>;
  for (const [key, each] of Object.entries(value)) copy[key] = shortened(each);
  return copy;
}

/** @returns the path of the list with the most entries; that of the document if there is none */
export function longestList(document: unknown): Path {
  let longest: { readonly path: Path; readonly entries: number } = { path: [], entries: 0 };
  const look = (value: unknown, path: Path): void => {
    if (Array.isArray(value)) {
      if (value.length > longest.entries) longest = { path, entries: value.length };
      value.forEach((each, i) => look(each, [...path, i]));
    } else if (isObject(value)) {
      for (const [key, each] of Object.entries(value)) look(each, [...path, key]);
    }
  };
  look(document, []);
  return longest.path;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
