import { basename } from "node:path";
import * as vscode from "vscode";
import type { Diagnostic } from "../../session/diagnostic.js";
import { openTextAt } from "./openTextAt.js";

const GO_TO_LINE = "Go to line";

/** Whether files may be written here; says so if not. @param command "Master Album" */
export function mayWrite(command: string): boolean {
  if (vscode.workspace.isTrusted) return true;
  void vscode.window.showWarningMessage(`${command} writes files, which needs a trusted workspace.`);
  return false;
}

/** The saved text is what is rendered. */
export async function isSaved(uri: vscode.Uri): Promise<boolean> {
  const document = vscode.workspace.textDocuments.find((each) => each.uri.toString() === uri.toString());
  return !document?.isDirty || document.save();
}

/**
 * Tells of the first error of a document, and goes to it if the user wants.
 * @param noun "album"
 */
export async function showDocumentError(
  uri: vscode.Uri,
  diagnostics: readonly Diagnostic[],
  noun: string,
): Promise<void> {
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  const [first] = errors;
  if (!first) return;
  const where = `${basename(uri.path)}:${first.start.line + 1}:${first.start.character + 1}`;
  const count = errors.length === 1 ? "an error" : `${errors.length} errors`;
  const choice = await vscode.window.showErrorMessage(
    `The ${noun} has ${count}. ${where}: ${first.message}`,
    GO_TO_LINE,
  );
  if (choice === GO_TO_LINE) await openTextAt(uri, first.start);
}
