import assert from "node:assert/strict";
import {
  chmodSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import * as vscode from "vscode";
import type { WavDocument } from "../../src/host/editors/wavDocument.js";
import { activeTab, answering, openWav } from "./wavFixture.js";
import { readSamples, until, wavFolder, writeRamp } from "./wavMaterial.js";

const { executeCommand } = vscode.commands;
const isDirty = () => activeTab()?.isDirty === true;

/** Saves once VS Code knows of the edits, and waits until it is done. */
async function save(): Promise<void> {
  await until(isDirty, "the tab's mark");
  await executeCommand("workbench.action.files.save");
  await until(() => !isDirty(), "the save");
}
const FRAMES = 1000;

describe("the audio editor", () => {
  let folder: string;
  let path: string;
  let count = 0;
  beforeEach(() => {
    folder = wavFolder();
    path = join(folder, `take [${++count}] a.wav`);
    writeRamp(path, FRAMES);
  });
  afterEach(async () => {
    await executeCommand("workbench.action.revertAndCloseActiveEditor");
    await executeCommand("workbench.action.closeAllEditors");
    rmSync(folder, { recursive: true, force: true });
  });

  const trim = (document: WavDocument, start: number, end: number) =>
    document.edit({ type: "trim", range: { start, end } });

  it("opens WAV files without a question", async () => {
    await openWav(path);
    const input = activeTab()?.input;
    assert.ok(input instanceof vscode.TabInputCustom);
    assert.equal(input.viewType, "headroom.wav");
  });

  it("tells what is in the file and measures it", async () => {
    const document = await openWav(path);
    const { facts, audio, readOnly } = document.state;
    assert.equal(facts?.codec, "PCM 16-bit");
    assert.deepEqual(
      [audio.frames, audio.channels, audio.sampleRate, audio.isDirty, readOnly],
      [FRAMES, 2, 48000, false, null],
    );
    await until(() => document.state.overview === 1, "the overview");
    await until(() => document.state.measurement !== null, "the measurement");
    const { samplePeak } = document.state.measurement ?? {};
    assert.ok(Math.abs((samplePeak ?? 0) - 20 * Math.log10(FRAMES / 32768)) < 0.01, `${samplePeak}`);
    await until(() => document.state.findings !== null, "the findings");
  });

  it("edits, undoes, redoes and saves", async () => {
    const document = await openWav(path);
    const shown = await trim(document, 100, 300);
    assert.deepEqual([shown.frames, shown.isDirty], [200, true]);
    await until(isDirty, "the tab's mark");
    await executeCommand("undo");
    await until(() => document.state.audio.frames === FRAMES, "undo");
    assert.equal(document.state.audio.isDirty, false);
    assert.equal(activeTab()?.isDirty, false);
    await executeCommand("redo");
    await until(() => document.state.audio.frames === 200, "redo");
    await save();
    assert.equal(document.state.audio.isDirty, false);
    assert.deepEqual(
      readSamples(path),
      Array.from({ length: 200 }, (_, i) => 101 + i),
    );
    assert.equal(document.state.facts?.frames, 200);
    assert.deepEqual(readdirSync(folder).length, 1, "litter beside the file");
  });

  it("undoes past a save, and saves again", async () => {
    const document = await openWav(path);
    await trim(document, 100, 300);
    await save();
    await document.edit({ type: "reverse", range: { start: 0, end: 200 } });
    await save();
    assert.equal(readSamples(path)[0], 300);
    for (let i = 0; i < 2; i++) await executeCommand("undo");
    await until(() => document.state.audio.frames === FRAMES, "two undos");
    assert.equal(activeTab()?.isDirty, true);
    await save();
    assert.deepEqual(
      readSamples(path),
      Array.from({ length: FRAMES }, (_, i) => 1 + i),
    );
  });

  it("reverts to the file", async () => {
    const document = await openWav(path);
    await trim(document, 0, 10);
    await until(isDirty, "the tab's mark");
    await executeCommand("workbench.action.files.revert");
    await until(() => document.state.audio.frames === FRAMES, "the whole file");
    assert.equal(document.state.audio.isDirty, false);
    assert.equal(activeTab()?.isDirty, false);
  });

  it("refuses an edit that makes no sense, and goes on", async () => {
    const document = await openWav(path);
    await assert.rejects(document.edit({ type: "paste", range: { start: 0, end: 0 } }), /clipboard|Copy/);
    await assert.rejects(document.copy({ start: 5, end: 5 }), /Nothing is selected/);
    await trim(document, 0, 10);
    assert.equal(document.state.audio.frames, 10);
  });

  it("pastes into another file, with its sample rate", async () => {
    const source = await openWav(path);
    await source.copy({ start: 0, end: 500 });
    const other = join(folder, "other.wav");
    writeRamp(other, 100, 2000);
    const document = await openWav(other);
    assert.equal(document.state.canPaste, true);
    await document.edit({ type: "paste", range: { start: 100, end: 100 } });
    await save();
    assert.deepEqual(readSamples(other).slice(98, 103), [2098, 2099, 1, 2, 3]);
    // What was pasted stays when the file that it came from is saved over.
    await executeCommand("vscode.open", vscode.Uri.file(path));
    await trim(source, 900, 1000);
    await save();
    assert.equal(readSamples(path)[0], 901);
    await executeCommand("vscode.open", vscode.Uri.file(other));
    await document.edit({ type: "invert", range: { start: 0, end: 1 } });
    await save();
    assert.deepEqual(readSamples(other).slice(98, 103), [2098, 2099, 1, 2, 3]);
  });

  it("renders processes and normalizes", async () => {
    const document = await openWav(path);
    await document.edit({ type: "normalize", range: { start: 0, end: FRAMES }, to: "peak", level: -6 });
    await document.edit({ type: "channels", to: "left" });
    assert.equal(document.state.audio.channels, 1);
    assert.equal(document.state.task, null);
    await save();
    const peak = Math.max(...readSamples(path));
    assert.ok(Math.abs(20 * Math.log10(peak / 32768) + 6) < 0.01, `${peak}`);
  });

  it("reads a file again that was changed on disk, when there are no edits", async () => {
    const document = await openWav(path);
    writeRamp(path, 500, 7);
    await until(() => document.state.audio.frames === 500, "the new file");
    assert.match(document.state.notices.join(), /changed by another program and has been read again/);
    assert.equal(activeTab()?.isDirty, false);
  });

  it("never silently overwrites a file that was changed on disk", async () => {
    const document = await openWav(path);
    await trim(document, 0, 10);
    const other = join(folder, "new.wav");
    writeRamp(other, 500, 7);
    await until(() => !document.reads(path), "the second name of the old contents");
    renameSync(other, path);
    await until(
      () => document.state.notices.some((each) => /was changed by another program/.test(each)),
      "the notice",
    );
    const questions = await answering(undefined, async () => {
      await executeCommand("workbench.action.files.save").then(undefined, () => undefined);
    });
    assert.equal(questions.length, 1);
    assert.equal(readSamples(path).length, 500);
    assert.equal(document.state.audio.isDirty, true);
    await answering("Overwrite", save);
    assert.deepEqual(
      readSamples(path),
      Array.from({ length: 10 }, (_, i) => 1 + i),
    );
  });

  it("keeps the edits of a file that was deleted, and writes it elsewhere", async () => {
    const document = await openWav(path);
    await trim(document, 0, 10);
    await until(() => !document.reads(path), "the second name of the old contents");
    unlinkSync(path);
    await until(() => document.state.notices.some((each) => /was deleted/.test(each)), "the notice");
    const copy = join(folder, "copy.wav");
    await document.saveAs(vscode.Uri.file(copy));
    assert.deepEqual(
      readSamples(copy),
      Array.from({ length: 10 }, (_, i) => 1 + i),
    );
  });

  it("says that a file without edits is gone once it is deleted, and takes that back when it returns", async () => {
    const document = await openWav(path);
    const elsewhere = join(folder, "elsewhere.wav");
    renameSync(path, elsewhere);
    const isSaid = () => document.state.notices.some((each) => /Its samples are gone with it/.test(each));
    await until(isSaid, "the notice");
    renameSync(elsewhere, path);
    await until(() => !isSaid(), "the notice to go");
  });

  it("neither plays nor saves edits of a file that was rewritten in place, until it is told to", async () => {
    const document = await openWav(path);
    await trim(document, 0, 10);
    await until(() => !document.reads(path), "the second name of the old contents");
    let choose: (answer: string | undefined) => void = () => undefined;
    const choice = new Promise<string | undefined>((resolve) => (choose = resolve));
    const sentence = /rewritten in place by another program.*Your edits are kept/;
    const questions = await answering(choice, async () => {
      writeRamp(path, FRAMES, 7);
      await until(() => document.state.notices.some((each) => sentence.test(each)), "the notice");
    });
    assert.equal(questions.length, 1);
    assert.throws(() => document.requireSound(), sentence);
    await assert.rejects(document.saveAs(vscode.Uri.file(join(folder, "copy.wav"))), sentence);
    await executeCommand("workbench.action.files.save").then(undefined, () => undefined);
    assert.equal(readSamples(path).length, FRAMES, "not overwritten");
    assert.equal(document.state.audio.isDirty, true);
    choose("Apply Edits to the New Contents");
    await until(() => document.state.notices.length === 0, "the new contents");
    await save();
    assert.deepEqual(
      readSamples(path),
      Array.from({ length: 10 }, (_, i) => 7 + i),
    );
  });

  it("says why a file was not saved, and keeps the edits", async () => {
    const document = await openWav(path);
    await trim(document, 0, 10);
    await assert.rejects(document.saveAs(vscode.Uri.file(join(folder, "none", "a.wav"))), (error: Error) => {
      assert.match(error.message, /a\.wav was not saved; your edits are kept\..*folder does not exist/);
      return true;
    });
    await assert.rejects(document.saveAs(vscode.Uri.file(join(folder, "a.mp3"))), /\.wav or \.flac/);
    chmodSync(path, 0o444);
    await assert.rejects(document.save(false), /a\.wav was not saved; your edits are kept\..*read-only/);
    assert.equal(readSamples(path).length, FRAMES);
    assert.equal(document.state.audio.isDirty, true);
    assert.equal(document.state.task, null);
  });

  it("saves as FLAC", async () => {
    const document = await openWav(path);
    const copy = join(folder, "copy.flac");
    await document.saveAs(vscode.Uri.file(copy));
    assert.equal(readFileSync(copy).toString("latin1", 0, 4), "fLaC");
  });

  it("comes back from a backup with its edits", async () => {
    const document = await openWav(path);
    await trim(document, 100, 300);
    const backup = join(folder, "backup");
    await document.backup(backup);
    const { WavDocument } = await import("../../src/host/editors/wavDocument.js");
    const restored = new WavDocument(document.uri, document.services);
    try {
      await restored.open(backup);
      const { audio, notices } = restored.state;
      assert.deepEqual([audio.frames, audio.isDirty, notices], [200, true, []]);
      const copy = join(folder, "copy.wav");
      await restored.saveAs(vscode.Uri.file(copy));
      assert.equal(readSamples(copy)[0], 101);
    } finally {
      restored.dispose();
    }
  });

  for (const [name, bytes, sentence] of [
    ["empty.wav", "", /empty file/],
    ["text.wav", "This is no audio at all, it is a text.\n", /text file/],
    ["cut.wav", "RIFF\x24\0\0\0WAVEfmt ", /cut\.wav/],
    ["flac in disguise.mp3", "PK\x03\x04".padEnd(600, "x"), /ZIP/],
  ] as const) {
    it(`says what is wrong with ${name}`, async () => {
      const bad = join(folder, name);
      writeFileSync(bad, bytes, "latin1");
      const document = await openWav(bad);
      assert.match(document.state.failure ?? "", sentence);
      await assert.rejects(document.edit({ type: "reverse", range: { start: 0, end: 1 } }), sentence);
    });
  }

  it("reads again a bad file that was put right", async () => {
    writeFileSync(path, "");
    const document = await openWav(path);
    assert.match(document.state.failure ?? "", /empty file/);
    writeRamp(path, 50);
    await until(() => document.state.audio.frames === 50, "the audio");
    assert.equal(document.state.failure, null);
  });

  it("leaves no file behind when it closes", async () => {
    const document = await openWav(path);
    await trim(document, 0, 10);
    await save();
    const { store, clipboard } = document.services;
    await executeCommand("workbench.action.closeAllEditors");
    const kept = clipboard.material?.sources.map((source) => source.path) ?? [];
    const left = () => readdirSync(store.folder).filter((name) => !kept.includes(join(store.folder, name)));
    const isEmpty = () => !existsSync(store.folder) || left().length === 0;
    await until(isEmpty, "an empty store").catch((error: unknown) => {
      throw new Error(`still there: ${left().join(", ")}`, { cause: error });
    });
  });
});
