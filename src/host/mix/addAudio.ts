/** Audio files that are to go into a mix session. */
import { basename, extname } from "node:path";
import * as vscode from "vscode";
import { AudioFileError } from "../../audio/audioFile.js";
import { isAudioFile, AUDIO_EXTENSIONS } from "../../audio/audioNames.js";
import { relativeName } from "../../mastering/audioFilesOf.js";
import { readSourceFacts } from "../../mastering/sourceFacts.js";
import type { AddedFile } from "../../protocol/mixProtocol.js";
import type { DocumentChange } from "../../session/edits/editText.js";
import type { MixDocument } from "../../session/mixDocument.js";
import { namedTracks } from "../../session/newMix.js";
import { sentenceOf } from "../wav/wavAnalysis.js";

/** @returns `undefined` if the user chooses none */
export async function chooseAudioFiles(document: vscode.Uri): Promise<vscode.Uri[] | undefined> {
  return vscode.window.showOpenDialog({
    title: "Add Audio to the Session",
    openLabel: "Add",
    canSelectMany: true,
    defaultUri: vscode.Uri.joinPath(document, ".."),
    filters: { Audio: [...AUDIO_EXTENSIONS] },
  });
}

/** @returns name of the impulse response as the session writes it; `null` if the user chooses none */
export async function chooseImpulse(document: vscode.Uri): Promise<string | null> {
  const chosen = await vscode.window.showOpenDialog({
    title: "Choose an Impulse Response",
    openLabel: "Use",
    defaultUri: vscode.Uri.joinPath(document, ".."),
    filters: { Audio: [...AUDIO_EXTENSIONS] },
  });
  const file = chosen && addedFiles(chosen, document, undefined)[0];
  return file ? file.file : null;
}

/**
 * @param mix what the session says now
 * @returns what can be played of the files, as the session names them; the user is told of the others
 */
export function addedFiles(
  uris: readonly vscode.Uri[],
  document: vscode.Uri,
  mix: MixDocument | undefined,
): AddedFile[] {
  const failures: string[] = [];
  const added = uris.flatMap((uri): Omit<AddedFile, "id" | "name">[] => {
    try {
      if (uri.scheme !== "file" || !isAudioFile(uri.fsPath))
        throw new Error(`${basename(uri.path)}: not an audio file`);
      const { channels, sampleRate, frames } = readSourceFacts(uri.fsPath);
      return [{ file: relativeName(uri.fsPath, document.fsPath), channels, sampleRate, frames }];
    } catch (error) {
      failures.push(
        error instanceof AudioFileError ? `${basename(error.file)}: ${error.reason}` : sentenceOf(error),
      );
      return [];
    }
  });
  if (failures.length > 0)
    void vscode.window.showWarningMessage(
      `Not added: ${failures.slice(0, 3).join("; ")}${failures.length > 3 ? " and more" : ""}.`,
    );
  const taken = [...(mix?.tracks ?? []), ...(mix?.buses ?? [])].map(({ id }) => id);
  const titled = added.map(({ file }) => ({ file, title: basename(file, extname(file)) }));
  return namedTracks(titled, taken).map(({ id, name }, i) => ({ ...added[i]!, id, name }));
}

/** @returns changes that put each file on a track of its own, from the start of the song on */
export function addedTracks(files: readonly AddedFile[]): DocumentChange[] {
  return files.map(({ id, name, file }) => ({
    type: "insert",
    path: ["tracks", -1],
    value: { id, name, clips: [{ file, start: 0 }] },
  }));
}
