import { readFile } from "node:fs/promises";
import * as vscode from "vscode";
import { chooseAlbum } from "./chooseAlbum.js";

/** Shows the report of an album's last masters. @param argument the album document's Uri; anything else asks for one */
export async function showReport(argument: unknown): Promise<void> {
  const album = await chooseAlbum(argument);
  if (!album) return;
  const [{ lastMasters }, { albumContent }] = await Promise.all([
    import("../lastMasters.js"),
    import("../albumContent.js"),
  ]);
  const { document } = albumContent(album.fsPath, await readFile(album.fsPath, "utf8"));
  const masters = document && (await lastMasters(album.fsPath, document));
  if (!masters) {
    void vscode.window.showInformationMessage(
      "There are no masters of this album yet. Master Album makes them.",
    );
    return;
  }
  await vscode.commands.executeCommand("markdown.showPreview", vscode.Uri.file(masters.result.reportPath));
}
