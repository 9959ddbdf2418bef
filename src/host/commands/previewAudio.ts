import * as vscode from "vscode";
import { chosenAudio } from "../audio/chosenAudio.js";
import { WAV_VIEW_TYPE } from "../editors/wavEditor.js";

/**
 * Opens audio files in the audio editor.
 * @param argument the file's Uri; without one, the user chooses
 * @param selection all files selected in the Explorer
 */
export async function previewAudio(argument: unknown, selection?: unknown): Promise<void> {
  for (const uri of await chosenAudio(argument, selection, { title: "Preview Audio", usesActive: false })) {
    await vscode.commands.executeCommand("vscode.openWith", uri, WAV_VIEW_TYPE, { preview: false });
  }
}
