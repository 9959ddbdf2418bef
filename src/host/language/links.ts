import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import * as vscode from "vscode";
import { audioPaths } from "../../session/audioPathAt.js";
import { rangeOf } from "./places.js";

/** Names of files that exist lead to them. */
export function linksOf(document: vscode.TextDocument): vscode.DocumentLink[] {
  const folder = dirname(document.uri.fsPath);
  return audioPaths(document.getText()).flatMap(({ path, offset, length }) => {
    const file = resolve(folder, path);
    if (!existsSync(file)) return [];
    const link = new vscode.DocumentLink(
      rangeOf(document, { offset: offset + 1, length: length - 2 }),
      vscode.Uri.file(file),
    );
    link.tooltip = `Open ${path}`;
    return [link];
  });
}
