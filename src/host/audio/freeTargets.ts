import { existsSync } from "node:fs";
import { basename } from "node:path";
import * as vscode from "vscode";
import { freePath } from "../../session/audioConversion.js";

const OVERWRITE = "Overwrite";
const KEEP_BOTH = "Keep Both";

/**
 * Asks what is to become of files that are where new ones are to go.
 * @param isSource files that are never overwritten, whatever the answer
 * @returns the paths to write; `undefined` if the user changed their mind
 */
export async function freeTargets(
  targets: readonly string[],
  isSource: (path: string) => boolean,
): Promise<readonly string[] | undefined> {
  const existing = targets.filter((path) => existsSync(path));
  const [first] = existing;
  if (first === undefined) return targets;
  const question =
    existing.length === 1
      ? `${basename(first)} exists already.`
      : `${existing.length} of the ${targets.length} files exist already, ${basename(first)} among them.`;
  const detail = "Overwriting cannot be undone. Keep Both puts a number behind the new name.";
  const answer = await vscode.window.showWarningMessage(
    question,
    { modal: true, detail },
    KEEP_BOTH,
    OVERWRITE,
  );
  if (answer === undefined) return undefined;
  const taken = new Set(targets);
  return targets.map((target) => {
    if (!existsSync(target) || (answer === OVERWRITE && !isSource(target))) return target;
    const free = freePath(target, (path) => taken.has(path) || existsSync(path));
    taken.add(free);
    return free;
  });
}
