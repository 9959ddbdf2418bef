/** What an album's sources measure, behind their names. */
import { dirname, resolve } from "node:path";
import * as vscode from "vscode";
import { audioPaths } from "../../session/audioPathAt.js";
import { formatLufs, formatTruePeak } from "../../viewmodel/formats.js";
import type { OverviewCache } from "../overviewCache.js";

export async function hintsOf(
  overviews: OverviewCache,
  document: vscode.TextDocument,
  range: vscode.Range,
): Promise<vscode.InlayHint[]> {
  const folder = dirname(document.uri.fsPath);
  const shown = audioPaths(document.getText()).filter(
    ({ key, offset }) => key === "source" && range.contains(document.positionAt(offset)),
  );
  const hints = await Promise.all(
    shown.map(async ({ path, offset, length }) => {
      // What cannot be measured has a diagnostic.
      const overview = await overviews.overview(resolve(folder, path)).catch(() => undefined);
      if (!overview) return [];
      const { integrated, truePeak } = overview.loudness;
      const text = `${formatLufs(integrated)}, ${formatTruePeak(truePeak)}`;
      const hint = new vscode.InlayHint(document.positionAt(offset + length), text);
      hint.paddingLeft = true;
      hint.tooltip = "Integrated loudness and true peak of the source";
      return [hint];
    }),
  );
  return hints.flat();
}
