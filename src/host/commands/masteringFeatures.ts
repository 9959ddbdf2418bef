/** Commands that master. The code of those that are rarely used is loaded when they are. */
import * as vscode from "vscode";
import type { AlbumRuns } from "../albumRuns.js";
import type { StudioService } from "../studioService.js";
import { masterAlbum } from "./masterAlbum.js";
import { showReport } from "./showReport.js";

export class MasteringFeatures implements vscode.Disposable {
  readonly #subscriptions: vscode.Disposable;

  constructor(runs: AlbumRuns, studio: Pick<StudioService, "use">) {
    const { registerCommand } = vscode.commands;
    this.#subscriptions = vscode.Disposable.from(
      registerCommand("headroom.masterAlbum", (argument: unknown) => masterAlbum(runs, argument)),
      registerCommand("headroom.cancelMastering", (argument: unknown) => cancelMastering(runs, argument)),
      registerCommand("headroom.showReport", (argument: unknown) => showReport(argument)),
      registerCommand("headroom.masterThisSong", async (argument: unknown) =>
        (await import("./masterSong.js")).masterThisSong(studio, argument),
      ),
      registerCommand("headroom.renderDemo", async (argument: unknown) =>
        (await import("./masterSong.js")).renderDemo(studio, argument),
      ),
      registerCommand("headroom.newAlbum", async (argument: unknown) =>
        (await import("./newAlbum.js")).newAlbum(argument),
      ),
      registerCommand("headroom.applyMasteringPreset", async (argument: unknown) =>
        (await import("./applyMasteringPreset.js")).applyMasteringPreset(argument),
      ),
    );
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }
}

/** Cancels the run of the given album, or else all runs. */
function cancelMastering(runs: AlbumRuns, argument: unknown): void {
  if (argument instanceof vscode.Uri) runs.cancel(argument);
  else runs.cancelAll();
}
