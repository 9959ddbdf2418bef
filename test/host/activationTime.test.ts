import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { it } from "node:test";
import { openWorkbench } from "./workbench.mjs";

/** Generous: a cold start of the development build on a busy machine. */
const LONGEST_MILLISECONDS = 3000;

it("activates in a moment, by VS Code's own clock", async () => {
  const folder = mkdtempSync(join(tmpdir(), "headroom-activation-"));
  const album = join(folder, "record.album.json");
  writeFileSync(album, '{ "headroom": 1, "songs": [] }\n');
  const workbench = await openWorkbench(folder);
  try {
    await workbench.openFile(album);
    await workbench.runCommand("Developer: Show Running Extensions");
    const row = workbench.page.locator(".runtime-extensions-editor .monaco-list-row", {
      hasText: "Headroom",
    });
    await row.getByText("Activation:").waitFor();
    const milliseconds = Number(/Activation: (\d+)ms/.exec(await row.innerText())?.[1]);
    console.log(`  activation of the extension: ${milliseconds} ms`);
    assert.ok(milliseconds < LONGEST_MILLISECONDS, `${milliseconds} ms`);
  } finally {
    await workbench.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
