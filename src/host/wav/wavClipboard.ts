import * as vscode from "vscode";
import type { Material } from "../../session/audioEdits.js";
import { relocated } from "./relocated.js";

/** What was cut or copied last, for all audio editors of this window. */
export class WavClipboard {
  #material: Material | undefined;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;

  get material(): Material | undefined {
    return this.#material;
  }

  put({ sources, pieces, sampleRate, channels }: Material): void {
    this.#material = { sources, pieces, sampleRate, channels };
    this.#changed.fire();
  }

  /** What was at `from` is at `to` now. */
  relocate(from: string, to: string): void {
    if (this.#material) this.#material = relocated(this.#material, from, to);
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
