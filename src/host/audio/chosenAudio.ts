import * as vscode from "vscode";
import { AUDIO_EXTENSIONS, isAudioFile } from "../../audio/audioNames.js";

export interface ChoiceOptions {
  /** Of the dialog: "Normalize". */
  readonly title: string;
  /** Whether the file in the active editor is meant where no file is named. */
  readonly usesActive: boolean;
}

/**
 * The audio files that a command is meant for: those selected in the Explorer, the one it was called with, the one
 * in the active editor, or those that the user chooses. Selected files that are no audio are left out.
 */
export async function chosenAudio(
  argument: unknown,
  selection: unknown,
  { title, usesActive }: ChoiceOptions,
): Promise<readonly vscode.Uri[]> {
  const selected = Array.isArray(selection) ? selection.filter((each) => each instanceof vscode.Uri) : [];
  const given = selected.length > 0 ? selected : argument instanceof vscode.Uri ? [argument] : [];
  if (given.length > 0) {
    const audio = given.filter(({ path }) => isAudioFile(path));
    if (audio.length === 0)
      void vscode.window.showWarningMessage(
        "No audio file is selected. Select WAV, FLAC, MP3, Ogg or AIFF files.",
      );
    return audio;
  }
  const active = usesActive ? activeAudio() : undefined;
  if (active) return [active];
  const chosen = await vscode.window.showOpenDialog({
    title: `${title}: Choose Audio Files`,
    openLabel: title,
    canSelectMany: true,
    filters: { Audio: [...AUDIO_EXTENSIONS] },
  });
  return chosen ?? [];
}

function activeAudio(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  if (!(input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom)) return undefined;
  return isAudioFile(input.uri.path) ? input.uri : undefined;
}
