/** Moves an entry of a list in the text, with the comments above it and on its line. */
import { createScanner, SyntaxKind, type Node } from "jsonc-parser";
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
    const next = afterEntry(text, end);
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
  const hasLastComma = afterEntry(text, nodes.at(-1)!.offset + nodes.at(-1)!.length).comma !== undefined;
  // Space stays where it is; comments go along.
  const isBare = entries.every(({ lead }) => lead.trim() === "");
  const moved = entries.toSpliced(from, 1).toSpliced(to, 0, entries[from]!);
  const written = moved.map(({ lead, value, trail }, i) => {
    const comma = i < moved.length - 1 || hasLastComma ? "," : "";
    return (isBare ? entries[i]!.lead : lead) + value + comma + trail;
  });
  return { offset: start, length: offset - start, text: written.join("") };
}

/** @returns where the comma after an entry is, if there is one, and where what belongs to the entry ends */
function afterEntry(text: string, offset: number): { comma: number | undefined; end: number } {
  const scanner = createScanner(text);
  scanner.setPosition(offset);
  let comma: number | undefined;
  let end = offset;
  for (;;) {
    const token = scanner.scan();
    const next = scanner.getTokenOffset() + scanner.getTokenLength();
    if (token === SyntaxKind.CommaToken && comma === undefined) {
      comma = scanner.getTokenOffset();
      end = next;
    } else if (token === SyntaxKind.LineCommentTrivia || token === SyntaxKind.BlockCommentTrivia) end = next;
    else if (token !== SyntaxKind.Trivia) break;
    // A comment on the next line belongs to the next entry, unless the comma is still to come.
    if (token === SyntaxKind.LineBreakTrivia) break;
  }
  return { comma, end };
}
