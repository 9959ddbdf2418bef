/** File names in documents: where one stands under the pointer. */
import { findNodeAtOffset, parseTree, type Node } from "jsonc-parser";

/** Keys whose values are paths of audio: of clips and references, of an album's songs. */
const KEYS: readonly unknown[] = ["file", "source"];

export interface AudioPath {
  /** `file` or `source`. */
  readonly key: string;
  /** As the document writes it, relative to the document, with `/`. */
  readonly path: string;
  /** Of the text with its quotation marks, in UTF-16 units. */
  readonly offset: number;
  readonly length: number;
}

/** All file names of a `*.mix.json` or `*.album.json`, in the order of its text. */
export function audioPaths(text: string): AudioPath[] {
  const found: AudioPath[] = [];
  const root = parseTree(text, [], { allowTrailingComma: true });
  const visit = (node: Node): void => {
    if (node.type === "string" && isPath(node)) found.push(pathOf(node));
    node.children?.forEach(visit);
  };
  if (root) visit(root);
  return found;
}

/** @returns the file name of a `*.mix.json` or `*.album.json` at an offset of its text; `undefined` if none is there */
export function audioPathAt(text: string, offset: number): AudioPath | undefined {
  const root = parseTree(text, [], { allowTrailingComma: true });
  const node = root && findNodeAtOffset(root, offset);
  return node?.type === "string" && isPath(node) ? pathOf(node) : undefined;
}

function pathOf(node: Node): AudioPath {
  const key = node.parent?.children?.[0]?.value as string;
  return { key, path: node.value as string, offset: node.offset, length: node.length };
}

function isPath(node: Node): boolean {
  const [key, value] = node.parent?.type === "property" ? (node.parent.children ?? []) : [];
  return value === node && KEYS.includes(key?.value) && node.value !== "";
}
