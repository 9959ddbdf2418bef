import { rm } from "node:fs/promises";
import * as vscode from "vscode";
import type { WavViewCommand } from "../../protocol/wavProtocol.js";
import type { WavServices } from "../wav/wavServices.js";
import { WavDocument } from "./wavDocument.js";
import { WavPanel } from "./wavPanel.js";
import { webviewPage, webviewRoot } from "./webviewPage.js";

export const WAV_VIEW_TYPE = "headroom.wav";

/** The editor of audio files. */
export class WavEditor implements vscode.CustomEditorProvider<WavDocument>, vscode.Disposable {
  readonly #extensionUri: vscode.Uri;
  readonly #services: WavServices;
  readonly #panels = new Set<WavPanel>();
  readonly #edits = new vscode.EventEmitter<vscode.CustomDocumentEditEvent<WavDocument>>();
  readonly #activated = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable[];
  readonly onDidChangeCustomDocument = this.#edits.event;
  /** Another view, or none, is the active one, or its state has changed. */
  readonly onDidChangeActive = this.#activated.event;

  constructor(extensionUri: vscode.Uri, services: WavServices) {
    this.#extensionUri = extensionUri;
    this.#services = services;
    this.#subscriptions = [
      vscode.window.registerCustomEditorProvider(WAV_VIEW_TYPE, this, {
        supportsMultipleEditorsPerDocument: true,
        webviewOptions: { retainContextWhenHidden: true },
      }),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (!event.affectsConfiguration("headroom.wav")) return;
        for (const document of services.documents) document.refreshSettings();
      }),
    ];
    void services.sweep();
  }

  /** The document of the active view. */
  get active(): WavDocument | undefined {
    return this.#activePanel?.document;
  }

  /** Hands a command to the active view, which knows the selection. */
  tell(command: WavViewCommand): void {
    this.#activePanel?.tell(command);
  }

  openCustomDocument(uri: vscode.Uri, { backupId }: vscode.CustomDocumentOpenContext): WavDocument {
    const document = new WavDocument(uri, this.#services);
    document.onDidEdit((edit) => this.#edits.fire(edit));
    document.onDidChange(() => document === this.active && this.#activated.fire());
    void document.open(backupId === undefined ? undefined : backupPath(backupId));
    return document;
  }

  resolveCustomEditor(document: WavDocument, panel: vscode.WebviewPanel): void {
    const { webview } = panel;
    webview.options = { enableScripts: true, localResourceRoots: [webviewRoot(this.#extensionUri)] };
    const view = new WavPanel(document, panel, this.#services.use);
    this.#panels.add(view);
    panel.onDidChangeViewState(() => {
      if (panel.visible) document.file.checkSoon();
      this.#activated.fire();
    });
    panel.onDidDispose(() => {
      this.#panels.delete(view);
      view.dispose();
      this.#activated.fire();
    });
    this.#activated.fire();
    webview.html = webviewPage(webview, this.#extensionUri, { title: document.file.name, program: "wav" });
  }

  async saveCustomDocument(document: WavDocument, token: vscode.CancellationToken): Promise<void> {
    if (document.isRewritten) {
      void document.chooseContents();
      throw new vscode.CancellationError();
    }
    const hasChanged = await document.file.hasChanged();
    if (hasChanged && !(await mayOverwrite(document))) throw new vscode.CancellationError();
    await document.save(hasChanged, signalOf(token));
  }

  async saveCustomDocumentAs(
    document: WavDocument,
    destination: vscode.Uri,
    token: vscode.CancellationToken,
  ): Promise<void> {
    await document.saveAs(destination, signalOf(token));
  }

  async revertCustomDocument(document: WavDocument): Promise<void> {
    await document.reload();
  }

  async backupCustomDocument(
    document: WavDocument,
    { destination }: vscode.CustomDocumentBackupContext,
    token: vscode.CancellationToken,
  ): Promise<vscode.CustomDocumentBackup> {
    await vscode.workspace.fs.createDirectory(vscode.Uri.joinPath(destination, ".."));
    const path = destination.fsPath;
    await document.backup(path);
    const remove = async (): Promise<void> => {
      await rm(path, { force: true });
      await this.#services.store.forgetBackup(path);
      // What only the backup referred to.
      await this.#services.sweep();
    };
    if (token.isCancellationRequested) {
      // VS Code has no use for it any more, and will not ask for it to be deleted.
      await remove();
      throw new vscode.CancellationError();
    }
    return { id: destination.toString(), delete: () => void remove() };
  }

  dispose(): void {
    vscode.Disposable.from(...this.#subscriptions, this.#edits, this.#activated).dispose();
  }

  get #activePanel(): WavPanel | undefined {
    return [...this.#panels].find(({ isActive }) => isActive);
  }
}

const backupPath = (backupId: string): string => vscode.Uri.parse(backupId).fsPath;

/** Asks before a file is overwritten that somebody else has changed or deleted. */
async function mayOverwrite({ file }: WavDocument): Promise<boolean> {
  const [overwrite, saveAs] = ["Overwrite", "Save As…"];
  const choice = await vscode.window.showWarningMessage(
    `${file.name} has been changed or deleted by another program since it was opened.`,
    {
      modal: true,
      detail: "Overwrite replaces it by what you see. Save As… keeps it and writes another file.",
    },
    overwrite,
    saveAs,
  );
  // After this save has ended.
  if (choice === saveAs)
    setTimeout(() => void vscode.commands.executeCommand("workbench.action.files.saveAs"), 0);
  return choice === overwrite;
}

function signalOf(token: vscode.CancellationToken): AbortSignal {
  const controller = new AbortController();
  if (token.isCancellationRequested) controller.abort();
  token.onCancellationRequested(() => controller.abort());
  return controller.signal;
}
