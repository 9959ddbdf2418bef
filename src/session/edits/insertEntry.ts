/** Puts a new entry into a list or an object of a text, laid out as the others are. */
import type { Node } from "jsonc-parser";
import { afterEntry } from "./entries.js";
import { jsonText, LINE_LENGTH, lineText, type Layout } from "./jsonText.js";
import type { TextEdit } from "./textPieces.js";

/** Characters of a line up to which more joins what stands on it already. */
const LONGEST_LINE = 200;

/** What is to be put in; `key` in an object only. */
export interface NewEntry {
  readonly key?: string;
  readonly value: unknown;
  /** Position among the entries before which it goes; at the end if there is no such entry. */
  readonly before?: number | undefined;
}

/**
 * @param owner list or object of the tree of `text`
 * @returns edits from the back to the front
 */
export function insertEntry(text: string, owner: Node, entry: NewEntry, layout: Layout): TextEdit[] {
  const { offset, length, children = [] } = owner;
  const following = children[entry.before ?? -1];
  const last = children.at(-1);
  const line = written(entry, lineText(entry.value));
  const most = typeof entry.value !== "object" ? Infinity : last ? LONGEST_LINE : LINE_LENGTH;
  const isShort = lineLengthAt(text, offset + length) + line.length + 4 <= most;
  if (isOnOneLine(text, owner) && isShort) {
    if (following) return [{ offset: following.offset, length: 0, text: `${line}, ` }];
    if (last) return [{ offset: last.offset + last.length, length: 0, text: `, ${line}` }];
    if (isBare(text, owner))
      return [{ offset, length, text: entry.key === undefined ? `[${line}]` : `{ ${line} }` }];
  }
  const depth = depthAt(text, last?.offset ?? offset, layout) + (last && isFirstOnLine(text, last) ? 0 : 1);
  const start = layout.lineEnding + layout.indent.repeat(depth);
  const own = start + written(entry, jsonText(entry.value, layout, depth));
  if (following) {
    const previous = children[children.indexOf(following) - 1];
    const at = previous ? afterEntry(text, previous).end : offset + 1;
    return [{ offset: at, length: 0, text: `${own},` }];
  }
  const close = isOnOneLine(text, owner) ? layout.lineEnding + layout.indent.repeat(depth - 1) : "";
  if (!last) return [{ offset: offset + 1, length: 0, text: own + close }];
  const { comma, end } = afterEntry(text, last);
  const put = { offset: end, length: 0, text: own + (comma === undefined ? "" : ",") + close };
  return comma === undefined ? [put, { offset: last.offset + last.length, length: 0, text: "," }] : [put];
}

const written = ({ key }: NewEntry, value: string): string =>
  key === undefined ? value : `${JSON.stringify(key)}: ${value}`;

/** @returns levels by which the line of `offset` is indented */
export function depthAt(text: string, offset: number, { indent }: Layout): number {
  return Math.round(/^[ \t]*/.exec(text.slice(lineStart(text, offset)))![0].length / indent.length);
}

const lineStart = (text: string, offset: number): number => text.lastIndexOf("\n", offset - 1) + 1;

function lineLengthAt(text: string, offset: number): number {
  const end = text.indexOf("\n", offset);
  return (end < 0 ? text.length : end) - lineStart(text, offset);
}

const isOnOneLine = (text: string, { offset, length }: Node): boolean =>
  !text.slice(offset, offset + length).includes("\n");

const isFirstOnLine = (text: string, { offset }: Node): boolean =>
  text.slice(lineStart(text, offset), offset).trim() === "";

const isBare = (text: string, { offset, length }: Node): boolean =>
  text.slice(offset + 1, offset + length - 1).trim() === "";
