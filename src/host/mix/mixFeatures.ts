/** Commands on mix sessions. Their code is loaded when they are first used. */
import * as vscode from "vscode";
import type { MarkdownDocuments } from "../markdownDocuments.js";
import type { StudioService } from "../studioService.js";

export class MixFeatures implements vscode.Disposable {
  readonly #subscriptions: vscode.Disposable;

  constructor(studio: Pick<StudioService, "use">, documents: MarkdownDocuments) {
    const { registerCommand } = vscode.commands;
    this.#subscriptions = vscode.Disposable.from(
      registerCommand("headroom.newMixSession", async (argument: unknown, selection: unknown) =>
        (await import("./newMixSession.js")).newMixSession(studio, argument, selection),
      ),
      registerCommand("headroom.mixDown", async (argument: unknown) =>
        (await import("./mixDown.js")).mixDown(studio, argument),
      ),
      registerCommand("headroom.mixDownRange", async (argument: unknown, selected: unknown) =>
        (await import("./mixDownRange.js")).mixDownRange(studio, argument, selected),
      ),
      registerCommand("headroom.roughMix", async (argument: unknown) =>
        (await import("./roughMix.js")).roughMix(studio, argument),
      ),
      registerCommand("headroom.exportStems", async (argument: unknown) =>
        (await import("./exportStems.js")).exportStems(studio, argument),
      ),
      registerCommand("headroom.importSession", async (argument: unknown) =>
        (await import("./interchange.js")).importSession(documents, argument),
      ),
      registerCommand("headroom.exportDawproject", async (argument: unknown) =>
        (await import("./interchange.js")).exportDawproject(documents, argument),
      ),
      registerCommand("headroom.compareWithHead", async (argument: unknown) =>
        (await import("./compareMix.js")).compareMix(studio, documents, argument, "HEAD"),
      ),
      registerCommand("headroom.compareWithRevision", async (argument: unknown) =>
        (await import("./compareMix.js")).compareMix(studio, documents, argument),
      ),
      registerCommand("headroom.clearRenderCache", async () =>
        (await import("./clearRenderCache.js")).clearRenderCache(studio),
      ),
    );
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }
}
