import { readFile, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import * as vscode from "vscode";
import type { AudioStore } from "./audioStore.js";
import { fileStamp, isSameContents, type FileStamp } from "../../audio/fileStamp.js";

/** Largest file that is copied from and to a virtual workspace: VS Code hands such files over as a whole. */
const LARGEST_COPY_BYTES = 512 * 2 ** 20;
/** A file that is being written rests this long before it counts as written, milliseconds. */
const REST_MILLISECONDS = 250;
/** VS Code's watcher reports from so long after it was asked for, milliseconds. */
const WATCHER_MILLISECONDS = 2000;

export type DiskChange =
  /** `isReplaced`: by another file, so that a second name of the old one still has the old contents. */
  | { readonly kind: "changed"; readonly isReplaced: boolean }
  | { readonly kind: "deleted" }
  /** As it was before. */
  | { readonly kind: "returned" };

/** The file behind a document, on this machine or behind one of VS Code's file systems. */
export class WavFile implements vscode.Disposable {
  readonly uri: vscode.Uri;
  readonly name: string;
  readonly #store: AudioStore;
  readonly #watcher: vscode.FileSystemWatcher;
  readonly #subscriptions: vscode.Disposable[];
  readonly #changed = new vscode.EventEmitter<DiskChange>();
  /** Somebody else has changed or deleted the file. */
  readonly onDidChange = this.#changed.event;
  #path: string | undefined;
  #stamp: FileStamp | null = null;
  #isMissing = false;
  #isBeingWritten = false;
  #rest: NodeJS.Timeout | undefined;

  constructor(uri: vscode.Uri, store: AudioStore) {
    this.uri = uri;
    this.name = basename(uri.path);
    this.#store = store;
    // All files of the folder: a name may hold characters that mean something in a pattern.
    const folder = vscode.Uri.joinPath(uri, "..");
    this.#watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, "*"));
    const follow = (changed: vscode.Uri): void => {
      if (changed.path === uri.path) this.checkSoon();
    };
    this.#subscriptions = [
      this.#watcher.onDidChange(follow),
      this.#watcher.onDidCreate(follow),
      this.#watcher.onDidDelete(follow),
      vscode.window.onDidChangeWindowState(({ focused }) => focused && this.checkSoon()),
    ];
  }

  get isLocal(): boolean {
    return this.uri.scheme === "file";
  }

  /** Where its contents are on this machine. */
  get path(): string {
    return this.#path ?? this.uri.fsPath;
  }

  /** Of the contents as the document knows them. */
  get stamp(): FileStamp | null {
    return this.#stamp;
  }

  /** Makes its contents readable at {@link path}. @throws Error with a sentence for people */
  async fetch(): Promise<void> {
    const stamp = await this.#currentStamp();
    if (!stamp) throw new Error(`${this.name} is missing. It may have been moved, renamed or deleted.`);
    if (!this.isLocal) {
      if (stamp.size > LARGEST_COPY_BYTES) throw new Error(tooLarge(this.name, stamp.size));
      this.#path = await this.#store.newPath(this.name);
      await writeFile(this.#path, await vscode.workspace.fs.readFile(this.uri));
    }
    this.#stamp = stamp;
    this.#isMissing = false;
    this.#checkIn(WATCHER_MILLISECONDS);
  }

  /** Whether somebody else has changed or deleted the file since the document read or wrote it. */
  async hasChanged(): Promise<boolean> {
    const [stamp, known] = [await this.#currentStamp(), this.#stamp];
    return !stamp || (known !== null && (stamp.file !== known.file || !isSameContents(stamp, known)));
  }

  /** What is there now counts as what the document knows. */
  async accept(): Promise<void> {
    this.#stamp = await this.#currentStamp();
  }

  /** Lets `write` put new contents at {@link path}, then hands them on to where the file is. */
  async replace(write: () => Promise<void>): Promise<void> {
    this.#isBeingWritten = true;
    try {
      await write();
      if (!this.isLocal) await copyOut(this.path, this.uri);
      this.#stamp = await this.#currentStamp();
      this.#isMissing = false;
    } finally {
      this.#isBeingWritten = false;
    }
  }

  /** Looks at the disk in a moment. */
  checkSoon(): void {
    this.#checkIn(REST_MILLISECONDS);
  }

  dispose(): void {
    clearTimeout(this.#rest);
    vscode.Disposable.from(this.#watcher, ...this.#subscriptions, this.#changed).dispose();
  }

  #checkIn(milliseconds: number): void {
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => void this.#check(), milliseconds);
  }

  async #check(): Promise<void> {
    const known = this.#stamp;
    if (this.#isBeingWritten || known === null) return;
    const stamp = await this.#currentStamp();
    if (this.#isBeingWritten || this.#stamp !== known) return;
    if (!stamp) {
      if (!this.#isMissing) this.#changed.fire({ kind: "deleted" });
      this.#isMissing = true;
      return;
    }
    const wasMissing = this.#isMissing;
    this.#isMissing = false;
    if (isSameContents(stamp, known)) {
      if (wasMissing) this.#changed.fire({ kind: "returned" });
      return;
    }
    await new Promise((wake) => setTimeout(wake, REST_MILLISECONDS));
    const later = await this.#currentStamp();
    if (!later || !isSameContents(stamp, later)) return this.checkSoon();
    if (this.#isBeingWritten || this.#stamp !== known) return;
    this.#changed.fire({ kind: "changed", isReplaced: !this.isLocal || stamp.file !== known.file });
  }

  async #currentStamp(): Promise<FileStamp | null> {
    try {
      if (this.isLocal) return await fileStamp(this.uri.fsPath);
      const { size, mtime } = await vscode.workspace.fs.stat(this.uri);
      return { file: this.uri.toString(), size, modified: String(mtime) };
    } catch {
      return null;
    }
  }
}

/** Copies a file of this machine to a file system of VS Code. @throws Error with a sentence for people */
export async function copyOut(path: string, uri: vscode.Uri): Promise<void> {
  const { size } = await fileStamp(path);
  if (size > LARGEST_COPY_BYTES) throw new Error(tooLarge(basename(uri.path), size));
  await vscode.workspace.fs.writeFile(uri, await readFile(path));
}

function tooLarge(name: string, bytes: number): string {
  const megabytes = Math.ceil(bytes / 2 ** 20);
  return (
    `${name} has ${megabytes} MB. In a workspace that is not on disk, files of up to ` +
    `${LARGEST_COPY_BYTES / 2 ** 20} MB can be opened; copy it to a folder on disk first.`
  );
}
