import { basename, dirname } from "node:path";
import * as vscode from "vscode";
import { isAudioFile } from "../../audio/audioNames.js";
import { freeSessionPath, type NewMixResult } from "../../mastering/newMix.js";
import { askForFolder } from "../commands/askForFolder.js";
import { mayWrite } from "../commands/readyDocument.js";
import type { StudioService } from "../studioService.js";
import { sentenceOf } from "../wav/wavAnalysis.js";

/**
 * New Mix Session: a commented `song.mix.json` beside the audio files, one track for each, opened as text.
 *
 * @param argument a folder or an audio file; without one, the user chooses a folder
 * @param selection all that is selected in the Explorer
 */
export async function newMixSession(
  studio: Pick<StudioService, "use">,
  argument: unknown,
  selection: unknown,
): Promise<NewMixResult | undefined> {
  if (!mayWrite("New Mix Session")) return undefined;
  const chosen = await chosenSource(argument, selection);
  if (!chosen) return undefined;
  const { folder, from } = chosen;
  try {
    const input = { from, output: freeSessionPath(folder), title: basename(folder) };
    const result = await studio.use((each) => each.newMix(input));
    await vscode.commands.executeCommand("vscode.openWith", vscode.Uri.file(result.path), "default");
    showSkipped(result);
    return result;
  } catch (error) {
    void vscode.window.showErrorMessage(`No mix session was made. ${sentenceOf(error)}`);
    return undefined;
  }
}

interface Source {
  /** Where the session goes. */
  readonly folder: string;
  readonly from: string | readonly string[];
}

async function chosenSource(argument: unknown, selection: unknown): Promise<Source | undefined> {
  const selected = Array.isArray(selection) ? selection.filter((each) => each instanceof vscode.Uri) : [];
  const given = selected.length > 0 ? selected : argument instanceof vscode.Uri ? [argument] : [];
  const files = given.map(({ fsPath }) => fsPath).filter(isAudioFile);
  const [first] = files;
  if (first !== undefined) return { folder: dirname(first), from: files };
  const folder =
    given[0] ??
    (await askForFolder("New Mix Session: Choose the Folder with the Audio Files", "Make Session"));
  return folder && { folder: folder.fsPath, from: folder.fsPath };
}

function showSkipped({ warnings, tracks }: NewMixResult): void {
  const [first] = warnings;
  if (first === undefined) return;
  const rest = warnings.length > 1 ? ` ${warnings.length - 1} more files were left out.` : "";
  const count = tracks === 1 ? "1 track" : `${tracks} tracks`;
  void vscode.window.showWarningMessage(
    `The session has ${count}. Left out: ${first.replace(/\.?$/, ".")}${rest}`,
  );
}
