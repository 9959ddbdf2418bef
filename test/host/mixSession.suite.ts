/** Commands and completion of mix sessions, in a real VS Code. */
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import * as vscode from "vscode";
import type { NewMixResult } from "../../src/mastering/newMix.js";
import type { MixdownResult } from "../../src/mastering/renderMixdown.js";
import { parseMix } from "../../src/session/mixDocument.js";
import { answering } from "./answering.js";
import { RATE, until, wavFolder, writeRamp } from "./wavMaterial.js";

const { executeCommand } = vscode.commands;

describe("mix sessions", () => {
  let folder: string;
  before(() => {
    folder = wavFolder();
    for (const name of ["01 Kick", "02 Bass"]) writeRamp(join(folder, `${name}.wav`), RATE / 10);
  });
  after(async () => {
    await executeCommand("workbench.action.closeAllEditors");
    rmSync(folder, { recursive: true });
  });

  const newSession = (...uris: readonly string[]): Thenable<NewMixResult | undefined> => {
    const [first, ...rest] = uris.map((path) => vscode.Uri.file(path));
    return executeCommand("headroom.newMixSession", first, rest.length > 0 ? [first, ...rest] : undefined);
  };

  it("are made of a folder, and opened as text", async () => {
    const result = await newSession(folder);
    assert.equal(result?.tracks, 2);
    const { activeTextEditor } = vscode.window;
    assert.equal(activeTextEditor?.document.uri.fsPath, join(folder, "song.mix.json"));
    assert.match(activeTextEditor.document.getText(), /"id": "kick"/);
  });

  it("are made of selected files, beside those that exist", async () => {
    const result = await newSession(join(folder, "02 Bass.wav"), join(folder, "01 Kick.wav"));
    assert.equal(basename(result?.path ?? ""), "song-2.mix.json");
    assert.equal(result?.tracks, 2);
  });

  it("are mixed down beside the session, and say how loud they are", async () => {
    const mix = vscode.Uri.file(join(folder, "song.mix.json"));
    const mixDown = (): Thenable<MixdownResult | undefined> => executeCommand("headroom.mixDown", mix);
    const [result, said] = await answering("24-bit", mixDown);
    assert.equal(result?.clipped, 0);
    await until(() => said.length > 0, "the message");
    assert.match(said[0]!, /^Mixed down song\.wav: 0:00, .*dBTP\./);
    // 24-bit stereo, 0.1 s.
    const { length } = readFileSync(join(folder, "song.wav"));
    assert.ok(length >= (RATE / 10) * 6 && length < (RATE / 10) * 6 + 4096, String(length));
    assert.deepEqual(
      readdirSync(folder).filter((name) => name.startsWith(".")),
      [],
    );
  });

  it("are mixed down in part, to a file of its own", async () => {
    const mix = vscode.Uri.file(join(folder, "song.mix.json"));
    const [result] = await answering("24-bit", () =>
      executeCommand<MixdownResult | undefined>("headroom.mixDownRange", mix, { from: 0.02, to: 0.07 }),
    );
    assert.equal(result?.overview.duration, 0.05);
    const { length } = readFileSync(join(folder, "song 0.02s-0.07s.wav"));
    assert.ok(length >= RATE * 0.05 * 6 && length < RATE * 0.05 * 6 + 4096, String(length));
  });

  it("offer presets where an insert may stand, complete", async () => {
    const path = join(folder, "presets.mix.json");
    const before = '{ "headroom": 1, "tracks": [{ "id": "a", "inserts": [';
    writeFileSync(path, `${before}] }] }`);
    const document = await vscode.workspace.openTextDocument(path);
    const editor = await vscode.window.showTextDocument(document);
    const position = document.positionAt(before.length);
    let preset: vscode.CompletionItem | undefined;
    await until(async () => {
      const { items } = await executeCommand<vscode.CompletionList>(
        "vscode.executeCompletionItemProvider",
        document.uri,
        position,
      );
      preset = items.find(({ label }) => label === "compressor: Vocal, gentle");
      return preset !== undefined;
    }, "the presets");
    const text = preset?.insertText;
    assert.ok(text instanceof vscode.SnippetString);
    await editor.insertSnippet(text, position);
    const { value, diagnostics } = parseMix(document.getText());
    assert.deepEqual(diagnostics, []);
    const [insert] = value?.tracks[0]?.inserts ?? [];
    assert.ok(insert?.type === "compressor");
    assert.equal(insert.ratio, 2.5);
  });

  it("with errors are not mixed down; the first error is told", async () => {
    const path = join(folder, "wrong.mix.json");
    writeFileSync(path, '{ "headroom": 1,\n"tracks": [{ "id": "a", "fader": 99 }] }');
    const [result, said] = await answering("24-bit", () =>
      executeCommand("headroom.mixDown", vscode.Uri.file(path)),
    );
    assert.equal(result, undefined);
    assert.match(
      said[0]!,
      /^The mix session has an error\. wrong\.mix\.json:2:34: .*must be between -144 and 24/,
    );
    assert.ok(!existsSync(join(folder, "wrong.wav")));
  });
});
