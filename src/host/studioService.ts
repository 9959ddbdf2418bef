import { join } from "node:path";
import * as vscode from "vscode";
import type { Studio } from "../mastering/studio.js";

/** The one studio of this window. Its code is loaded, and its workers are started, when they are first needed. */
export class StudioService implements vscode.Disposable {
  readonly #workerPath: string;
  readonly #cacheFolder: string;
  readonly #settings: vscode.Disposable;
  #studio: Promise<Studio> | undefined;
  #users = 0;
  #isOutdated = false;

  /** @param cacheFolder the extension's own, absolute path */
  constructor(extensionPath: string, cacheFolder: string) {
    this.#cacheFolder = cacheFolder;
    this.#workerPath = join(extensionPath, "dist", "worker.js");
    this.#settings = vscode.workspace.onDidChangeConfiguration((event) => {
      if (!event.affectsConfiguration("headroom.workers")) return;
      this.#isOutdated = true;
      this.#retire();
    });
  }

  /** Lets `work` use the studio. @throws what `work` throws */
  async use<T>(work: (studio: Studio) => Promise<T>): Promise<T> {
    this.#users++;
    try {
      return await work(await (this.#studio ??= this.#open()));
    } finally {
      this.#users--;
      this.#retire();
    }
  }

  /** Ends all workers; what they are at fails. */
  async dispose(): Promise<void> {
    this.#settings.dispose();
    await (await this.#studio)?.dispose();
  }

  async #open(): Promise<Studio> {
    const { Studio } = await import("../mastering/studio.js");
    const workers = vscode.workspace.getConfiguration("headroom").get<number>("workers", 0);
    return new Studio({ workerPath: this.#workerPath, workers, cacheFolder: this.#cacheFolder });
  }

  /** Once nobody uses a studio with other settings than today's, the next user gets a new one. */
  #retire(): void {
    if (!this.#isOutdated || this.#users > 0) return;
    this.#isOutdated = false;
    const studio = this.#studio;
    this.#studio = undefined;
    void studio?.then((each) => each.dispose());
  }
}
