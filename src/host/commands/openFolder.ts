import * as vscode from "vscode";

/** Shows a folder in the system's file browser; in a browser or on a remote machine, in the Explorer. */
export async function openFolder(path: string): Promise<void> {
  const isLocal = vscode.env.remoteName === undefined && vscode.env.uiKind === vscode.UIKind.Desktop;
  await vscode.commands.executeCommand(
    isLocal ? "revealFileInOS" : "revealInExplorer",
    vscode.Uri.file(path),
  );
}
