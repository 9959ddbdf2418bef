import assert from "node:assert/strict";
import * as vscode from "vscode";

const EXTENSION = "headroom-audio.headroom";

describe("the extension", () => {
  it("activates", async () => {
    const extension = vscode.extensions.getExtension(EXTENSION);
    assert.ok(extension, `${EXTENSION} is not there`);
    await extension.activate();
    assert.equal(extension.isActive, true);
  });

  it("registers every command that it contributes, Master Album among them", async () => {
    const manifest = vscode.extensions.getExtension(EXTENSION)?.packageJSON as {
      contributes: { commands: { command: string }[] };
    };
    const contributed = manifest.contributes.commands.map(({ command }) => command);
    assert.ok(contributed.includes("headroom.masterAlbum"));
    const registered = new Set(await vscode.commands.getCommands(true));
    assert.deepEqual(
      contributed.filter((command) => !registered.has(command)),
      [],
    );
  });
});
