import * as vscode from "vscode";
import type { AlbumResult, MasterProgress } from "../mastering/results.js";
import type { StudioService } from "./studioService.js";

/** Shortest time between two reports of progress, milliseconds. */
const REPORT_MILLISECONDS = 100;

interface Run {
  readonly controller: AbortController;
  readonly result: Promise<AlbumResult>;
  progress: MasterProgress;
}

/** How a run ended; `problem` is for people. */
export interface AlbumEnd {
  readonly state: "done" | "failed" | "cancelled";
  readonly problem?: string | undefined;
}

/** The albums that are being mastered in this window; at most one run per album at a time. */
export class AlbumRuns implements vscode.Disposable {
  readonly #studio: Pick<StudioService, "use">;
  readonly #runs = new Map<string, Run>();
  readonly #ends = new Map<string, AlbumEnd>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  /** Tells which album's run has started, moved on or ended. */
  readonly onDidChange = this.#changed.event;

  constructor(studio: Pick<StudioService, "use">) {
    this.#studio = studio;
  }

  /** `null` while the album is not being mastered. */
  progressOf(album: vscode.Uri): MasterProgress | null {
    return this.#runs.get(album.fsPath)?.progress ?? null;
  }

  /**
   * Masters the album document as it is saved; joins a run that is under way.
   * @throws what `Studio.masterAlbum` throws; an error named `AbortError` if cancelled
   */
  start(album: vscode.Uri): Promise<AlbumResult> {
    const running = this.#runs.get(album.fsPath);
    if (running) return running.result;
    const controller = new AbortController();
    const run: Run = {
      controller,
      progress: { song: 0, songs: 0, title: "", stage: "measuring", fraction: 0 },
      result: this.#ending(album, this.#master(album, controller.signal)).finally(() => {
        this.#runs.delete(album.fsPath);
        this.#tellCount();
        this.#changed.fire(album);
      }),
    };
    this.#runs.set(album.fsPath, run);
    this.#tellCount();
    this.#changed.fire(album);
    return run.result;
  }

  /** How the last run of an album ended. */
  lastEnd(album: vscode.Uri): AlbumEnd {
    return this.#ends.get(album.fsPath) ?? { state: "done" };
  }

  async #ending(album: vscode.Uri, work: Promise<AlbumResult>): Promise<AlbumResult> {
    try {
      const result = await work;
      const failed = result.songs.find(({ error }) => error);
      const problem = failed?.error && `${failed.title}: ${failed.error.message}`;
      this.#ends.set(album.fsPath, failed ? { state: "failed", problem } : { state: "done" });
      return result;
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      this.#ends.set(
        album.fsPath,
        isCancellation(error) ? { state: "cancelled" } : { state: "failed", problem },
      );
      throw error;
    }
  }

  cancel(album: vscode.Uri): void {
    this.#runs.get(album.fsPath)?.controller.abort();
  }

  cancelAll(): void {
    for (const { controller } of this.#runs.values()) controller.abort();
  }

  dispose(): void {
    this.cancelAll();
    this.#changed.dispose();
  }

  /** Lets the menus know whether there is something to cancel. */
  #tellCount(): void {
    void vscode.commands.executeCommand("setContext", "headroom.isMastering", this.#runs.size > 0);
  }

  #master(album: vscode.Uri, signal: AbortSignal): Promise<AlbumResult> {
    let reported = -Infinity;
    const onProgress = (progress: MasterProgress): void => {
      const run = this.#runs.get(album.fsPath);
      const now = performance.now();
      if (!run || now - reported < REPORT_MILLISECONDS) return;
      reported = now;
      run.progress = progress;
      this.#changed.fire(album);
    };
    return this.#studio.use((studio) => studio.masterAlbum(album.fsPath, { signal, onProgress }));
  }
}

/** Whether a run ended because somebody cancelled it. */
export function isCancellation(error: unknown): boolean {
  return error instanceof Error && error.name === "AbortError";
}
