/** Moves an entry of a list in the text, with the comments above it and on its line. */
import type { Node } from "jsonc-parser";
import { afterEntry } from "./entries.js";
import type { TextEdit } from "./textPieces.js";

/** An entry with its surroundings. */
interface Entry {
  /** Comments and space before it. */
  readonly lead: string;
  readonly value: string;
  /** What stands between it and the comma, or the end of its line. */
  readonly trail: string;
}

/**
 * @param list of the tree of `text`
 * @param to position of the entry afterwards
 * @throws RangeError if there are no such positions
 */
export function moveEntry(text: string, list: Node, from: number, to: number): TextEdit {
  const nodes = list.children ?? [];
  for (const index of [from, to])
    if (!nodes[index]) throw new RangeError(`The list has no entry at position ${index}.`);
  let offset = list.offset + 1;
  const start = offset;
  const entries = nodes.map((node): Entry => {
    const end = node.offset + node.length;
    const next = afterEntry(text, node);
    const entry = {
      lead: text.slice(offset, node.offset),
      value: text.slice(node.offset, end),
      trail:
        text.slice(end, next.comma ?? next.end) +
        (next.comma === undefined ? "" : text.slice(next.comma + 1, next.end)),
    };
    offset = next.end;
    return entry;
  });
  const last = nodes[nodes.length - 1]!;
  const hasLastComma = afterEntry(text, last).comma !== undefined;
  // Space stays where it is; comments go along.
  const isBare = entries.every(({ lead }) => lead.trim() === "");
  const moved = entries.toSpliced(from, 1).toSpliced(to, 0, entries[from]!);
  const written = moved.map(({ lead, value, trail }, i) => {
    const comma = i < moved.length - 1 || hasLastComma ? "," : "";
    return (isBare ? entries[i]!.lead : lead) + value + comma + trail;
  });
  return { offset: start, length: offset - start, text: written.join("") };
}
