import * as vscode from "vscode";
import type { Place } from "../../protocol/albumProtocol.js";

/** Opens a file in the text editor with the cursor at a place in it. */
export async function openTextAt(uri: vscode.Uri, { line, character }: Place): Promise<void> {
  const position = new vscode.Position(line, character);
  await vscode.commands.executeCommand("vscode.openWith", uri, "default", {
    selection: new vscode.Range(position, position),
  });
}
