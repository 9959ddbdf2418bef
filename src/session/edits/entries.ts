/** Entries of lists and objects in a text, and what belongs to each. */
import type { Node } from "jsonc-parser";

/** Comments and space, over lines and on one. */
const TRIVIA = /(?:\s|\/\*[\s\S]*?\*\/|\/\/[^\r\n]*)*/y;
const REST_OF_LINE = /(?:[ \t]|\/\*.*?\*\/)*(?:\/\/[^\r\n]*)?/y;

export interface EntryEnd {
  /** Where the comma after the entry is, if there is one. */
  readonly comma: number | undefined;
  /** Where what belongs to the entry ends: comments on its line do. */
  readonly end: number;
}

export function afterEntry(text: string, { offset, length }: Node): EntryEnd {
  const from = offset + length;
  const next = endOf(TRIVIA, text, from);
  const comma = text[next] === "," ? next : undefined;
  const end = endOf(REST_OF_LINE, text, comma === undefined ? from : comma + 1);
  if (comma === undefined) return { comma, end: text.slice(from, end).trim() === "" ? from : end };
  // What stands before another entry on the line is that entry's.
  return { comma, end: /[\r\n\]}]/.test(text[end] ?? "\n") ? end : comma + 1 };
}

function endOf(pattern: RegExp, text: string, offset: number): number {
  pattern.lastIndex = offset;
  return offset + pattern.exec(text)![0].length;
}
