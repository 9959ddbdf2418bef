/** Renders and other work on files in this window: what is under way, and what was done of late. */
import * as vscode from "vscode";

export type RenderState = "running" | "done" | "failed" | "cancelled";

export interface Render {
  /** "Mixing down" */
  readonly title: string;
  readonly uri: vscode.Uri;
  readonly state: RenderState;
  /** 0 to 1 */
  readonly fraction: number;
  /** Why it failed, for people. */
  readonly problem?: string | undefined;
  readonly cancel: () => void;
  /** Does it once more. */
  readonly again: () => void;
}

/** Ended ones that are kept. */
const MOST_ENDED = 20;

export class RenderLog implements vscode.Disposable {
  /** Newest first. */
  #renders: readonly Render[] = [];
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;

  get renders(): readonly Render[] {
    return this.#renders;
  }

  /** @returns how to say what has become of it */
  begin(render: Pick<Render, "title" | "uri" | "cancel" | "again">): (change: Partial<Render>) => void {
    let current: Render = { ...render, state: "running", fraction: 0 };
    this.#renders = [current, ...this.#renders];
    this.#changed.fire();
    return (change) => {
      const next = { ...current, ...change };
      this.#renders = this.#renders.map((each) => (each === current ? next : each));
      current = next;
      if (next.state !== "running") this.#forget();
      this.#changed.fire();
    };
  }

  /** Takes all that have ended away. */
  clear(): void {
    this.#renders = this.#renders.filter(({ state }) => state === "running");
    this.#changed.fire();
  }

  dispose(): void {
    this.#changed.dispose();
  }

  #forget(): void {
    let ended = 0;
    this.#renders = this.#renders.filter(({ state }) => state === "running" || ++ended <= MOST_ENDED);
  }
}

/** The one of this window. */
export const renderLog = new RenderLog();
