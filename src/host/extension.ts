/** Wires the extension together. Whatever is heavy is loaded when it is first needed. */
import * as vscode from "vscode";
import { AlbumRuns } from "./albumRuns.js";
import { chooseAlbum } from "./commands/chooseAlbum.js";
import { masterAlbum } from "./commands/masterAlbum.js";
import { showReport } from "./commands/showReport.js";
import { DocumentDiagnostics } from "./diagnostics.js";
import { AlbumEditor } from "./editors/albumEditor.js";
import { OverviewCache } from "./overviewCache.js";
import { StudioService } from "./studioService.js";

/** Ended by `deactivate`, which VS Code waits for. */
let studio: StudioService | undefined;

export function activate({ extensionPath, extensionUri, subscriptions }: vscode.ExtensionContext): void {
  studio = new StudioService(extensionPath);
  const runs = new AlbumRuns(studio);
  const { registerCommand } = vscode.commands;
  subscriptions.push(
    runs,
    new DocumentDiagnostics(),
    AlbumEditor.register({ extensionUri, runs, overviews: new OverviewCache(studio) }),
    registerCommand("headroom.masterAlbum", (argument: unknown) => masterAlbum(runs, argument)),
    registerCommand("headroom.cancelMastering", (argument: unknown) => cancelMastering(runs, argument)),
    registerCommand("headroom.showReport", (argument: unknown) => showReport(argument)),
    registerCommand("headroom.openAsText", (argument: unknown) => openAlbumWith(argument, "default")),
    registerCommand("headroom.openAlbumEditor", (argument: unknown) =>
      openAlbumWith(argument, AlbumEditor.viewType),
    ),
  );
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
