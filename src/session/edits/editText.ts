/**
 * Changes of a document by its values become the smallest changes of its text: comments, order and formatting of all
 * else stay.
 */
import { findNodeAtLocation, parseTree, type JSONPath, type Node } from "jsonc-parser";
import { depthAt, insertEntry } from "./insertEntry.js";
import { jsonText, layoutOf, type Layout } from "./jsonText.js";
import { moveEntry } from "./moveEntry.js";
import { removeEntry } from "./removeEntry.js";
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

/**
 * @param text JSON with comments and trailing commas, without faults of syntax
 * @returns edits of `text`, in its order, that do not touch each other
 * @throws RangeError if a path leads nowhere
 */
export function editText(text: string, changes: readonly DocumentChange[]): TextEdit[] {
  return changedPieces(text, changes).edits();
}

/** @returns the whole text after the changes. @throws as {@link editText} */
export function editedText(text: string, changes: readonly DocumentChange[]): string {
  return changedPieces(text, changes).text;
}

function changedPieces(text: string, changes: readonly DocumentChange[]): TextPieces {
  const pieces = new TextPieces(text);
  const layout = layoutOf(text);
  for (const change of changes) applyChange(pieces, change, layout);
  return pieces;
}

function applyChange(pieces: TextPieces, change: DocumentChange, layout: Layout): void {
  const { text } = pieces;
  const path = [...change.path];
  if (change.type === "move") {
    const list = nodeAt(text, path);
    if (list?.type !== "array") throw new RangeError(`There is no list at ${path.join("/")}.`);
    pieces.apply(moveEntry(text, list, change.from, change.to));
  } else if (change.value === undefined) removeAt(pieces, path);
  else if (change.type === "insert") putInto(pieces, path, change.value, layout);
  else {
    const known = nodeAt(text, path);
    if (!known) putInto(pieces, path, change.value, layout);
    else {
      const { offset, length } = known;
      pieces.apply({ offset, length, text: jsonText(change.value, layout, depthAt(text, offset, layout)) });
    }
  }
}

/** Puts a value into a list or an object, which are made if they are not there. */
function putInto(pieces: TextPieces, path: JSONPath, value: JsonValue, layout: Layout): void {
  const [ownerPath, key] = [path.slice(0, -1), path.at(-1)];
  if (key === undefined) throw new RangeError("A document is not replaced as a whole.");
  const owner = nodeAt(pieces.text, ownerPath);
  if (!owner) {
    putInto(pieces, ownerPath, typeof key === "number" ? [value] : { [key]: value }, layout);
    return;
  }
  if (owner.type !== (typeof key === "number" ? "array" : "object"))
    throw new RangeError(`There is no place for ${path.join("/")}.`);
  const entry = typeof key === "number" ? { value, before: key } : { value, key };
  for (const edit of insertEntry(pieces.text, owner, entry, layout)) pieces.apply(edit);
}

function removeAt(pieces: TextPieces, path: JSONPath): void {
  const node = nodeAt(pieces.text, path);
  if (!node) return;
  const entry = node.parent?.type === "property" ? node.parent : node;
  // From the end, so that offsets stay right.
  for (const edit of removeEntry(pieces.text, entry).reverse()) pieces.apply(edit);
}

function nodeAt(text: string, path: JSONPath): Node | undefined {
  const root = parseTree(text, [], { allowTrailingComma: true });
  return root && findNodeAtLocation(root, path);
}
