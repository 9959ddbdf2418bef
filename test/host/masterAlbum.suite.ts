import assert from "node:assert/strict";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import * as vscode from "vscode";
import { parseAlbum } from "../../src/session/albumDocument.js";
import type { AlbumResult, SongResult } from "../../src/mastering/results.js";
import { referenceIntegrated, referenceTruePeak } from "../standards/referenceMeter.js";
import { answering } from "./answering.js";
import { albumFolder, filesBelow, readMaster, writeAlbum } from "./albumFixture.js";

const TARGET = { loudness: -16, mode: "track", truePeak: -1 };

function masterAlbum(path: string): Thenable<AlbumResult | undefined> {
  return vscode.commands.executeCommand("headroom.masterAlbum", vscode.Uri.file(path));
}

describe("Headroom: Master Album", () => {
  let folder: string;
  before(() => {
    folder = albumFolder({ "quiet.wav": { level: 0.1, seconds: 8 }, "loud.wav": { level: 0.8, seconds: 8 } });
  });
  after(async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    rmSync(folder, { recursive: true });
  });

  it("writes masters that meet target and ceiling, by an independent meter", async () => {
    const songs = ["quiet", "loud"].map((name) => ({ source: `${name}.wav`, title: name, gap: 0 }));
    const album = writeAlbum(folder, "record", { target: TARGET, songs, output: "release" });
    const result = await masterAlbum(album);
    assert.equal(result?.songs.length, 2);
    for (const { title, files, error } of result.songs) {
      assert.equal(error, undefined);
      const [file] = files;
      assert.ok(file);
      const { channels, sampleRate } = readMaster(join(folder, "release", file));
      // EBU R 128 allows meters 0.1 LU; the plan aims at the target itself.
      const integrated = referenceIntegrated(channels, sampleRate);
      assert.ok(Math.abs(integrated - TARGET.loudness) < 0.1, `${title}: ${integrated} LUFS`);
      // 0.05 dB: what the reference's own reconstruction may read too high.
      const truePeak = referenceTruePeak(channels);
      assert.ok(truePeak < TARGET.truePeak + 0.05, `${title}: ${truePeak} dBTP`);
    }
    assert.ok(filesBelow(join(folder, "release")).includes("record.report.md"));
  });

  it("shows the album in its editor", () => {
    const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    assert.ok(input instanceof vscode.TabInputCustom);
    assert.equal(input.viewType, "headroom.album");
  });

  it("masters what the open editor holds, saved or not", async () => {
    const album = writeAlbum(folder, "unsaved", {
      target: TARGET,
      songs: [{ source: "loud.wav", title: "Old" }],
      output: "unsaved",
    });
    const document = await vscode.workspace.openTextDocument(album);
    const edit = new vscode.WorkspaceEdit();
    const at = document.getText().indexOf("Old");
    edit.replace(document.uri, new vscode.Range(document.positionAt(at), document.positionAt(at + 3)), "New");
    await vscode.workspace.applyEdit(edit);
    const result = await masterAlbum(album);
    assert.equal(result?.songs[0]?.title, "New");
    assert.equal(document.isDirty, false);
  });

  it("goes on without a song that cannot be read, and says where the album names it", async () => {
    const songs = [
      { source: "loud.wav", title: "Here" },
      { source: "lost.wav", title: "Lost" },
    ];
    const album = writeAlbum(folder, "partly", { target: TARGET, songs, output: "partly" });
    const result = await masterAlbum(album);
    assert.equal(result?.songs[0]?.error, undefined);
    const error = result?.songs[1]?.error;
    assert.ok(error);
    assert.equal(error.file, album);
    const document = await vscode.workspace.openTextDocument(album);
    assert.match(document.lineAt((error.line ?? 0) - 1).text, /lost\.wav/);
  });

  it("stops when it is cancelled, and leaves no file", async () => {
    const songs = Array.from({ length: 60 }, (_, i) => ({ source: "loud.wav", title: `Song ${i}` }));
    const album = writeAlbum(folder, "long", { target: TARGET, songs, output: "long" });
    const run = masterAlbum(album);
    while (!filesBelow(join(folder, "long")).some((file) => file.includes("/"))) {
      await new Promise((wake) => setTimeout(wake, 20));
    }
    await vscode.commands.executeCommand("headroom.cancelMastering", vscode.Uri.file(album));
    assert.equal(await run, undefined);
    assert.deepEqual(filesBelow(join(folder, "long")), []);
  });

  it("refuses a document with errors, and writes nothing", async () => {
    const album = writeAlbum(folder, "wrong", {
      target: { loudness: "loud" },
      songs: [{ source: "loud.wav", title: "A" }],
      output: "wrong",
    });
    assert.equal(await masterAlbum(album), undefined);
    assert.deepEqual(filesBelow(join(folder, "wrong")), []);
  });

  it("masters one song beside it, by a preset", async () => {
    const song = vscode.Uri.file(join(folder, "loud.wav"));
    const [result] = await answering("acoustic", () =>
      vscode.commands.executeCommand<SongResult | undefined>("headroom.masterThisSong", song),
    );
    assert.ok(Math.abs(result!.after!.loudness.integrated! + 16) < 0.1);
    assert.deepEqual(result!.files, [join(folder, "loud (master).wav")]);
    const [demo] = await answering([], () =>
      vscode.commands.executeCommand<SongResult | undefined>("headroom.renderDemo", song),
    );
    assert.deepEqual(demo!.files, [join(folder, "loud (demo).wav")]);
    assert.equal(demo!.after!.sampleRate, 44100);
  });

  it("makes an album of a folder's songs by a preset, and never over one that is there", async () => {
    const songs = albumFolder({
      "02 b.wav": { level: 0.1, seconds: 1 },
      "01 a.wav": { level: 0.1, seconds: 1 },
    });
    const make = async (): Promise<vscode.Uri> => {
      const [uri] = await answering("acoustic", () =>
        vscode.commands.executeCommand<vscode.Uri | undefined>("headroom.newAlbum", vscode.Uri.file(songs)),
      );
      assert.ok(uri);
      return uri;
    };
    const [first, second] = [await make(), await make()];
    assert.deepEqual(
      [first.fsPath, second.fsPath],
      [join(songs, "record.album.json"), join(songs, "record-2.album.json")],
    );
    const { value, diagnostics } = parseAlbum(readFileSync(first.fsPath, "utf8"));
    assert.deepEqual(diagnostics, []);
    assert.deepEqual(
      value?.songs.map(({ title, source }) => [title, source]),
      [
        ["a", "01 a.wav"],
        ["b", "02 b.wav"],
      ],
    );
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    rmSync(songs, { recursive: true });
  });

  it("writes a mastering preset into an album, one undo step", async () => {
    const path = writeAlbum(folder, "preset", {
      songs: [{ source: "loud.wav", title: "Loud" }],
      output: "out",
    });
    const document = await vscode.workspace.openTextDocument(path);
    await vscode.window.showTextDocument(document);
    const before = document.getText();
    await answering("warm", () =>
      vscode.commands.executeCommand("headroom.applyMasteringPreset", document.uri),
    );
    const { value } = parseAlbum(document.getText());
    assert.deepEqual([value?.chainLevel, value?.chain.length, value?.target.maxGainReduction], [-18, 4, 3]);
    await vscode.commands.executeCommand("undo");
    assert.equal(document.getText(), before);
    await vscode.commands.executeCommand("workbench.action.files.revert");
  });
});
