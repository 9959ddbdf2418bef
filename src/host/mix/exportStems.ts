import { basename, dirname, join } from "node:path";
import * as vscode from "vscode";
import type { ExportedStems } from "../../mastering/stems/exportStems.js";
import { audioBatch, showFailures } from "../audio/audioBatch.js";
import { chooseDocument, MIX } from "../commands/chooseDocument.js";
import { openFolder } from "../commands/openFolder.js";
import { isSaved, mayWrite } from "../commands/readyDocument.js";
import type { StudioService } from "../studioService.js";
import { chooseRenderFormat } from "./chooseRenderFormat.js";
import { readySession } from "./readySession.js";

const KINDS: readonly (vscode.QuickPickItem & { readonly withSends: boolean })[] = [
  {
    label: "Every track and bus",
    description: "after its fader, without its sends; returns are stems of their own",
    withSends: false,
  },
  {
    label: "Every track as it is heard alone",
    description: "through its buses and with its returns",
    withSends: true,
  },
];
const OPEN_FOLDER = "Open folder";

/**
 * Export Stems: renders a session's channels to WAV files in a folder that the user chooses.
 *
 * @param argument the session's Uri; anything else takes the active one, or asks
 * @returns `undefined` if nothing was written
 */
export async function exportStems(
  studio: Pick<StudioService, "use">,
  argument: unknown,
): Promise<ExportedStems | undefined> {
  const mix = await chooseDocument(argument, MIX);
  if (!mix || !mayWrite("Export Stems") || !(await isSaved(mix)) || !(await readySession(mix)))
    return undefined;
  const kind = await vscode.window.showQuickPick(KINDS, {
    title: "Export Stems",
    placeHolder: "Which stems",
  });
  const format = kind && (await chooseRenderFormat("Export Stems"));
  const folder = format && (await chooseFolder(mix));
  if (!folder) return undefined;
  const { withSends } = kind;
  const batch = await audioBatch("Exporting stems of", [mix], ({ fsPath }, options) =>
    studio.use((each) => each.exportStems({ path: fsPath, folder, withSends, ...format }, options)),
  );
  showFailures(batch, "exported");
  const result = batch.done[0]?.value;
  if (result) void showResult(result);
  return result;
}

/** Files of the same names in it are replaced, which the user is asked about. */
async function chooseFolder(mix: vscode.Uri): Promise<string | undefined> {
  const name = `${basename(mix.fsPath).replace(/(\.mix)?\.json$/, "")} stems`;
  const folder = join(dirname(mix.fsPath), name);
  const there = await vscode.workspace.fs.stat(vscode.Uri.file(folder)).then(
    () => true,
    () => false,
  );
  if (!there) return folder;
  const replace = "Replace";
  const choice = await vscode.window.showWarningMessage(
    `The folder "${name}" is there already. Stems of the same names in it are replaced.`,
    { modal: true },
    replace,
  );
  return choice === replace ? folder : undefined;
}

async function showResult({ folder, stems, clipped, warnings }: ExportedStems): Promise<void> {
  const loss =
    clipped > 0 ? ` ${clipped} samples are over full scale and were clipped: write 32-bit float.` : "";
  const odd = warnings.map((warning) => ` ${warning.replace(/\.?$/, ".")}`).join("");
  const show = loss + odd === "" ? "showInformationMessage" : "showWarningMessage";
  const message = `${stems.length} stems are in "${basename(folder)}".${loss}${odd}`;
  if ((await vscode.window[show](message, OPEN_FOLDER)) === OPEN_FOLDER) await openFolder(folder);
}
