/** Import Session and Export DAWproject. What is not carried over is shown in a document of its own. */
import { basename, dirname, extname } from "node:path";
import * as vscode from "vscode";
import { version } from "../../../package.json";
import type { ExportedSession } from "../../mastering/interchange/exportSession.js";
import type { ImportedSession } from "../../mastering/interchange/importSession.js";
import { formatCount } from "../../viewmodel/formats.js";
import { audioBatch, showFailures } from "../audio/audioBatch.js";
import { freeTargets } from "../audio/freeTargets.js";
import { chooseDocument, MIX } from "../commands/chooseDocument.js";
import { isSaved, mayWrite } from "../commands/readyDocument.js";
import { MIX_VIEW_TYPE } from "../editors/mixEditor.js";
import type { MarkdownDocuments } from "../markdownDocuments.js";
import { freeSession } from "./freeSession.js";

const SHOW = "Show What Is Missing";

/**
 * Import Session: a session of a DAWproject or a REAPER project, beside it, opened in the mix editor.
 *
 * @param argument the file's Uri; anything else asks for one
 * @returns `undefined` if nothing was written
 */
export async function importSession(
  documents: MarkdownDocuments,
  argument: unknown,
): Promise<ImportedSession | undefined> {
  if (!mayWrite("Import Session")) return undefined;
  const file = argument instanceof vscode.Uri ? argument : await chooseProject();
  if (!file) return undefined;
  const work = await import("../../mastering/interchange/importSession.js");
  const batch = await audioBatch("Importing", [file], ({ fsPath }) =>
    work.importSession(fsPath, freeSession(dirname(fsPath), basename(fsPath, extname(fsPath)))),
  );
  showFailures(batch, "imported");
  const result = batch.done[0]?.value;
  if (!result) return undefined;
  await vscode.commands.executeCommand("vscode.openWith", vscode.Uri.file(result.path), MIX_VIEW_TYPE);
  const { tracks, buses } = result;
  void tell(
    documents,
    `Imported ${basename(result.path)}: ${formatCount(tracks, "track")}, ${formatCount(buses, "bus", "buses")}.`,
    file,
    result.lost,
  );
  return result;
}

/**
 * Export DAWproject: a session with its audio, beside it, for other programs.
 *
 * @param argument the session's Uri; anything else takes the active one, or asks
 * @returns `undefined` if nothing was written
 */
export async function exportDawproject(
  documents: MarkdownDocuments,
  argument: unknown,
): Promise<ExportedSession | undefined> {
  const mix = await chooseDocument(argument, MIX);
  if (!mix || !mayWrite("Export DAWproject") || !(await isSaved(mix))) return undefined;
  const wanted = `${mix.fsPath.replace(/(\.mix)?\.json$/, "")}.dawproject`;
  const output = (await freeTargets([wanted], () => false))?.[0];
  if (output === undefined) return undefined;
  const work = await import("../../mastering/interchange/exportSession.js");
  const batch = await audioBatch("Exporting", [mix], ({ fsPath }) =>
    work.exportSession(fsPath, output, version),
  );
  showFailures(batch, "exported");
  const result = batch.done[0]?.value;
  if (!result) return undefined;
  void tell(
    documents,
    `Exported ${basename(output)}: ${formatCount(result.files, "audio file")}.`,
    mix,
    result.lost,
  );
  return result;
}

async function chooseProject(): Promise<vscode.Uri | undefined> {
  const chosen = await vscode.window.showOpenDialog({
    title: "Import Session",
    openLabel: "Import",
    filters: { "DAWproject, REAPER": ["dawproject", "rpp", "RPP"] },
  });
  return chosen?.[0];
}

async function tell(
  documents: MarkdownDocuments,
  message: string,
  from: vscode.Uri,
  lost: readonly string[],
): Promise<void> {
  if (lost.length === 0) {
    await vscode.window.showInformationMessage(message);
    return;
  }
  const count = lost.length === 1 ? "One thing was" : `${lost.length} things were`;
  const choice = await vscode.window.showWarningMessage(`${message} ${count} not carried over.`, SHOW);
  if (choice !== SHOW) return;
  const list = lost.map((sentence) => `- ${sentence}`).join("\n");
  const title = `${basename(from.fsPath)}: not carried over`;
  await documents.show(title, `# ${title}\n\n${list}\n`);
}
