import * as vscode from "vscode";
import { masteringPresetChanges } from "../../session/presets/applyMasteringPreset.js";
import { editDocument } from "../editors/editDocument.js";
import { ALBUM, chooseDocument } from "./chooseDocument.js";
import { chooseMasteringPreset } from "./masterSong.js";

/**
 * Apply Mastering Preset: writes a chain, its level, the limiter and the target into an album, one undo step.
 *
 * @param argument the album's Uri; anything else takes the active one, or asks
 * @returns whether the text was changed
 */
export async function applyMasteringPreset(argument: unknown): Promise<boolean> {
  const album = await chooseDocument(argument, ALBUM);
  const preset = album && (await chooseMasteringPreset("Apply Mastering Preset"));
  if (!album || !preset) return false;
  const document = await vscode.workspace.openTextDocument(album);
  try {
    await editDocument(document, masteringPresetChanges(preset));
    return true;
  } catch {
    void vscode.window.showErrorMessage("The album's text has errors: put them right first.");
    return false;
  }
}
