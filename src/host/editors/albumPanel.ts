import { dirname, resolve } from "node:path";
import * as vscode from "vscode";
import {
  checkAlbumRequest,
  type AlbumAction,
  type AlbumEvents,
  type AlbumProgram,
  type AlbumRequests,
  type AlbumState,
  type Place,
  type SourceState,
} from "../../protocol/albumProtocol.js";
import { Link, type Handlers } from "../../protocol/link.js";
import type { AlbumDocument } from "../../session/albumDocument.js";
import type { DocumentChange } from "../../session/edits/editText.js";
import type { AlbumRuns } from "../albumRuns.js";
import { openFolder } from "../commands/openFolder.js";
import { openTextAt } from "../commands/openTextAt.js";
import { AlbumListening, type AlbumListeningServices } from "./albumListening.js";
import { told } from "./told.js";
import { webviewChannel } from "./webviewChannel.js";

/** Typing rests this long before the view follows, milliseconds. */
const REST_MILLISECONDS = 150;

export interface AlbumPanelServices extends AlbumListeningServices {
  readonly runs: AlbumRuns;
}

/** One open album view: keeps its state up to date and does what it asks for. */
export class AlbumPanel implements vscode.Disposable {
  readonly #document: vscode.TextDocument;
  readonly #services: AlbumPanelServices;
  readonly #listening: AlbumListening;
  readonly #link: Link<Record<never, never>, AlbumEvents>;
  readonly #subscriptions: vscode.Disposable[];
  #state: AlbumState = {
    album: null,
    isCurrent: true,
    problems: [],
    sources: [],
    masters: null,
    progress: null,
  };
  /** The last valid content of the document. */
  #album: AlbumDocument | undefined;
  /** Counts readings of the document; what belongs to an older one is dropped. */
  #reading = 0;
  #rest: NodeJS.Timeout | undefined;

  constructor(document: vscode.TextDocument, panel: vscode.WebviewPanel, services: AlbumPanelServices) {
    this.#document = document;
    this.#services = services;
    this.#listening = new AlbumListening(services);
    this.#link = new Link(this.#handlers(), webviewChannel(panel.webview), {
      check: checkAlbumRequest,
      onFault: (error) => void vscode.window.showErrorMessage(error.message),
    });
    this.#subscriptions = [
      vscode.workspace.onDidChangeTextDocument((event) => {
        if (event.document === document && event.contentChanges.length > 0) this.#readSoon(REST_MILLISECONDS);
      }),
      vscode.workspace.onDidSaveTextDocument(() => this.#readSoon(0)),
      panel.onDidChangeViewState(() => panel.visible && this.#readSoon(0)),
      services.runs.onDidChange((album) => album.fsPath === document.uri.fsPath && this.#followRun()),
    ];
  }

  dispose(): void {
    this.#reading++;
    clearTimeout(this.#rest);
    vscode.Disposable.from(...this.#subscriptions).dispose();
    this.#link.dispose();
  }

  #handlers(): Handlers<AlbumRequests, Record<never, never>> {
    return {
      open: async () => {
        await this.#read();
        return this.#state;
      },
      act: (action) => this.#act(action),
      edit: ({ changes }) => told(this.#edit(changes)),
      addSongs: (uris) => told(this.#addSongs(uris.map((uri) => vscode.Uri.parse(uri)))),
      listen: () => this.#listen(),
      sound: async (request) => ({ channels: await this.#listening.sound(request) }),
      openSource: (song) => this.#openSource(song),
      goTo: (place) => this.#goTo(place),
    };
  }

  /** Changes the state and tells the view. */
  #change(change: Partial<AlbumState>): void {
    this.#state = { ...this.#state, ...change };
    this.#link.tell("changed", change);
  }

  #readSoon(milliseconds: number): void {
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => void this.#read(), milliseconds);
  }

  /** Reads the text; what is on disk beside it follows when it is known. */
  async #read(): Promise<void> {
    const reading = ++this.#reading;
    const { albumContent, albumView } = await import("../albumContent.js");
    if (reading !== this.#reading) return;
    const { document, problems } = albumContent(this.#document.uri.fsPath, this.#document.getText());
    this.#change({
      problems,
      isCurrent: document !== undefined,
      progress: this.#services.runs.progressOf(this.#document.uri),
    });
    if (!document) return;
    const sources = sourcesFor(document, this.#album, this.#state.sources);
    this.#album = document;
    this.#change({ album: albumView(document), sources });
    document.songs.forEach(({ source }, song) => void this.#measure(song, this.#pathOf(source), reading));
    void this.#readMasters(document, reading);
  }

  async #measure(song: number, path: string, reading: number): Promise<void> {
    const source = await this.#services.overviews.overview(path).then(
      (overview): SourceState => ({ kind: "measured", overview }),
      (error: unknown): SourceState => ({ kind: "failed", message: sentenceOf(error) }),
    );
    if (reading !== this.#reading) return;
    this.#state = { ...this.#state, sources: this.#state.sources.with(song, source) };
    this.#link.tell("sourceChanged", { song, source });
  }

  async #readMasters(document: AlbumDocument, reading: number): Promise<void> {
    const { lastMasters } = await import("../lastMasters.js");
    const masters = await lastMasters(this.#document.uri.fsPath, document);
    if (reading === this.#reading) this.#change({ masters });
  }

  #followRun(): void {
    const progress = this.#services.runs.progressOf(this.#document.uri);
    if (progress === null && this.#album) void this.#readMasters(this.#album, this.#reading);
    this.#change({ progress });
  }

  async #edit(changes: readonly DocumentChange[]): Promise<void> {
    if (!this.#state.isCurrent) throw new Error("The text has errors: put them right first.");
    const { editDocument } = await import("./editDocument.js");
    await editDocument(this.#document, changes);
    // A gesture is seen at once, not when typing would rest.
    this.#readSoon(0);
  }

  async #addSongs(uris: readonly vscode.Uri[]): Promise<void> {
    const { addedSongs } = await import("../addSongs.js");
    const changes = addedSongs(uris, this.#document.uri);
    if (changes.length > 0) await this.#edit(changes);
  }

  async #chooseSongs(): Promise<void> {
    const { chooseSongs } = await import("../addSongs.js");
    const chosen = await chooseSongs(this.#document.uri);
    if (chosen) await this.#addSongs(chosen);
  }

  async #act(action: AlbumAction): Promise<void> {
    const { uri } = this.#document;
    if (action === "cancel") this.#services.runs.cancel(uri);
    // Not awaited: a run takes longer than a request may.
    else if (action === "master") void vscode.commands.executeCommand("headroom.masterAlbum", uri);
    else if (action === "openAsText") await vscode.commands.executeCommand("headroom.openAsText", uri);
    else if (action === "undo" || action === "redo") await vscode.commands.executeCommand(action);
    else if (action === "addSongs") void told(this.#chooseSongs()).catch(() => undefined);
    else if (action === "applyPreset")
      void vscode.commands.executeCommand("headroom.applyMasteringPreset", uri);
    else if (action === "showReport") await vscode.commands.executeCommand("headroom.showReport", uri);
    else if (this.#state.masters) await openFolder(this.#state.masters.result.folder);
  }

  async #listen(): Promise<AlbumProgram> {
    if (!this.#album) throw new Error("There is no album to listen to: the text has errors.");
    return this.#listening.open(this.#document.uri.fsPath, this.#album, this.#state.masters);
  }

  async #openSource(song: number): Promise<void> {
    const source = this.#album?.songs[song]?.source;
    if (source === undefined) throw new RangeError(`There is no song ${song + 1} on the album.`);
    await vscode.commands.executeCommand("vscode.open", vscode.Uri.file(this.#pathOf(source)));
  }

  async #goTo({ line, character }: Place): Promise<void> {
    await openTextAt(this.#document.uri, { line, character });
  }

  /** @param source as written in the document */
  #pathOf(source: string): string {
    return resolve(dirname(this.#document.uri.fsPath), source);
  }
}

/** What was measured of a source stays in sight until it is measured again. */
function sourcesFor(
  { songs }: AlbumDocument,
  earlier: AlbumDocument | undefined,
  known: readonly SourceState[],
): SourceState[] {
  const bySource = new Map((earlier?.songs ?? []).map(({ source }, i) => [source, known[i]]));
  return songs.map(({ source }) => bySource.get(source) ?? { kind: "measuring" });
}

function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return "code" in error && error.code === "ENOENT" ? "The file is missing." : error.message;
}
