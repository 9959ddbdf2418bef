/** What can be done about a diagnostic by a change of the text. */
import type { Diagnostic } from "./diagnostic.js";
import { editText, type DocumentChange } from "./edits/editText.js";
import type { TextEdit } from "./edits/textPieces.js";

export interface QuickFix {
  readonly title: string;
  /** Of the text, in its order. */
  readonly edits: readonly TextEdit[];
}

/** How messages name the word that was probably meant. */
const MEANT = /Did you mean (["`])([^"`]+)\1\?/;

/** Faults that go when what they point at is taken away. */
const REMOVALS: Readonly<Record<string, string>> = {
  "length-beyond-end": "Let the clip sound to the end of its file",
  "own-sidechain": "Remove the side-chain",
  "duplicate-member": "Remove the second mention",
  "unused-bus": "Remove the bus",
  "unknown-key": "Remove the key",
};

/** @returns in the order of how likely they are wanted */
export function quickFixes(text: string, diagnostic: Diagnostic): QuickFix[] {
  const { code, message, path, offset, length } = diagnostic;
  const meant = MEANT.exec(message)?.[2];
  const replace = (word: string): QuickFix["edits"] => [{ offset, length, text: JSON.stringify(word) }];
  const fixes: QuickFix[] = [];
  if (meant !== undefined) fixes.push({ title: `Change to "${meant}"`, edits: replace(meant) });
  if (code === "backslash") {
    const written = JSON.parse(text.slice(offset, offset + length)) as string;
    fixes.push({ title: 'Write "/" for "\\"', edits: replace(written.replaceAll("\\", "/")) });
  }
  const removal = REMOVALS[code];
  if (removal !== undefined) fixes.push({ title: removal, edits: editText(text, [removed(diagnostic)]) });
  if (code === "loudness-outlier" && diagnostic.wanted !== undefined) {
    const change: DocumentChange = { type: "set", path, value: diagnostic.wanted };
    const title = `Set the loudness offset to ${diagnostic.wanted} LU`;
    fixes.push({ title, edits: editText(text, [change]) });
  }
  return fixes;
}

function removed({ code, path }: Diagnostic): DocumentChange {
  return { type: "set", path: code === "unused-bus" ? path.slice(0, -1) : path, value: undefined };
}

/** The file is there, but under another name. @param name relative to the document, with `/` */
export function relink({ offset, length }: Diagnostic, name: string): QuickFix {
  return { title: `Use "${name}"`, edits: [{ offset, length, text: JSON.stringify(name) }] };
}
