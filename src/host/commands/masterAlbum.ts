import { basename } from "node:path";
import * as vscode from "vscode";
import type { AlbumResult, SongFailure } from "../../mastering/results.js";
import { formatPercent } from "../../viewmodel/formats.js";
import { isCancellation, type AlbumRuns } from "../albumRuns.js";
import { AlbumEditor } from "../editors/albumEditor.js";
import { chooseAlbum } from "./chooseAlbum.js";
import { openFolder } from "./openFolder.js";
import { openTextAt } from "./openTextAt.js";
import { isSaved, mayWrite, showDocumentError } from "./readyDocument.js";

/**
 * Master Album: shows progress with a working Cancel, then what came of it.
 *
 * @param argument the album document's Uri; anything else asks for one
 * @returns `undefined` if nothing was mastered: no album chosen, cancelled, or the document has errors
 */
export async function masterAlbum(runs: AlbumRuns, argument: unknown): Promise<AlbumResult | undefined> {
  const album = await chooseAlbum(argument);
  if (!album || !mayWrite("Master Album") || !(await isSaved(album))) return undefined;
  await vscode.commands.executeCommand("vscode.openWith", album, AlbumEditor.viewType);
  try {
    const result = await withProgress(runs, album);
    void showResult(result, album);
    return result;
  } catch (error) {
    if (!isCancellation(error)) void showError(error, album);
    return undefined;
  }
}

function withProgress(runs: AlbumRuns, album: vscode.Uri): Thenable<AlbumResult> {
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: `Mastering ${basename(album.fsPath, ".album.json")}`,
    cancellable: true,
  };
  return vscode.window.withProgress(options, async (notification, token) => {
    let shown = 0;
    const follow = (changed: vscode.Uri): void => {
      const progress = runs.progressOf(album);
      if (changed.fsPath !== album.fsPath || !progress || progress.songs === 0) return;
      const { fraction, song, songs, title, stage } = progress;
      const message = `${formatPercent(fraction)}, song ${song + 1} of ${songs}, "${title}": ${stage}`;
      notification.report({ message, increment: (fraction - shown) * 100 });
      shown = fraction;
    };
    const subscriptions = [runs.onDidChange(follow), token.onCancellationRequested(() => runs.cancel(album))];
    try {
      return await runs.start(album);
    } finally {
      vscode.Disposable.from(...subscriptions).dispose();
    }
  });
}

/** Buttons of the notifications. */
const OPEN_FOLDER = "Open folder";
const SHOW_REPORT = "Show report";
const SHOW_ERROR = "Show error";

async function showResult(result: AlbumResult, album: vscode.Uri): Promise<void> {
  const failed = result.songs.flatMap(({ title, error }) => (error ? [{ title, error }] : []));
  const done = result.songs.length - failed.length;
  const first = failed[0];
  const choice = first
    ? await vscode.window.showErrorMessage(
        `${done} of ${result.songs.length} songs were mastered. "${first.title}": ${first.error.message}`,
        SHOW_ERROR,
        OPEN_FOLDER,
        SHOW_REPORT,
      )
    : await vscode.window.showInformationMessage(
        `Mastered "${result.title}": ${done} ${done === 1 ? "song" : "songs"} in ${result.seconds.toFixed(1)} s.`,
        OPEN_FOLDER,
        SHOW_REPORT,
      );
  if (choice === OPEN_FOLDER) await openFolder(result.folder);
  if (choice === SHOW_REPORT) await vscode.commands.executeCommand("headroom.showReport", album);
  if (choice === SHOW_ERROR && first) await openFailure(first.error, album);
}

function openFailure({ file, line = 1, column = 1 }: SongFailure, album: vscode.Uri): Promise<void> {
  const place = { line: line - 1, character: column - 1 };
  return openTextAt(file === undefined ? album : vscode.Uri.file(file), place);
}

async function showError(error: unknown, album: vscode.Uri): Promise<void> {
  const { DocumentError } = await import("../../mastering/documentError.js");
  if (!(error instanceof DocumentError)) {
    const sentence = error instanceof Error ? error.message : String(error);
    await vscode.window.showErrorMessage(`The album could not be mastered. ${sentence}`);
    return;
  }
  await showDocumentError(album, error.diagnostics, "album");
}
