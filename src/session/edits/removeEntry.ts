/** Takes an entry of a list or an object out of the text, with the comments above it and on its line. */
import type { Node } from "jsonc-parser";
import { afterEntry } from "./entries.js";
import type { TextEdit } from "./textPieces.js";

/**
 * @param entry an element of a list, or a property, of the tree of `text`
 * @returns edits in the order of the text that do not touch each other
 */
export function removeEntry(text: string, entry: Node): TextEdit[] {
  const owner = entry.parent;
  const entries = owner?.children ?? [];
  const index = entries.indexOf(entry);
  const [before, next] = [entries[index - 1], entries[index + 1]];
  const { comma, end } = afterEntry(text, entry);
  const sharesLine = next !== undefined && !/[\r\n]/.test(text.slice(end, next.offset)) && end < next.offset;
  // The next entry takes its place on the line.
  if (sharesLine) return [cut(entry.offset, next.offset)];
  const previous = before && afterEntry(text, before);
  const first = previous?.end ?? (owner ? owner.offset + 1 : entry.offset);
  // What follows on the line must not come to stand in a comment that ends the line before.
  const isInComment = before !== undefined && text.slice(before.offset + before.length, first).includes("//");
  const start = isInComment && !/^[ \t]*(?:[\r\n]|$)/.test(text.slice(end)) ? entry.offset : first;
  const isLast = comma === undefined && previous?.comma !== undefined;
  if (!isLast) return [cut(start, end)];
  return previous.end > previous.comma + 1
    ? [cut(previous.comma, previous.comma + 1), cut(start, end)]
    : [cut(previous.comma, end)];
}

const cut = (from: number, to: number): TextEdit => ({ offset: from, length: to - from, text: "" });
