import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as vscode from "vscode";
import { albumFolder } from "./albumFixture.js";

describe("Compare with HEAD", () => {
  let folder: string;
  before(() => {
    folder = albumFolder({ "a.wav": { level: 0.5, seconds: 3 } });
  });
  after(async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    rmSync(folder, { recursive: true });
  });

  it("shows what has changed since the last commit, of the session as it is saved by it", async () => {
    const git = (...args: string[]): void => void execFileSync("git", args, { cwd: folder });
    const path = join(folder, "song.mix.json");
    const text =
      '{ "headroom": 1, "tracks": [{ "id": "a", "name": "Drums", "clips": [{ "file": "a.wav" }] }] }\n';
    writeFileSync(path, text);
    git("init", "-q");
    git("add", "song.mix.json");
    git("-c", "user.name=T", "-c", "user.email=t@example.org", "commit", "-q", "-m", "first");
    const document = await vscode.workspace.openTextDocument(path);
    await vscode.window.showTextDocument(document);
    const edit = new vscode.WorkspaceEdit();
    const at = document.positionAt(text.indexOf('"name"'));
    edit.insert(document.uri, at, '"fader": -3, ');
    await vscode.workspace.applyEdit(edit);
    const shown = await vscode.commands.executeCommand<string>("headroom.compareWithHead", document.uri);
    assert.equal(document.isDirty, false);
    assert.match(shown, /# song\.mix\.json at HEAD and song\.mix\.json now/);
    assert.match(shown, /- Drums: fader 0 → -3 dB/);
    assert.match(shown, /With -3\.0 dB on the first/);
  });
});
