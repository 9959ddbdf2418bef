import * as vscode from "vscode";
import { Link, type Handlers } from "../../protocol/link.js";
import { packLevels } from "../../protocol/levels.js";
import type {
  AddedFile,
  EditRequest,
  MixAction,
  MixEvents,
  MixRequests,
  MixState,
  MixViewCommand,
  SourceState,
} from "../../protocol/mixProtocol.js";
import { checkMixRequest } from "../../protocol/mixRequestCheck.js";
import type { MixDocument } from "../../session/mixDocument.js";
import { openTextAt } from "../commands/openTextAt.js";
import { MixPlayback, type MixPlaybackServices } from "../mix/mixPlayback.js";
import type { MixSources, MixSourcesServices } from "../mix/mixSources.js";
import { told } from "./told.js";
import { webviewChannel } from "./webviewChannel.js";

/** Typing rests this long before the view follows, milliseconds. */
const REST_MILLISECONDS = 150;
/** Files beside the document rest this long before they count as written, milliseconds. */
const FILES_MILLISECONDS = 400;

export type MixPanelServices = MixSourcesServices & MixPlaybackServices;

/** One open view of a mix session: keeps its state up to date and does what it asks for. The text is the only truth. */
export class MixPanel implements vscode.Disposable {
  readonly document: vscode.TextDocument;
  readonly #panel: vscode.WebviewPanel;
  readonly #services: MixPanelServices;
  readonly #link: Link<Record<never, never>, MixEvents>;
  readonly #subscriptions: vscode.Disposable[];
  readonly #playback: MixPlayback;
  #sources: MixSources | undefined;
  #state: MixState;
  /** The last valid content of the document, and its files: names as written, absolute paths. */
  #mix: MixDocument | undefined;
  #files: ReadonlyMap<string, string> = new Map();
  #rest: NodeJS.Timeout | undefined;
  #filesRest: NodeJS.Timeout | undefined;
  #isEditing = false;
  #isClosed = false;

  constructor(document: vscode.TextDocument, panel: vscode.WebviewPanel, services: MixPanelServices) {
    this.document = document;
    this.#panel = panel;
    this.#services = services;
    this.#state = {
      ...{ name: document.uri.path.split("/").at(-1) ?? "", mix: null, version: 0, isCurrent: true },
      ...{ problems: [], sources: {}, playable: null },
      readOnly:
        document.uri.scheme === "file" ? null : "This is not the file itself: it cannot be edited here.",
    };
    // What cannot be drawn or heard, the view shows in its place.
    this.#playback = new MixPlayback(services, () => this.#showPlace());
    this.#link = new Link(this.#handlers(), webviewChannel(panel.webview), { check: checkMixRequest });
    const folder = vscode.Uri.joinPath(document.uri, "..");
    const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, "**/*"));
    const lookSoon = (uri: vscode.Uri): void => this.#lookAtFilesSoon(uri);
    this.#subscriptions = [
      vscode.workspace.onDidChangeTextDocument((event) => {
        if (event.document !== document || event.contentChanges.length === 0) return;
        this.#readSoon(this.#isEditing ? 0 : REST_MILLISECONDS);
      }),
      watcher,
      watcher.onDidChange(lookSoon),
      watcher.onDidCreate(lookSoon),
      watcher.onDidDelete(lookSoon),
      this.#playback,
      panel.onDidChangeViewState(() => panel.visible && this.#readSoon(0)),
    ];
  }

  get isActive(): boolean {
    return this.#panel.active;
  }

  tell(command: MixViewCommand): void {
    this.#link.tell("command", command);
  }

  dispose(): void {
    this.#isClosed = true;
    clearTimeout(this.#rest);
    clearTimeout(this.#filesRest);
    vscode.Disposable.from(...this.#subscriptions).dispose();
    this.#sources?.dispose();
    this.#link.dispose();
  }

  #handlers(): Handlers<MixRequests, Record<never, never>> {
    return {
      open: async () => {
        await this.#read();
        return packLevels(this.#state);
      },
      edit: (request) => told(this.#edit(request)),
      peaks: async ({ file, ...range }) => this.#open.peaks(this.#pathOf(file), range),
      sound: ({ path, start, count }) => this.#open.read(path, start, count),
      rendered: async ({ start, count }) => {
        const channels = await this.#playback.read(start, count);
        return channels && { channels };
      },
      overloaded: () => {
        this.#playback.overload();
        this.#showPlace();
      },
      inserts: async () => (await import("../../session/presets/insertRows.js")).insertRows(),
      addFiles: (uris) => this.#factsOf(uris.map((uri) => vscode.Uri.parse(uri))),
      chooseImpulse: async () => (await import("../mix/addAudio.js")).chooseImpulse(this.document.uri),
      act: (action) => told(this.#act(action)),
      // Not awaited: a render takes longer than a request may.
      mixDownRange: (range) => {
        void vscode.commands.executeCommand("headroom.mixDownRange", this.document.uri, range);
      },
      openFile: async (file) => {
        await vscode.commands.executeCommand("vscode.open", vscode.Uri.file(this.#pathOf(file)));
      },
      goTo: (place) => openTextAt(this.document.uri, place),
      typing: async (isTyping) => {
        await vscode.commands.executeCommand("setContext", "headroom.mix.isTyping", isTyping);
      },
    };
  }

  /** Changes the state and tells the view. */
  #change(change: Partial<MixState>): void {
    this.#state = { ...this.#state, ...change };
    this.#link.tell("changed", packLevels(change));
  }

  #readSoon(milliseconds: number): void {
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => void this.#read(), milliseconds);
  }

  /**
   * Reads the text; the files that it names follow when they are known.
   * @param isAnew reads a text that is known, too: its files may have changed
   */
  async #read(isAnew = false): Promise<void> {
    const { mixContent, filesOf } = await import("../mix/mixContent.js");
    const { version } = this.document;
    if (this.#isClosed || (version === this.#state.version && !isAnew)) return;
    const [path, text] = [this.document.uri.fsPath, this.document.getText()];
    const { mix, problems } = mixContent(path, text);
    if (!mix) {
      this.#change({ problems, version, isCurrent: false });
      return;
    }
    this.#mix = mix;
    this.#files = filesOf(path, mix);
    this.#playback.follow({ path, text });
    this.#change({ problems, version, isCurrent: true, mix, ...(await this.#ofSources()) });
    await this.#followFiles();
  }

  async #followFiles(): Promise<void> {
    const { MixSources } = await import("../mix/mixSources.js");
    if (this.#isClosed) return;
    this.#sources ??= new MixSources(this.#services, (path) => this.#showSource(path));
    const before = this.#state.playable;
    await this.#sources.follow(new Set(this.#files.values()));
    if (!this.#isClosed && before === this.#state.playable) this.#change(await this.#ofSources());
  }

  /** What the state says of the files, and of what is played. */
  async #ofSources(): Promise<Pick<MixState, "sources" | "playable">> {
    const { playableOf } = await import("../mix/mixContent.js");
    const [mix, sources] = [this.#mix, this.#sources];
    const states = [...this.#files].map(([file, path]): [string, SourceState] => [
      file,
      sources?.state(path) ?? { kind: "reading" },
    ]);
    const playable = mix && sources ? playableOf(this.#files, mix, sources) : null;
    return {
      sources: Object.fromEntries(states),
      playable: playable && { ...playable, by: this.#playback.by },
    };
  }

  #showPlace(): void {
    const { playable } = this.#state;
    if (playable) this.#change({ playable: { ...playable, by: this.#playback.by } });
  }

  #showSource(path: string): void {
    const source = this.#open.state(path);
    for (const [file, each] of this.#files) {
      if (each !== path) continue;
      this.#state = { ...this.#state, sources: { ...this.#state.sources, [file]: source } };
      this.#link.tell("sourceChanged", { file, source });
    }
  }

  #lookAtFilesSoon({ fsPath }: vscode.Uri): void {
    if (![...this.#files.values()].includes(fsPath)) return;
    clearTimeout(this.#filesRest);
    this.#filesRest = setTimeout(() => void this.#read(true), FILES_MILLISECONDS);
  }

  /** One undo step. @returns version of the text after it */
  async #edit({ changes }: EditRequest): Promise<number> {
    const { editDocument } = await import("./editDocument.js");
    const { document } = this;
    if (!this.#state.isCurrent || this.#state.readOnly !== null)
      throw new Error(this.#state.readOnly ?? "The text has errors: put them right first.");
    this.#isEditing = true;
    try {
      await editDocument(document, changes);
    } finally {
      this.#isEditing = false;
    }
    return document.version;
  }

  async #act(action: MixAction): Promise<void> {
    const { executeCommand } = vscode.commands;
    const { uri } = this.document;
    if (action === "undo" || action === "redo") await executeCommand(action);
    else if (action === "save") await this.document.save();
    else if (action === "openAsText") await executeCommand("headroom.openAsText", uri);
    else if (action === "addAudio") await this.#addAudio();
    // Not awaited: a render takes longer than a request may.
    else void executeCommand(action === "mixDown" ? "headroom.mixDown" : "headroom.exportStems", uri);
  }

  async #addAudio(): Promise<void> {
    const { chooseAudioFiles } = await import("../mix/addAudio.js");
    const chosen = await chooseAudioFiles(this.document.uri);
    const added = chosen && (await this.#factsOf(chosen));
    if (!added || added.length === 0) return;
    const { addedTracks } = await import("../mix/addAudio.js");
    await this.#edit({ label: "Add audio", changes: addedTracks(added) });
  }

  async #factsOf(uris: readonly vscode.Uri[]): Promise<AddedFile[]> {
    return (await import("../mix/addAudio.js")).addedFiles(uris, this.document.uri, this.#mix);
  }

  get #open(): MixSources {
    if (!this.#sources) throw new Error("The session's files are not read yet.");
    return this.#sources;
  }

  #pathOf(file: string): string {
    const path = this.#files.get(file);
    if (path === undefined) throw new Error(`The session names no file "${file}".`);
    return path;
  }
}
