import * as vscode from "vscode";
import type { MixViewCommand } from "../../protocol/mixProtocol.js";
import { MixPanel, type MixPanelServices } from "./mixPanel.js";
import { webviewPage, webviewRoot } from "./webviewPage.js";

export const MIX_VIEW_TYPE = "headroom.mix";

/** The mix editor of a `*.mix.json`. The text document is the only truth. */
export class MixEditor implements vscode.CustomTextEditorProvider, vscode.Disposable {
  readonly #extensionUri: vscode.Uri;
  readonly #services: MixPanelServices;
  readonly #panels = new Set<MixPanel>();
  readonly #registration: vscode.Disposable;

  constructor(extensionUri: vscode.Uri, services: MixPanelServices) {
    this.#extensionUri = extensionUri;
    this.#services = services;
    this.#registration = vscode.window.registerCustomEditorProvider(MIX_VIEW_TYPE, this, {
      supportsMultipleEditorsPerDocument: true,
      webviewOptions: { retainContextWhenHidden: true },
    });
  }

  /** Hands a command to the active view, which knows the selection. */
  tell(command: MixViewCommand): void {
    [...this.#panels].find(({ isActive }) => isActive)?.tell(command);
  }

  resolveCustomTextEditor(document: vscode.TextDocument, panel: vscode.WebviewPanel): void {
    const { webview } = panel;
    webview.options = { enableScripts: true, localResourceRoots: [webviewRoot(this.#extensionUri)] };
    const view = new MixPanel(document, panel, this.#services);
    this.#panels.add(view);
    panel.onDidDispose(() => {
      this.#panels.delete(view);
      view.dispose();
    });
    webview.html = webviewPage(webview, this.#extensionUri, { title: "Mix", program: "mix" });
  }

  dispose(): void {
    this.#registration.dispose();
  }
}
