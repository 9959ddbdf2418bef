import * as vscode from "vscode";
import type { AudioFacts } from "../../audio/audioFacts.js";
import type { EditRequest, ShownAudio, WavState } from "../../protocol/wavProtocol.js";
import type { EditedAudio, FrameRange, Material } from "../../session/audioEdits.js";
import { framesOf } from "../../session/pieces.js";
import { readOnlyReason } from "../wav/audioKinds.js";
import { changedNotice, deletedNotice, misfitOf, rewrittenNotice } from "../wav/diskNotices.js";
import { containerOf, isReadable, originalOf } from "../wav/savedAs.js";
import type { FileStamp } from "../../audio/fileStamp.js";
import { openingState, shownAudio } from "../wav/shownAudio.js";
import { sentenceOf, WavAnalysis } from "../wav/wavAnalysis.js";
import { readBackup, writeBackup, type WavBackup } from "../wav/wavBackup.js";
import { copyOut, WavFile, type DiskChange } from "../wav/wavFile.js";
import type { WavServices } from "../wav/wavServices.js";
import { wavSettings } from "../wav/wavSettings.js";
import { runTask, type Work } from "../wav/wavTask.js";
import { WavVersions, type WavVersion } from "../wav/wavVersions.js";

export type WavDocumentEdit = vscode.CustomDocumentEditEvent<WavDocument>;

/** An audio file with its edits; shared by all its views. */
export class WavDocument implements vscode.CustomDocument {
  readonly uri: vscode.Uri;
  readonly file: WavFile;
  /** Shared by all audio editors of the window. */
  readonly services: WavServices;
  readonly #analysis: WavAnalysis;
  readonly #closed = new AbortController();
  readonly #changed = new vscode.EventEmitter<Partial<WavState>>();
  readonly #edited = new vscode.EventEmitter<WavDocumentEdit>();
  readonly #subscriptions: vscode.Disposable[];
  /** Parts of what the views show. */
  readonly onDidChange = this.#changed.event;
  /** An edit that can be undone. */
  readonly onDidEdit = this.#edited.event;
  readonly #versions = new WavVersions();
  #state: WavState;
  #task: AbortController | undefined;
  /** The last edit asked for; the next one waits for it. */
  #editing: Promise<unknown> = Promise.resolve();
  #revision = 0;
  /** Notices about the last edit. */
  #editWarnings: readonly string[] = [];
  readonly #backups = new Set<string>();
  #hasPin = false;
  /** A second name of the file as it is on disk: what is written into the one is in the other. */
  #pinned: string | undefined;
  #deletedNotice = "";

  constructor(uri: vscode.Uri, services: WavServices) {
    this.uri = uri;
    this.services = services;
    this.file = new WavFile(uri, services.store);
    this.#analysis = new WavAnalysis({
      use: services.use,
      cache: services.overviews,
      onFound: (found) => this.#change(found),
      onSketch: (peaks) => this.#change({ coarse: { ...peaks, revision: this.#revision } }),
      onNotice: (sentence) => this.notice(sentence),
    });
    this.#subscriptions = [
      this.file.onDidChange((change) => void this.#followDisk(change)),
      services.clipboard.onDidChange(() => this.#change({ canPaste: true })),
    ];
    this.#state = openingState({
      name: this.file.name,
      canPaste: services.clipboard.material !== undefined,
      readOnly: readOnlyReason(uri.path),
    });
    services.documents.add(this);
  }

  get state(): WavState {
    return this.#state;
  }

  /** @throws Error with a sentence for people while there is no audio */
  get audio(): EditedAudio {
    return this.#requireVersion().audio;
  }

  get overviews(): readonly (string | null)[] {
    return this.#analysis.overviewsOf(this.audio);
  }

  /** Opens the file, then restores the edits of a backup. Never throws: the views show what went wrong. */
  async open(backupPath?: string): Promise<void> {
    try {
      void this.services.use((studio) => Promise.resolve(studio.prepare()));
      await this.file.fetch();
      const backup = backupPath === undefined ? undefined : await this.#backup(backupPath);
      const facts = await this.#read();
      if (backup) this.#restore(backup);
      facts.warnings.forEach((warning) => this.notice(warning));
    } catch (error) {
      if (!this.#closed.signal.aborted) this.#change({ failure: sentenceOf(error), decoding: null });
    }
  }

  /** Shows the file as it is on disk now; edits are gone. */
  async reload(): Promise<void> {
    await this.file.fetch();
    this.#analysis.forget(this.file.path);
    this.#change({ notices: [], failure: null });
    await this.#read();
  }

  /** Does what the user asks for. @throws Error with a sentence for people */
  edit(request: EditRequest): Promise<ShownAudio> {
    const edit = this.#editing.then(() => this.services.making(() => this.#edit(request)));
    this.#editing = edit.catch(() => undefined);
    return edit;
  }

  /** Puts a stretch on the clipboard. */
  async copy(range: FrameRange): Promise<void> {
    const { copyMaterial } = await import("../../session/material.js");
    const material: Material = copyMaterial(this.audio, range);
    if (framesOf(material) === 0) throw new Error("Nothing is selected. Select a stretch first.");
    this.services.clipboard.put(material);
  }

  cancelTask(): void {
    this.#task?.abort();
  }

  /**
   * Saves in place.
   * @param isForced also over what another program has written there meanwhile
   * @throws Error with a sentence for people; the edits are kept
   */
  async save(isForced: boolean, signal?: AbortSignal): Promise<void> {
    const version = this.#requireVersion();
    const { path, name } = this.file;
    const expected = isForced || !this.file.isLocal ? null : this.file.stamp;
    await this.services.making(() => this.file.replace(() => this.#write(path, name, { expected, signal })));
    this.#versions.saved = version;
    this.#pinned = undefined;
    const { facts } = await this.services.use((studio) => studio.openAudio(this.#openInput()));
    this.#change({ facts, notices: [] });
    this.#show(this.#versions.current ?? version, true);
  }

  /** Saves a copy, as the name's ending says. @throws Error with a sentence for people; the edits are kept */
  async saveAs(target: vscode.Uri, signal?: AbortSignal): Promise<void> {
    this.#requireVersion();
    const name = target.path.slice(target.path.lastIndexOf("/") + 1);
    if (target.scheme === "file") {
      await this.services.making(() => this.#write(target.fsPath, name, { expected: null, signal }));
      return;
    }
    await this.services.making(async () => {
      const copy = await this.services.store.newPath(name);
      await this.#write(copy, name, { expected: null, signal });
      await copyOut(copy, target);
    });
  }

  /** Writes what hot exit needs: the edits and what they refer to. */
  async backup(path: string): Promise<void> {
    const { audio } = this.#requireVersion();
    writeBackup(path, { audio, stamp: this.file.stamp });
    const files = audio.sources.map((source) => source.path);
    this.#backups.add(path);
    await this.services.store.noteBackup(path, files);
    if (this.#closed.signal.aborted) await this.#forgetBackups();
  }

  get isRewritten(): boolean {
    return this.#versions.current?.isLost === true;
  }

  /** What is heard and drawn is what was edited. @throws Error with a sentence for people if that is gone */
  requireSound(): EditedAudio {
    const { audio, isLost } = this.#requireVersion();
    if (isLost) throw new Error(rewrittenNotice(this.file.name));
    return audio;
  }

  notice(sentence: string): void {
    if (!this.#state.notices.includes(sentence))
      this.#change({ notices: [...this.#state.notices, sentence] });
  }

  #withdraw(sentence: string): void {
    const { notices } = this.#state;
    if (notices.includes(sentence)) this.#change({ notices: notices.filter((each) => each !== sentence) });
  }

  dismissNotice(index: number): void {
    this.#change({ notices: this.#state.notices.filter((_, i) => i !== index) });
  }

  refreshSettings(): void {
    this.#change({ settings: wavSettings() });
  }

  reads(path: string): boolean {
    return this.#versions.reads(path);
  }

  relocate(from: string, to: string): void {
    this.#versions.relocate(from, to);
    this.#analysis.relocate(from, to);
  }

  /** Files that the document still needs. */
  *files(): Iterable<string> {
    yield this.file.path;
    yield* this.#versions.paths();
    yield* this.#analysis.files;
  }

  /** Ends everything under way. */
  dispose(): void {
    this.#closed.abort();
    this.#task?.abort();
    this.#analysis.dispose();
    this.services.documents.delete(this);
    vscode.Disposable.from(...this.#subscriptions, this.file, this.#changed, this.#edited).dispose();
    void this.#forgetBackups().then(() => this.services.sweep());
  }

  /** What is in the file needs no backup. VS Code deletes them as well, but not one that it has asked for just before. */
  async #forgetBackups(): Promise<void> {
    const unneeded = this.#versions.isDirty ? [] : [...this.#backups];
    await Promise.all(unneeded.map((path) => this.services.store.forgetBackup(path)));
  }

  #change(change: Partial<WavState>): void {
    if (this.#closed.signal.aborted) return;
    this.#state = { ...this.#state, ...change };
    this.#changed.fire(change);
  }

  #openInput(): { path: string; cacheFolder: string } {
    return { path: this.file.path, cacheFolder: this.services.decoded.folder };
  }

  async #read(): Promise<AudioFacts> {
    const [{ facts, source }, { openedAudio }] = await Promise.all([
      this.services.use((studio) =>
        studio.openAudio(this.#openInput(), {
          signal: this.#closed.signal,
          onProgress: (decoding) => this.#change({ decoding }),
        }),
      ),
      import("../../session/openedAudio.js"),
    ]);
    const version = this.#versions.add(openedAudio(facts, source));
    this.#versions.saved = version;
    this.#hasPin = false;
    this.#pinned = undefined;
    this.#change({ facts, decoding: null, failure: null });
    this.#show(version, false);
    return facts;
  }

  async #backup(path: string): Promise<WavBackup | undefined> {
    try {
      const backup = await readBackup(path);
      const files = backup.audio.sources.map((source) => source.path);
      await this.services.store.noteBackup(path, files);
      return backup;
    } catch (error) {
      this.notice(sentenceOf(error));
      return undefined;
    }
  }

  #restore({ audio, stamp }: WavBackup): void {
    this.#commit(this.#requireVersion(), audio, "Edits of the last session");
    const now = this.file.stamp;
    if (stamp?.modified === now?.modified) return;
    // The edits refer to the file itself, or to a second name of it.
    const isReplaced = stamp?.file !== now?.file;
    if (!isReplaced) this.#versions.loseCurrent();
    void this.#keepEdits(isReplaced);
  }

  async #edit(request: EditRequest): Promise<ShownAudio> {
    const version = this.#requireVersion();
    if (this.#state.readOnly !== null) throw new Error(this.#state.readOnly);
    if (this.#state.task)
      throw new Error(`${this.#state.task.label} is under way. Wait for it, or cancel it.`);
    const [{ planEdit, labelOf }, { applyAudioEdit }] = await Promise.all([
      import("../wav/editPlan.js"),
      import("../../session/applyAudioEdit.js"),
    ]);
    if (request.type === "cut") await this.copy(request.range);
    const warnings: string[] = [];
    const edit = await planEdit(version.audio, request, {
      warn: (sentence) => warnings.push(sentence),
      clipboard: this.services.clipboard.material,
      measure: (range) =>
        this.#run("Measuring", (studio, options) =>
          studio.measureEdited({ audio: version.audio, range }, options),
        ),
      render: (label, audio, range, process) =>
        this.#run(label, async (studio, options) => {
          const target = await this.services.store.newPath("process.wav");
          return studio.renderProcess({ audio, range, process, target }, options);
        }),
    });
    if (this.#versions.current !== version) throw new Error("The audio was changed meanwhile. Try again.");
    this.#commit(version, applyAudioEdit(version.audio, edit), labelOf(request));
    this.#warnOfEdit(warnings);
    return this.#state.audio;
  }

  #commit(before: WavVersion, audio: EditedAudio, label: string): void {
    if (audio === before.audio) return;
    void this.#pin();
    const after = this.#versions.add(audio);
    this.#show(after, audio.pieces === before.audio.pieces);
    this.#edited.fire({
      document: this,
      label,
      undo: () => this.#goTo(before),
      redo: () => this.#goTo(after),
    });
  }

  /** Warnings that hold until the sound is another one. */
  #warnOfEdit(warnings: readonly string[]): void {
    warnings.forEach((warning) => this.notice(warning));
    this.#editWarnings = warnings;
  }

  #goTo(version: WavVersion): void {
    if (version.isLost)
      throw new Error(`${this.file.name} was changed by another program; what was before cannot be shown.`);
    this.#show(version, version.audio.pieces === this.#versions.current?.audio.pieces);
  }

  #show(version: WavVersion, isSameSound: boolean): void {
    this.#versions.current = version;
    this.#revision++;
    const audio = shownAudio(version.audio, this.#revision, this.#versions.isDirty);
    if (!isSameSound && this.#editWarnings.length > 0) {
      this.#change({ notices: this.#state.notices.filter((each) => !this.#editWarnings.includes(each)) });
      this.#editWarnings = [];
    }
    this.#change({ audio, ...(!isSameSound && { measurement: null, unmeasured: null, findings: null }) });
    this.#analysis.follow(version.audio, isSameSound);
  }

  #requireVersion(): WavVersion {
    if (this.#versions.current) return this.#versions.current;
    throw new Error(this.#state.failure ?? `${this.file.name} is still being opened.`);
  }

  /** From the first edit on, the audio stays even if the file is deleted or replaced. */
  async #pin(): Promise<void> {
    if (this.#hasPin || !this.file.isLocal) return;
    this.#hasPin = true;
    const pinned = await this.services.store.pin(this.file.path);
    if (pinned === undefined) return;
    this.#pinned = pinned;
    this.services.relocate(this.file.path, pinned);
  }

  #run<T>(label: string, work: Work<T>, signal?: AbortSignal): Promise<T> {
    const task = (this.#task = new AbortController());
    return runTask(this.services.use, work, {
      signals: [task.signal, this.#closed.signal, ...(signal ? [signal] : [])],
      onProgress: (fraction) => this.#change({ task: fraction === null ? null : { label, fraction } }),
    });
  }

  /** @param options `expected`: stamp of what may be replaced; `null`: whatever is there */
  async #write(
    target: string,
    name: string,
    { expected, signal }: { expected: FileStamp | null; signal: AbortSignal | undefined },
  ): Promise<void> {
    const container = containerOf(name);
    this.requireSound();
    try {
      await this.services.preserve(target).catch((error: unknown) => {
        if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
      });
      const { audio } = this.#requireVersion();
      const original = originalOf(this.file.path, this.#versions.first?.audio, audio);
      await this.#run(
        `Saving ${name}`,
        (studio, options) => studio.saveAudio({ audio, target, container, original, expected }, options),
        signal,
      );
    } catch (error) {
      if (error instanceof Error && error.name === "AbortError") throw new vscode.CancellationError();
      throw new Error(`${name} was not saved; your edits are kept. ${sentenceOf(error)}`, { cause: error });
    }
  }

  async #followDisk(change: DiskChange): Promise<void> {
    const { name } = this.file;
    if (change.kind !== "changed") this.#withdraw(this.#deletedNotice);
    if (change.kind === "returned") return;
    const { isDirty } = this.#state.audio;
    if (change.kind === "deleted") {
      const isRead = this.#versions.current !== undefined && isReadable(this.#versions.current.audio);
      this.#deletedNotice = deletedNotice(name, { isDirty, isReadable: isRead });
      this.notice(this.#deletedNotice);
      return;
    }
    if (isDirty) return this.#keepEdits(change.isReplaced);
    // A file that was replaced still has its old contents under its second name.
    this.#versions.lose(change.isReplaced ? this.file.path : undefined);
    try {
      await this.reload();
      this.notice(`${name} was changed by another program and has been read again.`);
    } catch (error) {
      this.notice(sentenceOf(error));
    }
  }

  /** The file holds something else now. @param isReplaced by another file, so that a second name keeps the old contents */
  async #keepEdits(isReplaced: boolean): Promise<void> {
    this.#versions.lose(this.file.path);
    if (!isReplaced && this.#pinned !== undefined) this.#versions.lose(this.#pinned);
    if (!this.isRewritten) return this.notice(changedNotice(this.file.name));
    const notice = rewrittenNotice(this.file.name);
    if (this.#state.notices.includes(notice)) return;
    this.notice(notice);
    await this.chooseContents();
  }

  /** Asks what the edits of a file that was rewritten in place stand for. */
  async chooseContents(): Promise<void> {
    const notice = rewrittenNotice(this.file.name);
    const [apply, revert] = ["Apply Edits to the New Contents", "Revert File"];
    const choice = await vscode.window.showWarningMessage(notice, apply, revert);
    if (choice === revert) await vscode.commands.executeCommand("workbench.action.files.revert");
    if (choice === apply)
      await this.#adoptContents().catch((error: unknown) => this.notice(sentenceOf(error)));
  }

  /** The edits stand for what the file holds now. @throws Error with a sentence for people if they do not fit */
  async #adoptContents(): Promise<void> {
    const version = this.#requireVersion();
    const { facts } = await this.services.use((studio) => studio.openAudio(this.#openInput()));
    const misfit = this.#state.facts && misfitOf(this.#state.facts, facts);
    if (misfit) throw new Error(misfit);
    await this.file.accept();
    this.#versions.find();
    for (const { path } of version.audio.sources) this.#analysis.forget(path);
    this.#change({ notices: [] });
    this.#show(version, false);
  }
}
