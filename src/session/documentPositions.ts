/** Where in the text of a document its values stand. */
import { findNodeAtLocation, parseTree, type Node } from "jsonc-parser";
import type { Path, Position, Range } from "./diagnostic.js";
import { readJson, withoutMark } from "./readJson.js";

export interface DocumentPositions {
  /** @returns the place of the value at `path`, or of the nearest value around it that exists */
  rangeOf(path: Path): Range | undefined;
  /** @returns the place of the key that ends `path` */
  rangeOfKey(path: Path): Range | undefined;
  /** @returns the place of the bracket that opens what is at `path`, or around it */
  rangeOfOpening(path: Path): Range | undefined;
  rangeAt(offset: number, length: number): Range;
}

const BYTE_ORDER_MARK = "\ufeff";

/**
 * Positions in JSON with comments and trailing commas, as far as it can be parsed. It is parsed when a position is
 * asked for.
 */
export function documentPositions(document: string): DocumentPositions {
  const rootOf = once(() =>
    readJson(document).tooDeepAt === undefined
      ? parseTree(withoutMark(document), [], { allowTrailingComma: true })
      : undefined,
  );
  const linesOf = once(() => new LineStarts(document));
  const rangeAt = (offset: number, length: number): Range => ({
    start: linesOf().positionAt(offset),
    end: linesOf().positionAt(offset + length),
    offset,
    length,
  });
  const nodeRange = (node: Node | undefined): Range | undefined => node && rangeAt(node.offset, node.length);
  const nodeAt = (path: Path): Node | undefined => {
    const root = rootOf();
    const node = root && findNodeAtLocation(root, [...path]);
    return node ?? (path.length > 0 ? nodeAt(path.slice(0, -1)) : root);
  };
  return {
    rangeAt,
    rangeOf: (path) => nodeRange(nodeAt(path)),
    rangeOfOpening: (path) => {
      const node = nodeAt(path);
      return node && rangeAt(node.offset, Math.min(node.length, 1));
    },
    rangeOfKey: (path) => {
      const root = rootOf();
      const value = root && findNodeAtLocation(root, [...path]);
      return nodeRange(value?.parent?.type === "property" ? value.parent.children?.[0] : value);
    },
  };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** Offsets to positions, by binary search. Editors do not count a byte order mark as a character. */
class LineStarts {
  readonly #starts: number[];
  readonly #length: number;

  constructor(text: string) {
    this.#length = text.length;
    this.#starts = [text.startsWith(BYTE_ORDER_MARK) ? 1 : 0];
    for (const { index, 0: ending } of text.matchAll(/\r\n|\r|\n/g)) this.#starts.push(index + ending.length);
  }

  positionAt(offset: number): Position {
    const clamped = Math.max(this.#starts[0]!, Math.min(offset, this.#length));
    let [low, high] = [0, this.#starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#starts[middle]! <= clamped) low = middle;
      else high = middle - 1;
    }
    return { line: low, character: clamped - this.#starts[low]! };
  }
}
