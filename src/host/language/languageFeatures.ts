/** What VS Code's text editor offers on sessions and albums: outline, links, names, colours, lenses, hints, fixes. */
import * as vscode from "vscode";
import type { OverviewCache } from "../overviewCache.js";

const DOCUMENTS = { scheme: "file", pattern: "**/*.{mix,album}.json" };
const SESSIONS = { scheme: "file", pattern: "**/*.mix.json" };
const ALBUMS = { scheme: "file", pattern: "**/*.album.json" };

/** Their code is loaded when it is first asked for. */
export class LanguageFeatures implements vscode.Disposable {
  readonly #subscription: vscode.Disposable;

  constructor(overviews: OverviewCache) {
    const { languages } = vscode;
    this.#subscription = vscode.Disposable.from(
      languages.registerDocumentSymbolProvider(DOCUMENTS, {
        provideDocumentSymbols: async (document) => (await import("./symbols.js")).symbolsOf(document),
      }),
      languages.registerDocumentLinkProvider(DOCUMENTS, {
        provideDocumentLinks: async (document) => (await import("./links.js")).linksOf(document),
      }),
      languages.registerColorProvider(SESSIONS, {
        provideDocumentColors: async (document) => (await import("./colors.js")).colorsOf(document),
        provideColorPresentations: async (color) => (await import("./colors.js")).presentationsOf(color),
      }),
      languages.registerRenameProvider(SESSIONS, {
        prepareRename: async (document, position) =>
          (await import("./names.js")).nameRange(document, position),
        provideRenameEdits: async (document, position, name) =>
          (await import("./names.js")).renameEdits(document, position, name),
      }),
      languages.registerDefinitionProvider(SESSIONS, {
        provideDefinition: async (document, position) =>
          (await import("./names.js")).definitions(document, position),
      }),
      languages.registerReferenceProvider(SESSIONS, {
        provideReferences: async (document, position, { includeDeclaration }) =>
          (await import("./names.js")).references(document, position, includeDeclaration),
      }),
      languages.registerDocumentHighlightProvider(SESSIONS, {
        provideDocumentHighlights: async (document, position) =>
          (await import("./names.js"))
            .references(document, position, true)
            .map(({ range }) => new vscode.DocumentHighlight(range)),
      }),
      languages.registerCodeLensProvider(DOCUMENTS, {
        provideCodeLenses: async (document) => (await import("./lenses.js")).lensesOf(document),
      }),
      languages.registerInlayHintsProvider(ALBUMS, {
        provideInlayHints: async (document, range) =>
          (await import("./hints.js")).hintsOf(overviews, document, range),
      }),
      languages.registerCodeActionsProvider(
        DOCUMENTS,
        {
          provideCodeActions: async (document, range) =>
            (await import("./fixes.js")).fixesFor(document, range),
        },
        { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
      ),
    );
  }

  dispose(): void {
    this.#subscription.dispose();
  }
}
