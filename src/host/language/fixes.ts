/** Quick fixes of Headroom's diagnostics. */
import { basename } from "node:path";
import * as vscode from "vscode";
import { relativeName } from "../../mastering/audioFilesOf.js";
import type { Diagnostic } from "../../session/diagnostic.js";
import { quickFixes, relink, type QuickFix } from "../../session/quickFixes.js";
import { documentProblems, toVscode } from "../documentProblems.js";
import { rangeOf } from "./places.js";

/** Files of the name of a missing one that are offered. */
const MOST_FOUND = 5;

export async function fixesFor(
  document: vscode.TextDocument,
  range: vscode.Range,
): Promise<vscode.CodeAction[]> {
  const problems = await documentProblems(document);
  const here = problems.filter((problem) => rangeOf(document, problem).intersection(range));
  const actions = await Promise.all(
    here.map(async (problem) => {
      const found = problem.code === "file-missing" ? await moved(document, problem) : [];
      const fixes = [...found, ...quickFixes(document.getText(), problem)];
      return fixes.map((fix, i) => actionOf(document, problem, fix, i === 0));
    }),
  );
  return actions.flat();
}

/** Where a missing file may be now: files of the same name in the workspace. */
async function moved(document: vscode.TextDocument, problem: Diagnostic): Promise<QuickFix[]> {
  const written = JSON.parse(document.getText(rangeOf(document, problem))) as string;
  const name = basename(written.replaceAll("\\", "/")).replaceAll(/[[\]{}*?]/g, "?");
  const found = await vscode.workspace.findFiles(`**/${name}`, "**/node_modules/**", MOST_FOUND);
  return found
    .map(({ fsPath }) => relativeName(fsPath, document.uri.fsPath))
    .sort((a, b) => a.length - b.length)
    .map((path) => relink(problem, path));
}

function actionOf(
  document: vscode.TextDocument,
  problem: Diagnostic,
  { title, edits }: QuickFix,
  isPreferred: boolean,
): vscode.CodeAction {
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  action.edit = new vscode.WorkspaceEdit();
  for (const edit of edits) action.edit.replace(document.uri, rangeOf(document, edit), edit.text);
  action.diagnostics = [toVscode(problem)];
  action.isPreferred = isPreferred;
  return action;
}
