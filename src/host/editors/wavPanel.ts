import * as vscode from "vscode";
import { Link, type Handlers } from "../../protocol/link.js";
import {
  type InsertRow,
  type WavAction,
  type WavEvents,
  type WavRequests,
  type WavViewCommand,
} from "../../protocol/wavProtocol.js";
import { checkWavRequest } from "../../protocol/wavRequestCheck.js";
import { askForImpulse } from "../wav/askForImpulse.js";
import { ChosenImpulses } from "../wav/chosenImpulses.js";
import { rememberWavSettings, WAV_SECTION } from "../wav/wavSettings.js";
import type { UseStudio } from "../wav/wavStudio.js";
import type { WavDocument } from "./wavDocument.js";
import { webviewChannel } from "./webviewChannel.js";

/** One open view of an audio file: hands on the document's state, and does what the view asks for. */
export class WavPanel implements vscode.Disposable {
  readonly document: WavDocument;
  readonly #panel: vscode.WebviewPanel;
  readonly #use: UseStudio;
  readonly #impulses = new ChosenImpulses(() => askForImpulse(this.document.uri));
  readonly #link: Link<Record<never, never>, WavEvents>;
  readonly #subscription: vscode.Disposable;

  constructor(document: WavDocument, panel: vscode.WebviewPanel, use: UseStudio) {
    this.document = document;
    this.#panel = panel;
    this.#use = use;
    this.#link = new Link(this.#handlers(), webviewChannel(panel.webview), { check: checkWavRequest });
    this.#subscription = document.onDidChange((change) => this.#link.tell("changed", change));
  }

  get isActive(): boolean {
    return this.#panel.active;
  }

  tell(command: WavViewCommand): void {
    this.#link.tell("command", command);
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#link.dispose();
  }

  #handlers(): Handlers<WavRequests, Record<never, never>> {
    const { document } = this;
    return {
      open: () => document.state,
      ...this.#pictures(),
      edit: async (request) => document.edit(this.#impulses.check(request)),
      copy: (range) => document.copy(range),
      act: (action) => this.#act(action),
      inserts: insertRows,
      chooseImpulse: () => this.#impulses.choose(),
      impulse: async (path) => {
        const { sampleRate } = document.audio;
        const input = { path: this.#impulses.require(path), sampleRate };
        return { sampleRate, channels: await this.#use((studio) => studio.impulse(input)) };
      },
      settings: (change) => rememberWavSettings(change),
      dismissNotice: (index) => document.dismissNotice(index),
      typing: (isTyping) => void setContext("headroom.wav.isTyping", isTyping),
    };
  }

  /** What is computed for a stretch of the audio as it is now; answers say of which revision they are. */
  #pictures(): Pick<
    Handlers<WavRequests, Record<never, never>>,
    "peaks" | "spectrogram" | "spectrum" | "measure" | "sound"
  > {
    const now = () => {
      const { audio, overviews, state } = this.document;
      return { audio, overviews, revision: state.audio.revision };
    };
    return {
      peaks: async ({ level, first, count }) => {
        const { audio, overviews, revision } = now();
        const tile = await this.#use((studio) => studio.peaks({ audio, overviews, level, first, count }));
        return { revision, ...tile };
      },
      spectrogram: async ({ revision: _asked, ...request }) => {
        const { audio, revision } = now();
        return { revision, values: await this.#use((studio) => studio.spectrogram({ audio, ...request })) };
      },
      spectrum: async ({ range }) => {
        const { audio, revision } = now();
        return { revision, ...(await this.#use((studio) => studio.spectrum({ audio, range }))) };
      },
      measure: ({ range }) => this.#use((studio) => studio.measureEdited({ audio: now().audio, range })),
      sound: async ({ start, count }) => {
        const { revision } = now();
        const audio = this.document.requireSound();
        return { revision, channels: await this.#use((studio) => studio.sound({ audio, start, count })) };
      },
    };
  }

  async #act(action: WavAction): Promise<void> {
    const { executeCommand } = vscode.commands;
    if (action === "cancelTask") this.document.cancelTask();
    else if (action === "convert") void executeCommand("headroom.convertAudio", this.document.uri);
    else if (action === "openSettings") await executeCommand("workbench.action.openSettings", WAV_SECTION);
    else {
      // These commands of VS Code are for the active editor. Not awaited: they may take longer than a request.
      this.#panel.reveal();
      void executeCommand(FILE_COMMANDS[action]);
    }
  }
}

const FILE_COMMANDS = {
  save: "workbench.action.files.save",
  saveAs: "workbench.action.files.saveAs",
  reload: "workbench.action.files.revert",
} as const;

function setContext(key: string, value: unknown): Thenable<unknown> {
  return vscode.commands.executeCommand("setContext", key, value);
}

async function insertRows(): Promise<readonly InsertRow[]> {
  return (await import("../../session/presets/insertRows.js")).insertRows();
}
