import { basename, resolve } from "node:path";
import * as vscode from "vscode";
import { isAudioFile } from "../../audio/audioNames.js";
import { masterName } from "../../mastering/masterSong.js";
import type { SongResult } from "../../mastering/results.js";
import {
  MASTERING_PRESETS,
  MASTERING_PRESET_NAMES,
  type MasteringPresetName,
} from "../../session/presets/masteringChains.js";
import { formatGain, formatLufs, formatTruePeak } from "../../viewmodel/formats.js";
import { audioBatch, showFailures } from "../audio/audioBatch.js";
import { freeTargets } from "../audio/freeTargets.js";
import { WAV_VIEW_TYPE } from "../editors/wavEditor.js";
import type { StudioService } from "../studioService.js";
import { openFolder } from "./openFolder.js";
import { isSaved, mayWrite } from "./readyDocument.js";

const OPEN = "Open";
const REVEAL = "Reveal";

type Services = Pick<StudioService, "use">;

/**
 * Master This Song: an audio file or a mix session becomes a master beside it.
 *
 * @param argument its Uri; anything else takes the active one, or asks
 * @returns `undefined` if nothing was written
 */
export async function masterThisSong(studio: Services, argument: unknown): Promise<SongResult | undefined> {
  const song = await chooseSong(argument, "Master This Song");
  if (!song || !mayWrite("Master This Song") || !(await isSaved(song))) return undefined;
  const preset = await chooseMasteringPreset("Master This Song");
  return preset && render(studio, song, { preset, kind: "master", title: "Mastering" });
}

/** Render Demo: as loud as others, by gain and limiter alone, 16 bits at 44.1 kHz. */
export async function renderDemo(studio: Services, argument: unknown): Promise<SongResult | undefined> {
  const song = await chooseSong(argument, "Render Demo");
  if (!song || !mayWrite("Render Demo") || !(await isSaved(song))) return undefined;
  return render(studio, song, {
    ...{ preset: "demo", kind: "demo", title: "Rendering a demo of" },
    ...{ bitDepth: 16, sampleRate: 44100, comment: "DEMO" },
  });
}

/** @returns `undefined` if the user changed their mind */
export async function chooseMasteringPreset(title: string): Promise<MasteringPresetName | undefined> {
  const items = MASTERING_PRESET_NAMES.map((name) => {
    const { purpose, target } = MASTERING_PRESETS[name];
    const description = `${formatLufs(target.loudness)}, ${formatTruePeak(target.truePeak)}`;
    return { label: name, description, detail: purpose };
  });
  const placeHolder = "How the song is to sound; every value can be changed in an album document";
  const chosen = await vscode.window.showQuickPick(items, { title, placeHolder, matchOnDetail: true });
  return MASTERING_PRESET_NAMES.find((name) => name === chosen?.label);
}

interface Rendering {
  readonly preset: MasteringPresetName;
  readonly kind: "master" | "demo";
  readonly title: string;
  readonly bitDepth?: 16;
  readonly sampleRate?: number;
  readonly comment?: string;
}

async function render(
  studio: Services,
  song: vscode.Uri,
  { kind, title, ...options }: Rendering,
): Promise<SongResult | undefined> {
  const source = resolve(song.fsPath);
  const output = (await freeTargets([masterName(source, kind)], (path) => path === source))?.[0];
  if (output === undefined) return undefined;
  const batch = await audioBatch(title, [song], (_, job) =>
    studio.use((each) => each.masterSong({ source, output, ...options }, job)),
  );
  showFailures(batch, "mastered");
  const result = batch.done[0]?.value;
  if (result) void showResult(result, output);
  return result;
}

async function showResult({ after, gain, warnings }: SongResult, output: string): Promise<void> {
  const { integrated = null, truePeak = null } = after?.loudness ?? {};
  const facts = [formatLufs(integrated), formatTruePeak(truePeak), `gain ${formatGain(gain)}`].join(", ");
  const show = warnings.length > 0 ? "showWarningMessage" : "showInformationMessage";
  const message = [`${basename(output)}: ${facts}.`, ...warnings].join(" ");
  const choice = await vscode.window[show](message, OPEN, REVEAL);
  if (choice === OPEN)
    await vscode.commands.executeCommand("vscode.openWith", vscode.Uri.file(output), WAV_VIEW_TYPE);
  if (choice === REVEAL) await openFolder(output);
}

const isSong = (uri: vscode.Uri): boolean => uri.path.endsWith(".mix.json") || isAudioFile(uri.path);

async function chooseSong(argument: unknown, title: string): Promise<vscode.Uri | undefined> {
  if (argument instanceof vscode.Uri && isSong(argument)) return argument;
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  const isOpen = input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom;
  if (isOpen && isSong(input.uri)) return input.uri;
  const chosen = await vscode.window.showOpenDialog({
    title: `${title}: Choose an Audio File or a Mix Session`,
    openLabel: title,
  });
  return chosen?.[0];
}
