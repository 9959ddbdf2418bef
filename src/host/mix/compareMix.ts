import { basename } from "node:path";
import * as vscode from "vscode";
import { comparisonText } from "../../mastering/compare/comparisonText.js";
import { textAt } from "../../mastering/compare/textAt.js";
import { chooseDocument, MIX } from "../commands/chooseDocument.js";
import { isSaved } from "../commands/readyDocument.js";
import type { MarkdownDocuments } from "../markdownDocuments.js";
import type { StudioService } from "../studioService.js";

type Services = Pick<StudioService, "use">;

/**
 * What has changed in a session since a revision of git: in words, in figures and by a null test.
 *
 * @param argument a session's Uri; anything else takes the active one, or asks
 * @param revision asked for if absent
 * @returns the comparison that is shown; `undefined` if there is none
 */
export async function compareMix(
  studio: Services,
  documents: MarkdownDocuments,
  argument: unknown,
  revision?: string,
): Promise<string | undefined> {
  const session = await chooseDocument(argument, MIX);
  if (!session || !(await isSaved(session))) return undefined;
  const wanted = revision ?? (await askForRevision());
  if (wanted === undefined || wanted === "") return undefined;
  try {
    const text = await compared(studio, session.fsPath, wanted);
    await documents.show(`${basename(session.fsPath)} since ${wanted}`, text);
    return text;
  } catch (error) {
    if (error instanceof Error && error.name === "AbortError") return undefined;
    void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
    return undefined;
  }
}

function askForRevision(): Thenable<string | undefined> {
  const title = "Compare with Revision";
  return vscode.window.showInputBox({ title, prompt: "A commit, branch or tag of git", value: "HEAD~1" });
}

function compared(studio: Services, path: string, revision: string): Thenable<string> {
  const name = basename(path);
  const title = `Comparing ${name} with ${revision}`;
  const location = vscode.ProgressLocation.Notification;
  return vscode.window.withProgress({ location, title, cancellable: true }, async (progress, token) => {
    const controller = new AbortController();
    token.onCancellationRequested(() => controller.abort());
    let told = 0;
    const onProgress = (fraction: number): void => {
      progress.report({ increment: 100 * (fraction - told) });
      told = fraction;
    };
    const before = { path, text: await textAt(path, revision) };
    const result = await studio.use((each) =>
      each.compare(before, { path }, { signal: controller.signal, onProgress }),
    );
    return comparisonText(result, `${name} at ${revision}`, `${name} now`);
  });
}
