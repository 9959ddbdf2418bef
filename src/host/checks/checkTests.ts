/** The checks of sessions and albums in the Test Explorer. */
import * as vscode from "vscode";

import type { StudioService } from "../studioService.js";

const PATTERN = "**/*.{mix,album}.json";
const IGNORED = "**/node_modules/**";

export class CheckTests implements vscode.Disposable {
  readonly controller = vscode.tests.createTestController("headroom.checks", "Headroom");
  readonly profile = this.controller.createRunProfile(
    "Check",
    vscode.TestRunProfileKind.Run,
    (request, token) => this.#run(request, token),
    true,
  );
  readonly #studio: Pick<StudioService, "use">;
  readonly #subscriptions: vscode.Disposable[];

  constructor(studio: Pick<StudioService, "use">) {
    this.#studio = studio;
    const { workspace } = vscode;
    const watcher = workspace.createFileSystemWatcher(PATTERN);
    this.#subscriptions = [
      watcher,
      watcher.onDidCreate((uri) => this.#read(uri)),
      watcher.onDidChange((uri) => this.#read(uri)),
      watcher.onDidDelete((uri) => this.controller.items.delete(uri.toString())),
      workspace.onDidSaveTextDocument(({ uri }) => this.#read(uri)),
      workspace.onDidOpenTextDocument(({ uri }) => this.#read(uri)),
      this.profile,
    ];
    this.controller.resolveHandler = async (item) => {
      if (!item) await this.#readAll();
    };
    workspace.textDocuments.forEach(({ uri }) => void this.#read(uri));
  }

  dispose(): void {
    vscode.Disposable.from(...this.#subscriptions, this.controller).dispose();
  }

  async #readAll(): Promise<void> {
    const found = await vscode.workspace.findFiles(PATTERN, IGNORED);
    await Promise.all(found.map((uri) => this.#read(uri)));
  }

  /** Lists the checks that the saved document has. */
  async #read(uri: vscode.Uri): Promise<void> {
    if (uri.scheme !== "file" || !/\.(mix|album)\.json$/.test(uri.path)) return;
    const text = await readText(uri);
    const { documentChecks } = await import("./documentChecks.js");
    const found = text === undefined ? [] : documentChecks(uri.path, text);
    if (found.length === 0) return this.controller.items.delete(uri.toString());
    const item = this.controller.createTestItem(uri.toString(), vscode.workspace.asRelativePath(uri), uri);
    item.children.replace(
      found.map(({ name, label, range: { start, end } }) => {
        const child = this.controller.createTestItem(name, label, uri);
        child.range = new vscode.Range(start.line, start.character, end.line, end.character);
        return child;
      }),
    );
    this.controller.items.add(item);
  }

  async #run(request: vscode.TestRunRequest, token: vscode.CancellationToken): Promise<void> {
    const run = this.controller.createTestRun(request);
    const wanted = request.include ?? [...this.controller.items].map(([, item]) => item);
    const excluded = new Set(request.exclude);
    const documents = new Map<vscode.TestItem, vscode.TestItem[]>();
    for (const item of wanted) {
      const document = item.parent ?? item;
      const checks = item.parent ? [item] : [...item.children].map(([, child]) => child);
      const known = documents.get(document) ?? [];
      documents.set(document, [...known, ...checks.filter((each) => !excluded.has(each))]);
    }
    for (const checks of documents.values()) checks.forEach((check) => run.enqueued(check));
    for (const [document, checks] of documents) {
      if (token.isCancellationRequested) checks.forEach((check) => run.skipped(check));
      else await this.#check(run, document, checks, token);
    }
    run.end();
  }

  async #check(
    run: vscode.TestRun,
    { uri }: vscode.TestItem,
    checks: readonly vscode.TestItem[],
    token: vscode.CancellationToken,
  ): Promise<void> {
    checks.forEach((check) => run.started(check));
    const started = performance.now();
    const controller = new AbortController();
    const cancelled = token.onCancellationRequested(() => controller.abort());
    try {
      const text = uri && (await readText(uri));
      if (!uri || text === undefined) throw new Error("The document is gone.");
      const results = await this.#studio.use((studio) =>
        studio.checkSound({ path: uri.fsPath, text }, { signal: controller.signal }),
      );
      for (const check of checks) {
        const own = results.filter(({ name }) => name === check.id || name === "master");
        report(run, check, own, performance.now() - started);
      }
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      for (const check of checks) run.errored(check, messageAt(check, reason));
    } finally {
      cancelled.dispose();
    }
  }
}

interface Result {
  readonly song: string | null;
  readonly holds: boolean;
  readonly sentence: string;
}

function report(
  run: vscode.TestRun,
  check: vscode.TestItem,
  results: readonly Result[],
  duration: number,
): void {
  const said = ({ song, sentence }: Result): string => (song === null ? sentence : `${song}: ${sentence}`);
  for (const result of results) run.appendOutput(`${said(result)}\r\n`, undefined, check);
  const broken = results.filter(({ holds }) => !holds);
  if (results.length === 0) run.skipped(check);
  else if (broken.length === 0) run.passed(check, duration);
  else
    run.failed(
      check,
      broken.map((each) => messageAt(check, said(each))),
      duration,
    );
}

function messageAt({ uri, range }: vscode.TestItem, text: string): vscode.TestMessage {
  const message = new vscode.TestMessage(text);
  if (uri && range) message.location = new vscode.Location(uri, range);
  return message;
}

async function readText(uri: vscode.Uri): Promise<string | undefined> {
  return vscode.workspace.fs.readFile(uri).then(
    (bytes) => new TextDecoder().decode(bytes),
    () => undefined,
  );
}
