import { basename } from "node:path";
import * as vscode from "vscode";
import { formatPercent } from "../../viewmodel/formats.js";
import type { Render, RenderLog, RenderState } from "./renderLog.js";

const ICONS: Readonly<Record<RenderState, [icon: string, color?: string]>> = {
  running: ["sync~spin"],
  done: ["pass", "testing.iconPassed"],
  failed: ["error", "testing.iconFailed"],
  cancelled: ["circle-slash"],
};

/** The view of renders: under way with their progress, and ended of late. */
export class RenderTree implements vscode.TreeDataProvider<Render> {
  readonly #log: RenderLog;
  readonly onDidChangeTreeData;

  constructor(log: RenderLog) {
    this.#log = log;
    this.onDidChangeTreeData = log.onDidChange;
  }

  getChildren(): Render[] {
    return [...this.#log.renders];
  }

  getTreeItem(render: Render): vscode.TreeItem {
    const { title, uri, state, fraction, problem } = render;
    const name = basename(uri.fsPath).replace(/\.(mix|album)\.json$/, "");
    const item = new vscode.TreeItem(name);
    const [icon, color] = ICONS[state];
    item.iconPath = new vscode.ThemeIcon(
      icon,
      color === undefined ? undefined : new vscode.ThemeColor(color),
    );
    item.description = state === "running" ? `${title}, ${formatPercent(fraction)}` : `${title}: ${state}`;
    item.tooltip = problem ?? `${title} ${uri.fsPath}`;
    item.contextValue = `headroom.render.${state}`;
    item.accessibilityInformation = { label: `${name}, ${item.description}` };
    return item;
  }
}
