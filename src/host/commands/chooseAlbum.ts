import * as vscode from "vscode";

const PATTERN = /\.album\.json$/;

/**
 * Finds the album document that a command is meant for: the one it was called with, else the one
 * in the active editor, else one of the workspace.
 *
 * @returns `undefined` if there is none or the user chooses none
 */
export async function chooseAlbum(argument: unknown): Promise<vscode.Uri | undefined> {
  if (argument instanceof vscode.Uri) return argument;
  return activeAlbum() ?? (await albumOfWorkspace());
}

function activeAlbum(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  if (!(input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom)) return undefined;
  return PATTERN.test(input.uri.path) ? input.uri : undefined;
}

async function albumOfWorkspace(): Promise<vscode.Uri | undefined> {
  const albums = await vscode.workspace.findFiles("**/*.album.json", "**/node_modules/**");
  if (albums.length === 0) {
    void vscode.window.showInformationMessage(
      "There is no album in this workspace. An album is a file whose name ends in .album.json.",
    );
  }
  if (albums.length <= 1) return albums[0];
  const items = albums
    .map((uri) => ({ label: vscode.workspace.asRelativePath(uri), uri }))
    .sort((a, b) => a.label.localeCompare(b.label));
  return (await vscode.window.showQuickPick(items, { placeHolder: "Choose an album" }))?.uri;
}
