import * as vscode from "vscode";

const SCHEME = "headroom-report";
/** Documents whose texts are kept. */
const MOST_TEXTS = 20;

/** Read-only documents with measurements and comparisons, shown as Markdown previews. */
export class MarkdownDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #registration = vscode.workspace.registerTextDocumentContentProvider(SCHEME, this);
  /** By path, oldest first. */
  readonly #texts = new Map<string, string>();
  #count = 0;

  provideTextDocumentContent({ path }: vscode.Uri): string {
    return this.#texts.get(path) ?? "This report is no longer kept. Make it again.";
  }

  /** @param name of the document, without its extension */
  async show(name: string, text: string): Promise<void> {
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${name} ${++this.#count}.md` });
    this.#texts.set(uri.path, text);
    for (const oldest of this.#texts.keys()) {
      if (this.#texts.size <= MOST_TEXTS) break;
      this.#texts.delete(oldest);
    }
    await vscode.commands.executeCommand("markdown.showPreview", uri);
  }

  dispose(): void {
    this.#registration.dispose();
  }
}
