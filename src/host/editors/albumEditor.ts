import * as vscode from "vscode";
import { AlbumPanel, type AlbumPanelServices } from "./albumPanel.js";
import { webviewPage, webviewRoot } from "./webviewPage.js";

/** What the album editor needs from the rest of the host. */
export interface AlbumEditorServices extends AlbumPanelServices {
  readonly extensionUri: vscode.Uri;
}

/** The album view of an `*.album.json`. The text document is the only truth. */
export class AlbumEditor implements vscode.CustomTextEditorProvider {
  static readonly viewType = "headroom.album";
  readonly #services: AlbumEditorServices;

  constructor(services: AlbumEditorServices) {
    this.#services = services;
  }

  static register(services: AlbumEditorServices): vscode.Disposable {
    return vscode.window.registerCustomEditorProvider(AlbumEditor.viewType, new AlbumEditor(services), {
      webviewOptions: { retainContextWhenHidden: true },
    });
  }

  resolveCustomTextEditor(document: vscode.TextDocument, panel: vscode.WebviewPanel): void {
    const { extensionUri } = this.#services;
    panel.webview.options = { enableScripts: true, localResourceRoots: [webviewRoot(extensionUri)] };
    const album = new AlbumPanel(document, panel, this.#services);
    panel.onDidDispose(() => album.dispose());
    panel.webview.html = webviewPage(panel.webview, extensionUri, { title: "Album", program: "album" });
  }
}
