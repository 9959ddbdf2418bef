import * as vscode from "vscode";
import { outlineOf, type OutlineItem } from "../../session/outline.js";
import { rangeOf } from "./places.js";

const { SymbolKind } = vscode;
const KINDS: Readonly<Record<OutlineItem["kind"], vscode.SymbolKind>> = {
  track: SymbolKind.Class,
  bus: SymbolKind.Interface,
  group: SymbolKind.Namespace,
  master: SymbolKind.Module,
  clip: SymbolKind.Event,
  insert: SymbolKind.Function,
  song: SymbolKind.File,
  marker: SymbolKind.Key,
};

/** The outline of a session or an album. */
export function symbolsOf(document: vscode.TextDocument): vscode.DocumentSymbol[] {
  return outlineOf(document.getText()).map((item) => symbolOf(document, item));
}

function symbolOf(document: vscode.TextDocument, item: OutlineItem): vscode.DocumentSymbol {
  const range = rangeOf(document, item);
  const symbol = new vscode.DocumentSymbol(item.name, item.detail, KINDS[item.kind], range, range);
  symbol.children = item.children.map((child) => symbolOf(document, child));
  return symbol;
}
