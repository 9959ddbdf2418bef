/** Commands on audio files and the hover over their names. Their code is loaded when they are first used. */
import * as vscode from "vscode";
import type { StudioService } from "../studioService.js";
import type { MarkdownDocuments } from "../markdownDocuments.js";
import type { WavServices } from "../wav/wavServices.js";
import type { AudioPictures } from "./audioPicture.js";

const DOCUMENTS = { scheme: "file", pattern: "**/*.{mix,album}.json" };

export class AudioFeatures implements vscode.Disposable {
  readonly #subscriptions: vscode.Disposable[];
  #pictures: Promise<AudioPictures> | undefined;

  constructor(studio: Pick<StudioService, "use">, services: WavServices, documents: MarkdownDocuments) {
    const tools = { studio, services };
    const { registerCommand } = vscode.commands;
    this.#subscriptions = [
      registerCommand("headroom.previewAudio", async (argument: unknown, selection: unknown) =>
        (await import("../commands/previewAudio.js")).previewAudio(argument, selection),
      ),
      registerCommand("headroom.measureLoudness", async (argument: unknown, selection: unknown) =>
        (await import("./measureLoudness.js")).measureLoudness(
          tools,
          (text) => documents.show("Loudness", text),
          argument,
          selection,
        ),
      ),
      registerCommand("headroom.normalizeAudio", async (argument: unknown, selection: unknown) =>
        (await import("./normalizeAudio.js")).normalizeAudio(tools, argument, selection),
      ),
      registerCommand("headroom.convertAudio", async (argument: unknown, selection: unknown) =>
        (await import("./convertFiles.js")).convertFiles(tools, argument, selection),
      ),
      vscode.languages.registerHoverProvider(DOCUMENTS, {
        provideHover: async (document, position) => {
          this.#pictures ??= import("./audioPicture.js").then((module) => new module.AudioPictures(tools));
          const { audioHover } = await import("./audioHover.js");
          return audioHover(await this.#pictures, document, position);
        },
      }),
    ];
  }

  dispose(): void {
    vscode.Disposable.from(...this.#subscriptions).dispose();
  }
}
