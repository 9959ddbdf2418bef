import * as vscode from "vscode";
import { WAV_VIEW_TYPE } from "../editors/wavEditor.js";
import { AUDIO_EXTENSIONS } from "../wav/audioKinds.js";

/**
 * Opens audio files in the audio editor.
 * @param argument the file's Uri; without one, the user chooses
 * @param selection all files selected in the Explorer
 */
export async function previewAudio(argument: unknown, selection?: unknown): Promise<void> {
  for (const uri of await wanted(argument, selection)) {
    await vscode.commands.executeCommand("vscode.openWith", uri, WAV_VIEW_TYPE, { preview: false });
  }
}

async function wanted(argument: unknown, selection: unknown): Promise<readonly vscode.Uri[]> {
  if (Array.isArray(selection)) {
    const uris = selection.filter((each) => each instanceof vscode.Uri);
    if (uris.length > 0) return uris;
  }
  if (argument instanceof vscode.Uri) return [argument];
  const chosen = await vscode.window.showOpenDialog({
    canSelectMany: true,
    openLabel: "Preview",
    title: "Preview Audio",
    filters: { Audio: [...AUDIO_EXTENSIONS] },
  });
  return chosen ?? [];
}
