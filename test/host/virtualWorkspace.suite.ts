import assert from "node:assert/strict";
import { join } from "node:path";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import * as vscode from "vscode";
import { activeTab, openWav } from "./wavFixture.js";
import { readSamples, until, wavFolder, writeRamp } from "./wavMaterial.js";

/** Files in memory, as a virtual workspace has them. */
class MemoryFiles implements vscode.FileSystemProvider {
  readonly files = new Map<string, { bytes: Uint8Array; time: number; size?: number }>();
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.#changed.event;
  /** Why nothing is written. */
  refusal: string | undefined;

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }
  stat({ path }: vscode.Uri): vscode.FileStat {
    if (path === "/") return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };
    const { bytes, time, size = bytes.length } = this.#file(path);
    return { type: vscode.FileType.File, ctime: 0, mtime: time, size };
  }
  readDirectory(): [string, vscode.FileType][] {
    return [...this.files.keys()].map((path) => [path.slice(1), vscode.FileType.File]);
  }
  readFile({ path }: vscode.Uri): Uint8Array {
    return this.#file(path).bytes;
  }
  writeFile({ path }: vscode.Uri, bytes: Uint8Array): void {
    if (this.refusal !== undefined) throw vscode.FileSystemError.NoPermissions(this.refusal);
    this.files.set(path, { bytes: bytes.slice(), time: (this.files.get(path)?.time ?? 0) + 1 });
  }
  createDirectory(): void {
    throw vscode.FileSystemError.NoPermissions();
  }
  delete({ path }: vscode.Uri): void {
    this.files.delete(path);
  }
  rename(): void {
    throw vscode.FileSystemError.NoPermissions();
  }

  #file(path: string): { bytes: Uint8Array; time: number; size?: number } {
    const file = this.files.get(path);
    if (!file) throw vscode.FileSystemError.FileNotFound(path);
    return file;
  }
}

describe("the audio editor in a virtual workspace", () => {
  const { executeCommand } = vscode.commands;
  const provider = new MemoryFiles();
  const uri = vscode.Uri.parse("headroom-memory:/take.wav");
  let registration: vscode.Disposable;
  let folder: string;
  before(() => {
    registration = vscode.workspace.registerFileSystemProvider("headroom-memory", provider);
  });
  after(() => void registration.dispose());
  beforeEach(() => {
    folder = wavFolder();
    writeRamp(join(folder, "a.wav"), 1000);
    provider.refusal = undefined;
    provider.files.set("/take.wav", { bytes: readFileSync(join(folder, "a.wav")), time: 1 });
  });
  afterEach(async () => {
    await executeCommand("workbench.action.revertAndCloseActiveEditor");
    await executeCommand("workbench.action.closeAllEditors");
    rmSync(folder, { recursive: true, force: true });
  });

  /** The samples of a file in memory. */
  function samples(path: string): number[] {
    const copy = join(folder, "copy.wav");
    writeFileSync(copy, provider.files.get(path)!.bytes);
    return readSamples(copy);
  }

  it("shows, measures, edits and saves through the file system of the workspace", async () => {
    const document = await openWav(uri);
    assert.deepEqual([document.state.failure, document.state.audio.frames], [null, 1000]);
    await until(() => document.state.measurement !== null, "the measurement");
    await document.edit({ type: "trim", range: { start: 100, end: 110 } });
    await until(() => activeTab()?.isDirty === true, "the tab's mark");
    await executeCommand("workbench.action.files.save");
    await until(() => activeTab()?.isDirty === false, "the save");
    assert.deepEqual(
      samples("/take.wav"),
      Array.from({ length: 10 }, (_, i) => 101 + i),
    );
    await document.saveAs(vscode.Uri.parse("headroom-memory:/other.wav"));
    assert.equal(samples("/other.wav").length, 10);
  });

  it("keeps the edits where the file system refuses to write, and says why", async () => {
    const document = await openWav(uri);
    await document.edit({ type: "trim", range: { start: 0, end: 10 } });
    provider.refusal = "the branch is protected";
    await assert.rejects(document.save(false), /the branch is protected/);
    assert.equal(document.state.audio.isDirty, true);
    assert.equal(samples("/take.wav").length, 1000);
  });

  it("says in one sentence which files are too large to be copied, and what to do", async () => {
    provider.files.set("/take.wav", { bytes: new Uint8Array(0), time: 1, size: 600 * 2 ** 20 });
    const document = await openWav(uri);
    assert.equal(
      document.state.failure,
      "take.wav has 600 MB. In a workspace that is not on disk, files of up to 512 MB can be opened; copy it to a folder on disk first.",
    );
  });

  it("says that a file is gone, also if it is gone before it is read", async () => {
    provider.files.delete("/take.wav");
    const document = await openWav(uri);
    assert.match(document.state.failure ?? "", /take\.wav is missing/);
  });
});
