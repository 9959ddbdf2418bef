import { readFile } from "node:fs/promises";
import type * as vscode from "vscode";
import { checkText } from "../../mastering/checkDocument.js";
import { filesOfMix } from "../../session/fileNames.js";
import { parseMix } from "../../session/mixDocument.js";
import { showDocumentError } from "../commands/readyDocument.js";

export interface ReadySession {
  /** What the session plays, as the document names it. */
  readonly files: readonly string[];
}

/** @returns `undefined` if the saved session has errors, which are then shown */
export async function readySession(mix: vscode.Uri): Promise<ReadySession | undefined> {
  const text = await readFile(mix.fsPath, "utf8");
  const diagnostics = checkText(mix.fsPath, text);
  const { value } = parseMix(text);
  if (value && diagnostics.every(({ severity }) => severity !== "error"))
    return { files: filesOfMix(value).map(({ file }) => file) };
  void showDocumentError(mix, diagnostics, "mix session");
  return undefined;
}
