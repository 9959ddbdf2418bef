/** What the audio editors of a window share. */
import { join } from "node:path";
import type * as vscode from "vscode";
import type { WavDocument } from "../editors/wavDocument.js";
import type { StudioService } from "../studioService.js";
import { CacheFolder } from "../../mastering/cacheFolder.js";
import { DECODED_BYTES, decodedFolderIn } from "../../mastering/decodedFolder.js";
import { AudioStore } from "./audioStore.js";
import { WavClipboard } from "./wavClipboard.js";
import type { UseStudio } from "./wavStudio.js";

/** Overviews take about a thousandth of the audio. */
const OVERVIEW_BYTES = 2 ** 30;

export class WavServices implements vscode.Disposable {
  readonly use: UseStudio;
  readonly store: AudioStore;
  readonly overviews: CacheFolder;
  readonly decoded: CacheFolder;
  /** Where rendered mixes lie while they play, absolute path. */
  readonly streamFolder: string;
  readonly clipboard = new WavClipboard();
  readonly documents = new Set<WavDocument>();
  #makers = 0;
  #isSweepDue = false;

  /** @param folder the extension's own, absolute path */
  constructor(studio: Pick<StudioService, "use">, folder: string) {
    this.use = (work) => studio.use(work);
    this.store = new AudioStore(join(folder, "audio"));
    this.overviews = new CacheFolder(join(folder, "overviews"), OVERVIEW_BYTES);
    this.streamFolder = join(folder, "streams");
    this.decoded = new CacheFolder(decodedFolderIn(folder), DECODED_BYTES);
  }

  /** Whether anything that can be shown, undone to or pasted is read from the file at `path`. */
  isRead(path: string): boolean {
    const isOnClipboard = this.clipboard.material?.sources.some((source) => source.path === path) ?? false;
    return isOnClipboard || [...this.documents].some((document) => document.reads(path));
  }

  /** What was read from `from` is read from `to` from now on, everywhere. */
  relocate(from: string, to: string): void {
    this.clipboard.relocate(from, to);
    for (const document of this.documents) document.relocate(from, to);
  }

  /** Keeps the contents that the file at `path` has now for everybody who reads it: it is about to be replaced. */
  async preserve(path: string): Promise<void> {
    if (this.isRead(path)) this.relocate(path, await this.store.preserve(path));
  }

  /** Lets `work` make files that nobody refers to yet: nothing is swept meanwhile. @throws what `work` throws */
  async making<T>(work: () => Promise<T>): Promise<T> {
    this.#makers++;
    try {
      return await work();
    } finally {
      this.#makers--;
      if (this.#isSweepDue) void this.sweep();
    }
  }

  /** Deletes files that nobody needs any more, at once or when nobody is making any. */
  async sweep(): Promise<void> {
    this.#isSweepDue = this.#makers > 0;
    if (this.#isSweepDue) return;
    const used = new Set(this.clipboard.material?.sources.map(({ path }) => path) ?? []);
    for (const document of this.documents) for (const file of document.files()) used.add(file);
    await Promise.all([this.store.sweep(used), this.overviews.trim(used), this.decoded.trim(used)]);
  }

  dispose(): void {
    this.clipboard.dispose();
  }
}
