import * as vscode from "vscode";
import type { AlbumRuns } from "./albumRuns.js";

/** Typing rests this long before a document is checked, milliseconds. */
const REST_MILLISECONDS = 300;
const PATTERN = /\.(mix|album)\.json$/;

/** Keeps the Problems panel up to date for every open `*.mix.json` and `*.album.json`, text editor or not. */
export class DocumentDiagnostics implements vscode.Disposable {
  readonly #collection = vscode.languages.createDiagnosticCollection("headroom");
  readonly #pending = new Map<string, NodeJS.Timeout>();
  readonly #subscriptions: vscode.Disposable[];

  constructor(runs: AlbumRuns) {
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
      workspace.onDidChangeConfiguration(
        (event) => event.affectsConfiguration("headroom.problems") && checkAll(),
      ),
      runs.onDidChange((album) => this.#followRun(album)),
      window.onDidChangeWindowState(({ focused }) => focused && checkAll()),
    ];
    checkAll();
  }

  dispose(): void {
    for (const timer of this.#pending.values()) clearTimeout(timer);
    vscode.Disposable.from(...this.#subscriptions, this.#collection).dispose();
  }

  /** Once masters are made, what they have shown is told. */
  #followRun(album: vscode.Uri): void {
    const document = vscode.workspace.textDocuments.find(({ uri }) => uri.fsPath === album.fsPath);
    if (document) this.#schedule(document);
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
    const { documentProblems, toVscode } = await import("./documentProblems.js");
    const { version } = document;
    const found = await documentProblems(document);
    if (!document.isClosed && document.version === version)
      this.#collection.set(document.uri, found.map(toVscode));
  }

  #forget({ uri }: vscode.TextDocument): void {
    clearTimeout(this.#pending.get(uri.toString()));
    this.#pending.delete(uri.toString());
    this.#collection.delete(uri);
  }
}
