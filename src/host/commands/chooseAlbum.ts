import type * as vscode from "vscode";
import { ALBUM, chooseDocument } from "./chooseDocument.js";

/** The album document that a command is meant for; see {@link chooseDocument}. */
export function chooseAlbum(argument: unknown): Promise<vscode.Uri | undefined> {
  return chooseDocument(argument, ALBUM);
}
