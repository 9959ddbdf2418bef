import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import * as vscode from "vscode";
import { chooseAlbum } from "./chooseAlbum.js";

const OPEN_PAGE = "Open in Browser";

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
  const { reportPath } = masters.result;
  await vscode.commands.executeCommand("markdown.showPreview", vscode.Uri.file(reportPath));
  void offerPage(reportPath.replace(/\.md$/, ".html"));
}

/** The page is for others: a browser shows it as they will see it. */
async function offerPage(path: string): Promise<void> {
  if (!existsSync(path)) return;
  const message =
    "The same report as a page with loudness curves, to send to others, lies beside the masters.";
  if ((await vscode.window.showInformationMessage(message, OPEN_PAGE)) === OPEN_PAGE)
    await vscode.env.openExternal(vscode.Uri.file(path));
}
