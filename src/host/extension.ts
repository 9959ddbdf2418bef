/** Wires the extension together. Whatever is heavy is loaded when it is first needed. */
import * as vscode from "vscode";
import { WAV_VIEW_COMMANDS } from "../protocol/wavProtocol.js";
import { AlbumRuns } from "./albumRuns.js";
import { AudioFeatures } from "./audio/audioFeatures.js";
import { chooseAlbum } from "./commands/chooseAlbum.js";
import { masterAlbum } from "./commands/masterAlbum.js";
import { showReport } from "./commands/showReport.js";
import { DocumentDiagnostics } from "./diagnostics.js";
import { AlbumEditor } from "./editors/albumEditor.js";
import { WavEditor } from "./editors/wavEditor.js";
import { MixFeatures } from "./mix/mixFeatures.js";
import { OverviewCache } from "./overviewCache.js";
import { StudioService } from "./studioService.js";
import { WavServices } from "./wav/wavServices.js";
import { WavStatusBar } from "./wavStatusBar.js";

/** Ended by `deactivate`, which VS Code waits for. */
let studio: StudioService | undefined;

/** What the suites in the extension host look into; nobody else gets anything. */
export interface TestAccess {
  readonly wavEditor: WavEditor;
}

export function activate(context: vscode.ExtensionContext): TestAccess | undefined {
  const { extensionPath, extensionUri, globalStorageUri, subscriptions } = context;
  studio = new StudioService(extensionPath, globalStorageUri.fsPath);
  const runs = new AlbumRuns(studio);
  const audio = new WavServices(studio, globalStorageUri.fsPath);
  const wavEditor = new WavEditor(extensionUri, audio);
  const { registerCommand } = vscode.commands;
  subscriptions.push(
    runs,
    new DocumentDiagnostics(),
    AlbumEditor.register({ extensionUri, runs, overviews: new OverviewCache(studio) }),
    audio,
    wavEditor,
    new WavStatusBar(wavEditor),
    new AudioFeatures(studio, audio),
    new MixFeatures(studio),
    ...WAV_VIEW_COMMANDS.map((command) =>
      registerCommand(`headroom.wav.${command}`, () => wavEditor.tell(command)),
    ),
    registerCommand("headroom.masterAlbum", (argument: unknown) => masterAlbum(runs, argument)),
    registerCommand("headroom.cancelMastering", (argument: unknown) => cancelMastering(runs, argument)),
    registerCommand("headroom.showReport", (argument: unknown) => showReport(argument)),
    registerCommand("headroom.openAsText", (argument: unknown) => openAlbumWith(argument, "default")),
    registerCommand("headroom.openAlbumEditor", (argument: unknown) =>
      openAlbumWith(argument, AlbumEditor.viewType),
    ),
  );
  return context.extensionMode === vscode.ExtensionMode.Test ? { wavEditor } : undefined;
}

export async function deactivate(): Promise<void> {
  await studio?.dispose();
}

/** Cancels the run of the given album, or else all runs. */
function cancelMastering(runs: AlbumRuns, argument: unknown): void {
  if (argument instanceof vscode.Uri) runs.cancel(argument);
  else runs.cancelAll();
}

async function openAlbumWith(argument: unknown, editor: string): Promise<void> {
  const album = await chooseAlbum(argument);
  if (album) await vscode.commands.executeCommand("vscode.openWith", album, editor);
}
