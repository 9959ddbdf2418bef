/** The views in the activity bar. */
import assert from "node:assert/strict";
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as vscode from "vscode";
import type { TestAccess } from "../../src/host/extension.js";
import { DocumentTree } from "../../src/host/views/documentTree.js";
import { RenderTree } from "../../src/host/views/renderTree.js";
import { albumFolder } from "./albumFixture.js";
import { answering, cancelling } from "./answering.js";
import { until } from "./wavMaterial.js";

describe("the views of Headroom", () => {
  let folder: string;
  const path = (name: string): string => join(folder, name);
  before(() => {
    const workspace = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
    assert.ok(workspace);
    folder = join(workspace, "views");
    mkdirSync(folder, { recursive: true });
    const material = albumFolder({ "a.wav": { level: 0.4, seconds: 3 } });
    copyFileSync(join(material, "a.wav"), path("a.wav"));
    rmSync(material, { recursive: true });
    writeFileSync(
      path("b.mix.json"),
      '{ "headroom": 1, "tracks": [{ "id": "a", "clips": [{ "file": "a.wav" }] }] }',
    );
    writeFileSync(
      path("c.album.json"),
      '{ "headroom": 1, "title": "R", "songs": [{ "source": "a.wav", "title": "A" }] }',
    );
  });
  after(async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    rmSync(folder, { recursive: true, force: true });
  });

  it("list the albums and sessions of the workspace, and open them", async () => {
    const tree = new DocumentTree();
    const headings = await tree.getChildren();
    assert.deepEqual(
      headings.map((item) => tree.getTreeItem(item).label),
      ["Albums", "Sessions"],
    );
    const items = (await Promise.all(headings.map((item) => tree.getChildren(item)))).flat();
    const own = items
      .map((item) => tree.getTreeItem(item))
      .filter(({ description }) => description === "views");
    assert.deepEqual(
      own.map(({ label, contextValue, command }) => [label, contextValue, command?.command]),
      [
        ["c", "headroom.album", "headroom.openAlbumEditor"],
        ["b", "headroom.session", "headroom.openMixer"],
      ],
    );
    const changed = new Promise((resolve) => tree.onDidChangeTreeData(resolve));
    writeFileSync(path("d.mix.json"), '{ "headroom": 1 }');
    await changed;
    tree.dispose();
  });

  it("show renders under way and ended, which can be done again", async () => {
    const { renders } = vscode.extensions.getExtension<TestAccess>("headroom-audio.headroom")!.exports;
    const tree = new RenderTree(renders);
    const texts = (): unknown[] =>
      tree.getChildren().map((render) => {
        const { label, description, contextValue } = tree.getTreeItem(render);
        return [label, description, contextValue];
      });
    renders.clear();
    const mix = vscode.Uri.file(path("b.mix.json"));
    const [, said] = await answering("24-bit", () => vscode.commands.executeCommand("headroom.mixDown", mix));
    await until(() => said.length > 0, "the message");
    assert.deepEqual(texts(), [["b", "Mixing down: done", "headroom.render.done"]]);
    const [render] = tree.getChildren();
    await vscode.commands.executeCommand("headroom.view.renderAgain", render);
    await until(
      () => texts().length === 2 && !JSON.stringify(texts()).includes("running"),
      "it to be done again",
    );
    const album = vscode.Uri.file(path("c.album.json"));
    await answering([], () => vscode.commands.executeCommand("headroom.masterAlbum", album));
    assert.deepEqual(texts()[0], ["c", "Mastering: done", "headroom.render.done"]);
    await answering(["24-bit", "Overwrite"], () =>
      cancelling(() => vscode.commands.executeCommand("headroom.mixDown", mix)),
    );
    assert.deepEqual(texts()[0], ["b", "Mixing down: cancelled", "headroom.render.cancelled"]);
    writeFileSync(path("a.wav"), "This is no audio.");
    await answering([], () => vscode.commands.executeCommand("headroom.masterAlbum", album));
    const [failed] = tree.getChildren();
    assert.equal(failed!.state, "failed");
    assert.match(failed!.problem ?? "", /a\.wav/);
    await vscode.commands.executeCommand("headroom.view.clearRenders");
    assert.deepEqual(tree.getChildren(), []);
  });
});
