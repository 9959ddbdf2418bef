import { basename, dirname } from "node:path";
import * as vscode from "vscode";

const SESSIONS = "**/*.mix.json";
const ALBUMS = "**/*.album.json";
const IGNORED = "**/node_modules/**";

type Kind = "albums" | "sessions";
export type DocumentItem = { readonly kind: Kind } | { readonly uri: vscode.Uri };

const LABELS: Readonly<Record<Kind, string>> = { albums: "Albums", sessions: "Sessions" };

/** The view of the workspace's albums and sessions. */
export class DocumentTree implements vscode.TreeDataProvider<DocumentItem>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #watchers: readonly vscode.Disposable[];

  constructor() {
    const renew = (): void => this.#changed.fire(undefined);
    this.#watchers = [SESSIONS, ALBUMS].flatMap((pattern) => {
      const watcher = vscode.workspace.createFileSystemWatcher(pattern, false, true, false);
      return [watcher, watcher.onDidCreate(renew), watcher.onDidDelete(renew)];
    });
  }

  async getChildren(parent?: DocumentItem): Promise<DocumentItem[]> {
    const found = async (pattern: string): Promise<DocumentItem[]> =>
      (await vscode.workspace.findFiles(pattern, IGNORED))
        .sort((a, b) => a.fsPath.localeCompare(b.fsPath))
        .map((uri) => ({ uri }));
    if (parent && "kind" in parent) return found(parent.kind === "albums" ? ALBUMS : SESSIONS);
    if (parent) return [];
    const [albums, sessions] = await Promise.all([found(ALBUMS), found(SESSIONS)]);
    // One kind alone needs no heading.
    if (albums.length === 0 || sessions.length === 0) return [...albums, ...sessions];
    return [{ kind: "albums" }, { kind: "sessions" }];
  }

  getTreeItem(item: DocumentItem): vscode.TreeItem {
    if ("kind" in item) {
      const heading = new vscode.TreeItem(LABELS[item.kind], vscode.TreeItemCollapsibleState.Expanded);
      heading.contextValue = `headroom.${item.kind}`;
      return heading;
    }
    const { uri } = item;
    const isAlbum = uri.path.endsWith(".album.json");
    const node = new vscode.TreeItem(basename(uri.fsPath).replace(/\.(mix|album)\.json$/, ""));
    const folder = vscode.workspace.asRelativePath(dirname(uri.fsPath));
    node.description = folder === dirname(uri.fsPath) ? "" : folder;
    node.resourceUri = uri;
    node.iconPath = new vscode.ThemeIcon(isAlbum ? "library" : "settings");
    node.tooltip = uri.fsPath;
    node.accessibilityInformation = { label: `${isAlbum ? "Album" : "Session"} ${basename(uri.fsPath)}` };
    node.contextValue = isAlbum ? "headroom.album" : "headroom.session";
    node.command = {
      title: "Open",
      command: isAlbum ? "headroom.openAlbumEditor" : "headroom.openMixer",
      arguments: [uri],
    };
    return node;
  }

  dispose(): void {
    vscode.Disposable.from(...this.#watchers).dispose();
    this.#changed.dispose();
  }
}
