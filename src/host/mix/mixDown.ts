import { basename, dirname, resolve } from "node:path";
import * as vscode from "vscode";
import type { MixdownResult } from "../../mastering/renderMixdown.js";
import { partName, type TimeRange } from "../../mastering/timeRange.js";
import { formatClock, formatLufs, formatTruePeak } from "../../viewmodel/formats.js";
import { audioBatch, showFailures } from "../audio/audioBatch.js";
import { freeTargets } from "../audio/freeTargets.js";
import { chooseDocument, MIX } from "../commands/chooseDocument.js";
import { openFolder } from "../commands/openFolder.js";
import { isSaved, mayWrite } from "../commands/readyDocument.js";
import { WAV_VIEW_TYPE } from "../editors/wavEditor.js";
import type { StudioService } from "../studioService.js";
import { chooseRenderFormat } from "./chooseRenderFormat.js";
import { readySession } from "./readySession.js";

const OPEN = "Open";
const REVEAL = "Reveal";

/**
 * Mix Down: renders a session to a WAV file beside it, with progress and Cancel, and says how loud it is.
 *
 * @param argument the session's Uri; anything else takes the active one, or asks
 * @param range only this part of it
 * @returns `undefined` if nothing was written
 */
export async function mixDown(
  studio: Pick<StudioService, "use">,
  argument: unknown,
  range?: TimeRange,
): Promise<MixdownResult | undefined> {
  const mix = await chooseDocument(argument, MIX);
  if (!mix || !mayWrite("Mix Down") || !(await isSaved(mix))) return undefined;
  const session = await readySession(mix);
  const format = session && (await chooseRenderFormat("Mix Down"));
  if (!format) return undefined;
  const part = range ? partName(range) : "";
  const wanted = `${mix.fsPath.replace(/(\.mix)?\.json$/, "")}${part}.wav`;
  const sources = session.files.map((file) => resolve(dirname(mix.fsPath), file));
  const output = (await freeTargets([wanted], (path) => sources.includes(path)))?.[0];
  if (output === undefined) return undefined;
  const batch = await audioBatch("Mixing down", [mix], ({ fsPath }, options) =>
    studio.use((each) => each.mixdown({ path: fsPath, output, ...format, range }, options)),
  );
  showFailures(batch, "mixed down");
  const result = batch.done[0]?.value;
  if (result) void showResult(result, output);
  return result;
}

async function showResult({ overview, clipped, warnings }: MixdownResult, output: string): Promise<void> {
  const { integrated, truePeak } = overview.loudness;
  const facts = [formatClock(overview.duration), formatLufs(integrated), formatTruePeak(truePeak)].join(", ");
  const loss =
    clipped > 0
      ? ` ${clipped} samples are over full scale and were clipped: turn the master fader down, or write 32-bit float.`
      : "";
  const odd = warnings.map((warning) => ` ${warning.replace(/\.?$/, ".")}`).join("");
  const show = clipped > 0 || odd !== "" ? "showWarningMessage" : "showInformationMessage";
  const message = `Mixed down ${basename(output)}: ${facts}.${loss}${odd}`;
  const choice = await vscode.window[show](message, OPEN, REVEAL);
  if (choice === OPEN)
    await vscode.commands.executeCommand("vscode.openWith", vscode.Uri.file(output), WAV_VIEW_TYPE);
  if (choice === REVEAL) await openFolder(output);
}
