/** Which editor a document is open in. */
import * as vscode from "vscode";
import { activeDocument, ALBUM, chooseDocument, MIX, type DocumentKind } from "./chooseDocument.js";

/** Of a mix session, if one is active or given; else of an album. */
export async function openAsText(argument: unknown): Promise<void> {
  const isMix = isOf(argument, MIX) || (argument === undefined && activeDocument(MIX) !== undefined);
  await openWith(argument, isMix ? MIX : ALBUM, "default");
}

/** Opens the document that a command is meant for. @param editor id of a custom editor */
export async function openWith(argument: unknown, kind: DocumentKind, editor: string): Promise<void> {
  const document = await chooseDocument(argument, kind);
  if (document) await vscode.commands.executeCommand("vscode.openWith", document, editor);
}

const isOf = (argument: unknown, { ending }: DocumentKind): boolean =>
  argument instanceof vscode.Uri && argument.path.endsWith(ending);
