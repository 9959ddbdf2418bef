import * as vscode from "vscode";

/** @param openLabel of the button. @returns `undefined` if the user chooses none */
export async function askForFolder(title: string, openLabel: string): Promise<vscode.Uri | undefined> {
  const defaultUri = vscode.workspace.workspaceFolders?.[0]?.uri;
  const chosen = await vscode.window.showOpenDialog({
    ...{ title, openLabel, canSelectFiles: false, canSelectFolders: true },
    ...(defaultUri && { defaultUri }),
  });
  return chosen?.[0];
}
