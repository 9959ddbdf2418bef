import { basename } from "node:path";
import * as vscode from "vscode";
import { askForFolder } from "../commands/askForFolder.js";
import type { RoughMixResult } from "../../mastering/rough/roughMix.js";
import { audioBatch, showFailures } from "../audio/audioBatch.js";
import { mayWrite } from "../commands/readyDocument.js";
import type { StudioService } from "../studioService.js";
import { freeSession } from "./freeSession.js";

/**
 * Rough Mix from Folder: writes a session into a folder of stems and opens it as text, where its comments say why
 * each level was chosen.
 *
 * @param argument the folder's Uri; anything else asks for one
 * @returns `undefined` if nothing was written: no folder chosen, cancelled, or it failed, which is shown
 */
export async function roughMix(
  studio: Pick<StudioService, "use">,
  argument: unknown,
): Promise<RoughMixResult | undefined> {
  if (!mayWrite("Rough Mix from Folder")) return undefined;
  const folder =
    argument instanceof vscode.Uri
      ? argument
      : await askForFolder("Rough Mix: Choose the Folder of Stems", "Make Rough Mix");
  if (!folder) return undefined;
  const batch = await audioBatch("Rough mix of", [folder], ({ fsPath }, options) =>
    studio.use((open) =>
      open.roughMix({ folder: fsPath, output: freeSession(fsPath, basename(fsPath)) }, options),
    ),
  );
  const result = batch.done[0]?.value;
  if (!result) {
    showFailures(batch, "mixed");
    return undefined;
  }
  await vscode.window.showTextDocument(vscode.Uri.file(result.path));
  void showResult(result);
  return result;
}

async function showResult({ path, tracks, overview, warnings }: RoughMixResult): Promise<void> {
  const { integrated, samplePeak } = overview.loudness;
  const level = integrated === null ? "silence" : `${integrated.toFixed(1)} LUFS`;
  const peak = samplePeak === null ? "" : `, peak ${samplePeak.toFixed(1)} dBFS`;
  const message = `${basename(path)}: ${tracks.length} tracks, ${level}${peak}.`;
  if (warnings.length === 0) await vscode.window.showInformationMessage(message);
  else await vscode.window.showWarningMessage(`${message} ${warnings.slice(0, 5).join(" ")}`);
}
