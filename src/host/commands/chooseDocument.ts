import * as vscode from "vscode";

/** A kind of document that commands are meant for. */
export interface DocumentKind {
  /** Of its file name: ".album.json". */
  readonly ending: string;
  /** "album". */
  readonly noun: string;
  /** "An album". */
  readonly subject: string;
}

export const ALBUM: DocumentKind = { ending: ".album.json", noun: "album", subject: "An album" };
export const MIX: DocumentKind = { ending: ".mix.json", noun: "mix session", subject: "A mix session" };

/**
 * Finds the document that a command is meant for: the one it was called with, else the one
 * in the active editor, else one of the workspace.
 *
 * @returns `undefined` if there is none or the user chooses none
 */
export async function chooseDocument(argument: unknown, kind: DocumentKind): Promise<vscode.Uri | undefined> {
  if (argument instanceof vscode.Uri) return argument;
  return activeDocument(kind) ?? (await documentOfWorkspace(kind));
}

/** The document of the active editor, if it is of that kind. */
export function activeDocument({ ending }: DocumentKind): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  if (!(input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom)) return undefined;
  return input.uri.path.endsWith(ending) ? input.uri : undefined;
}

async function documentOfWorkspace({ ending, noun, subject }: DocumentKind): Promise<vscode.Uri | undefined> {
  const documents = await vscode.workspace.findFiles(`**/*${ending}`, "**/node_modules/**");
  if (documents.length === 0) {
    void vscode.window.showInformationMessage(
      `There is no ${noun} in this workspace. ${subject} is a file whose name ends in ${ending}.`,
    );
  }
  if (documents.length <= 1) return documents[0];
  const items = documents
    .map((uri) => ({ label: vscode.workspace.asRelativePath(uri), uri }))
    .sort((a, b) => a.label.localeCompare(b.label));
  const placeHolder = `Choose ${subject.toLowerCase()}`;
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.uri;
}
