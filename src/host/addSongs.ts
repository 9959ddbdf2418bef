/** Songs that are to go into an album. */
import { basename } from "node:path";
import * as vscode from "vscode";
import { AUDIO_EXTENSIONS, isAudioFile } from "../audio/audioNames.js";
import { relativeName } from "../mastering/audioFilesOf.js";
import { songTitle } from "../mastering/newAlbum.js";
import { isMixDocument } from "../mastering/readSong.js";
import type { DocumentChange } from "../session/edits/editText.js";

/** @returns `undefined` if the user chooses none */
export async function chooseSongs(album: vscode.Uri): Promise<readonly vscode.Uri[] | undefined> {
  return vscode.window.showOpenDialog({
    title: "Add Songs to the Album",
    openLabel: "Add",
    canSelectMany: true,
    defaultUri: vscode.Uri.joinPath(album, ".."),
    filters: { "Audio files and mix sessions": [...AUDIO_EXTENSIONS, "json"] },
  });
}

/** @returns changes that put the songs at the end; the user is told of files that are none */
export function addedSongs(uris: readonly vscode.Uri[], album: vscode.Uri): DocumentChange[] {
  const isSong = ({ scheme, fsPath }: vscode.Uri): boolean =>
    scheme === "file" && (isMixDocument(fsPath) || isAudioFile(fsPath));
  const others = uris.filter((uri) => !isSong(uri)).map(({ path }) => basename(path));
  if (others.length > 0)
    void vscode.window.showWarningMessage(
      `Not added: ${others.join(", ")}. A song is an audio file or a *.mix.json.`,
    );
  return uris.filter(isSong).map(({ fsPath }) => ({
    type: "insert",
    path: ["songs", -1],
    value: { source: relativeName(fsPath, album.fsPath), title: songTitle(basename(fsPath)) },
  }));
}
