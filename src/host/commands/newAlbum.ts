import { existsSync } from "node:fs";
import { join } from "node:path";
import * as vscode from "vscode";
import { ALBUM_NAME, newAlbum as writeAlbum } from "../../mastering/newAlbum.js";
import { sentenceOf } from "../wav/wavAnalysis.js";
import { askForFolder } from "./askForFolder.js";
import { chooseMasteringPreset } from "./masterSong.js";
import { mayWrite } from "./readyDocument.js";

const TITLE = "New Album";

/**
 * New Album: a commented `record.album.json` with a song for every session of a folder, or for its audio files.
 *
 * @param argument a folder; without one, the user chooses
 * @returns the document
 */
export async function newAlbum(argument: unknown): Promise<vscode.Uri | undefined> {
  if (!mayWrite(TITLE)) return undefined;
  const title = `${TITLE}: Choose the Folder with the Songs`;
  const folder = argument instanceof vscode.Uri ? argument : await askForFolder(title, "Make Album");
  const preset = folder && (await chooseMasteringPreset(TITLE));
  if (!preset) return undefined;
  const output = freePath(folder.fsPath);
  try {
    writeAlbum({ folder: folder.fsPath, output, preset });
  } catch (error) {
    void vscode.window.showErrorMessage(`No album was made. ${sentenceOf(error)}`);
    return undefined;
  }
  const album = vscode.Uri.file(output);
  await vscode.commands.executeCommand("headroom.openAlbumEditor", album);
  return album;
}

/** An album that is there is never overwritten. */
function freePath(folder: string): string {
  for (let n = 1; ; n++) {
    const path = join(folder, n === 1 ? ALBUM_NAME : ALBUM_NAME.replace(".", `-${n}.`));
    if (!existsSync(path)) return path;
  }
}
