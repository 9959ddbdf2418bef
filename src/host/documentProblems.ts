/** Everything that is to be told of a document: what its text says, its files, and its last masters. */
import * as vscode from "vscode";
import { albumProblems } from "../mastering/albumProblems.js";
import { checkText } from "../mastering/checkDocument.js";
import { parseAlbum } from "../session/albumDocument.js";
import type { Diagnostic, Severity } from "../session/diagnostic.js";
import { lastMasters } from "./lastMasters.js";
import { problemLink } from "./problemLinks.js";

/** As `headroom.problems.severity` has it, by code. */
type Severities = Readonly<Record<string, Severity | "off">>;

/** In the severities that the user wants. */
export async function documentProblems(document: vscode.TextDocument): Promise<Diagnostic[]> {
  const { uri } = document;
  const text = document.getText();
  const found = [...checkText(uri.fsPath, text), ...(await mastersProblems(uri.fsPath, text))];
  const wanted = vscode.workspace.getConfiguration("headroom", uri).get<Severities>("problems.severity", {});
  return found.flatMap((problem): Diagnostic[] => {
    const severity = Object.hasOwn(wanted, problem.code) ? wanted[problem.code] : problem.severity;
    // What keeps a document from being rendered stays an error.
    if (problem.severity === "error") return [problem];
    return severity === undefined || severity === "off" ? [] : [{ ...problem, severity }];
  });
}

async function mastersProblems(path: string, text: string): Promise<Diagnostic[]> {
  if (!path.endsWith(".album.json")) return [];
  const { value } = parseAlbum(text);
  const masters = value && (await lastMasters(path, value));
  return masters && !masters.isOutdated ? albumProblems(text, value, masters.result) : [];
}

const SEVERITIES: Readonly<Record<Severity, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
};

export function toVscode({ severity, code, message, start, end }: Diagnostic): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(
    new vscode.Range(start.line, start.character, end.line, end.character),
    message,
    SEVERITIES[severity],
  );
  diagnostic.source = "headroom";
  const target = problemLink(code);
  diagnostic.code = target ? { value: code, target } : code;
  return diagnostic;
}
