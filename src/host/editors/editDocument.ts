import * as vscode from "vscode";
import { editText, type DocumentChange } from "../../session/edits/editText.js";

/** What was asked for before is done first: an edit is of the text as it is then. */
const last = new WeakMap<vscode.TextDocument, Promise<void>>();

/**
 * Changes the text of a document as little as it takes: one undo step.
 * @throws Error if VS Code does not take it; RangeError if a change leads nowhere
 */
export function editDocument(
  document: vscode.TextDocument,
  changes: readonly DocumentChange[],
): Promise<void> {
  const earlier = last.get(document) ?? Promise.resolve();
  const edit = earlier.catch(() => undefined).then(() => apply(document, changes));
  last.set(document, edit);
  return edit;
}

async function apply(document: vscode.TextDocument, changes: readonly DocumentChange[]): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  for (const { offset, length, text } of editText(document.getText(), changes)) {
    const [start, end] = [document.positionAt(offset), document.positionAt(offset + length)];
    edit.replace(document.uri, new vscode.Range(start, end), text);
  }
  if (edit.size === 0) return;
  if (!(await vscode.workspace.applyEdit(edit))) throw new Error("VS Code did not change the text.");
}
