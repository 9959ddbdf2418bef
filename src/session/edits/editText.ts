/**
 * Changes of a document by its values become the smallest changes of its text: comments, order and formatting of all
 * else stay.
 */
import { findNodeAtLocation, modify, parseTree, type JSONPath, type Node } from "jsonc-parser";
import { jsonText, layoutOf, LINE_LENGTH, lineText, type Layout } from "./jsonText.js";
import { moveEntry } from "./moveEntry.js";
import { TextPieces, type TextEdit } from "./textPieces.js";

/** Keys and positions from the document's root to a value. */
export type DocumentPath = readonly (string | number)[];

/** One change; paths of a later change see the earlier ones done. */
export type DocumentChange =
  /** `undefined` takes the key or the entry of a list away. */
  | { readonly type: "set"; readonly path: DocumentPath; readonly value: JsonValue | undefined }
  /** Before the entry at the position that ends `path`; -1: at the end. The list is made if it is not there. */
  | { readonly type: "insert"; readonly path: DocumentPath; readonly value: JsonValue }
  /** Of the list at `path`. `to`: the entry's position afterwards. */
  | { readonly type: "move"; readonly path: DocumentPath; readonly from: number; readonly to: number };

export type JsonValue =
  string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue | undefined };

/** Stands for a value while a place is made for it. */
const PLACEHOLDER = '"\\u0000"';

/**
 * @param text JSON with comments and trailing commas, without faults of syntax
 * @returns edits of `text`, in its order, that do not touch each other
 * @throws RangeError if a path leads nowhere
 */
export function editText(text: string, changes: readonly DocumentChange[]): TextEdit[] {
  const pieces = new TextPieces(text);
  const layout = layoutOf(text);
  for (const change of changes) applyChange(pieces, change, layout);
  return pieces.edits();
}

function applyChange(pieces: TextPieces, change: DocumentChange, layout: Layout): void {
  const path = [...change.path];
  if (change.type === "move") {
    const list = nodeAt(pieces.text, path);
    if (list?.type !== "array") throw new RangeError(`There is no list at ${path.join("/")}.`);
    pieces.apply(moveEntry(pieces.text, list, change.from, change.to));
    return;
  }
  const known = nodeAt(pieces.text, path);
  if (change.type === "set" && change.value !== undefined && known) {
    const { offset, length } = known;
    const written = jsonText(change.value, layout, depthAt(pieces.text, offset, layout));
    pieces.apply({ offset, length, text: written });
    return;
  }
  if (change.value === undefined) {
    if (known) modifyAt(pieces, path, change, layout);
    return;
  }
  const edit = onTheLine(pieces.text, path, change.value, change.type === "insert");
  if (edit) pieces.apply(edit);
  else modifyAt(pieces, path, change, layout);
}

/** @returns how a key or an entry joins what stands on one line, and still does with it; `undefined` if it does not */
function onTheLine(text: string, path: JSONPath, value: JsonValue, isEntry: boolean): TextEdit | undefined {
  const owner = nodeAt(text, path.slice(0, -1));
  const key = path.at(-1);
  if (owner?.type !== (isEntry ? "array" : "object")) return undefined;
  const end = owner.offset + owner.length;
  const entry = isEntry ? lineText(value) : `${JSON.stringify(key)}: ${lineText(value)}`;
  const [lineStart, lineEnd] = [text.lastIndexOf("\n", end) + 1, text.indexOf("\n", end)];
  if (owner.offset < lineStart) return undefined;
  if ((lineEnd < 0 ? text.length : lineEnd) - lineStart + entry.length + 2 > LINE_LENGTH) return undefined;
  const children = owner.children ?? [];
  const before = isEntry && key !== -1 ? children[Number(key)] : undefined;
  if (before) return { offset: before.offset, length: 0, text: `${entry}, ` };
  const last = children.at(-1);
  if (last) return { offset: last.offset + last.length, length: 0, text: `, ${entry}` };
  if (text.slice(owner.offset + 1, end - 1).trim() !== "") return undefined;
  return { offset: owner.offset, length: owner.length, text: isEntry ? `[${entry}]` : `{ ${entry} }` };
}

/** Makes or takes away a key or an entry. */
function modifyAt(
  pieces: TextPieces,
  path: JSONPath,
  change: Extract<DocumentChange, { type: "set" | "insert" }>,
  layout: Layout,
): void {
  const { value } = change;
  const edits = modify(pieces.text, path, value === undefined ? undefined : "\0", {
    isArrayInsertion: change.type === "insert",
    formattingOptions: {
      insertSpaces: !layout.indent.includes("\t"),
      tabSize: layout.indent.length,
      eol: layout.lineEnding,
    },
  });
  for (const { offset, length, content } of edits.sort((a, b) => b.offset - a.offset))
    pieces.apply({ offset, length, text: content });
  if (value === undefined) return;
  const offset = pieces.text.indexOf(PLACEHOLDER);
  const written = jsonText(value, layout, depthAt(pieces.text, offset, layout));
  pieces.apply({ offset, length: PLACEHOLDER.length, text: written });
}

function nodeAt(text: string, path: JSONPath): Node | undefined {
  const root = parseTree(text, [], { allowTrailingComma: true });
  return root && findNodeAtLocation(root, path);
}

/** @returns levels by which the line of `offset` is indented */
function depthAt(text: string, offset: number, { indent }: Layout): number {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  const blank = /^[ \t]*/.exec(text.slice(start, offset))![0];
  return Math.round(blank.length / indent.length);
}
