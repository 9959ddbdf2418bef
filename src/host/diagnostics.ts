import * as vscode from "vscode";
import type { Diagnostic, Severity } from "../session/diagnostic.js";

/** Typing rests this long before a document is checked, milliseconds. */
const REST_MILLISECONDS = 300;
const PATTERN = /\.(mix|album)\.json$/;

/** Keeps the Problems panel up to date for every open `*.mix.json` and `*.album.json`, text editor or not. */
export class DocumentDiagnostics implements vscode.Disposable {
  readonly #collection = vscode.languages.createDiagnosticCollection("headroom");
  readonly #pending = new Map<string, NodeJS.Timeout>();
  readonly #subscriptions: vscode.Disposable[];

  constructor() {
    const { workspace, window } = vscode;
    // Files may come and go beside a document.
    const checkAll = (): void => workspace.textDocuments.forEach((document) => this.#schedule(document));
    this.#subscriptions = [
      workspace.onDidOpenTextDocument((document) => this.#schedule(document)),
      workspace.onDidChangeTextDocument(({ document }) => this.#schedule(document)),
      workspace.onDidSaveTextDocument(checkAll),
      workspace.onDidCloseTextDocument((document) => this.#forget(document)),
      workspace.onDidCreateFiles(checkAll),
      workspace.onDidDeleteFiles(checkAll),
      workspace.onDidRenameFiles(checkAll),
      window.onDidChangeWindowState(({ focused }) => focused && checkAll()),
    ];
    checkAll();
  }

  dispose(): void {
    for (const timer of this.#pending.values()) clearTimeout(timer);
    vscode.Disposable.from(...this.#subscriptions, this.#collection).dispose();
  }

  #schedule(document: vscode.TextDocument): void {
    if (document.uri.scheme !== "file" || !PATTERN.test(document.uri.path)) return;
    const key = document.uri.toString();
    clearTimeout(this.#pending.get(key));
    this.#pending.set(
      key,
      setTimeout(() => {
        this.#pending.delete(key);
        void this.#check(document);
      }, REST_MILLISECONDS),
    );
  }

  async #check(document: vscode.TextDocument): Promise<void> {
    const { checkText } = await import("../mastering/checkDocument.js");
    if (document.isClosed) return;
    const found = checkText(document.uri.fsPath, document.getText());
    this.#collection.set(document.uri, found.map(toVscode));
  }

  #forget({ uri }: vscode.TextDocument): void {
    clearTimeout(this.#pending.get(uri.toString()));
    this.#pending.delete(uri.toString());
    this.#collection.delete(uri);
  }
}

const SEVERITIES: Readonly<Record<Severity, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
};

function toVscode({ severity, code, message, start, end }: Diagnostic): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(
    new vscode.Range(start.line, start.character, end.line, end.character),
    message,
    SEVERITIES[severity],
  );
  diagnostic.source = "headroom";
  diagnostic.code = code;
  return diagnostic;
}
