/** Headroom's views in the activity bar: sessions and albums, and renders. */
import * as vscode from "vscode";
import type { AlbumRuns } from "../albumRuns.js";
import { DocumentTree, type DocumentItem } from "./documentTree.js";
import { renderLog, type Render } from "./renderLog.js";
import { RenderTree } from "./renderTree.js";

export function registerViews(runs: AlbumRuns): vscode.Disposable {
  const { registerCommand, executeCommand } = vscode.commands;
  const documents = new DocumentTree();
  /** Lets a command that takes a Uri be run from an item of the view. */
  const onDocument = (name: string, command: string): vscode.Disposable =>
    registerCommand(name, (item: DocumentItem) =>
      "uri" in item ? executeCommand(command, item.uri) : undefined,
    );
  return vscode.Disposable.from(
    documents,
    vscode.window.registerTreeDataProvider("headroom.documents", documents),
    vscode.window.registerTreeDataProvider("headroom.renders", new RenderTree(renderLog)),
    onDocument("headroom.view.mixDown", "headroom.mixDown"),
    onDocument("headroom.view.masterAlbum", "headroom.masterAlbum"),
    registerCommand("headroom.view.cancelRender", (render: Render) => render.cancel()),
    registerCommand("headroom.view.renderAgain", (render: Render) => render.again()),
    registerCommand("headroom.view.clearRenders", () => renderLog.clear()),
    followAlbums(runs),
  );
}

/** Puts the albums that are mastered into the log. */
function followAlbums(runs: AlbumRuns): vscode.Disposable {
  const told = new Map<string, (change: Partial<Render>) => void>();
  return runs.onDidChange((uri) => {
    const progress = runs.progressOf(uri);
    const known = told.get(uri.fsPath);
    if (progress) {
      const tell = known ?? renderLog.begin({ ...renderOf(runs, uri), uri });
      told.set(uri.fsPath, tell);
      tell({ fraction: progress.fraction });
    } else if (known) {
      told.delete(uri.fsPath);
      known({ ...runs.lastEnd(uri), fraction: 1 });
    }
  });
}

const renderOf = (runs: AlbumRuns, uri: vscode.Uri): Pick<Render, "title" | "cancel" | "again"> => ({
  title: "Mastering",
  cancel: () => runs.cancel(uri),
  again: () => void vscode.commands.executeCommand("headroom.masterAlbum", uri),
});
