import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as vscode from "vscode";
import type { TestAccess } from "../../src/host/extension.js";
import { albumFolder } from "./albumFixture.js";

const LIMIT_MILLISECONDS = 10_000;

describe("checks in the Test Explorer, and tasks", () => {
  let folder: string;
  before(() => {
    folder = albumFolder({ "a.wav": { level: 0.5, seconds: 3 } });
  });
  after(async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    rmSync(folder, { recursive: true });
  });

  it("list a session's checks at their lines, and say which of them hold", async () => {
    const extension = vscode.extensions.getExtension<TestAccess>("headroom-audio.headroom");
    assert.ok(extension);
    const { controller, profile } = (await extension.activate()).checkTests;
    const path = join(folder, "song.mix.json");
    const lines = [
      '{ "headroom": 1, "tracks": [{ "id": "a", "clips": [{ "file": "a.wav" }] }],',
      '  "checks": {',
      '    "truePeak": "<= 0",',
      '    "duration": [4, null]',
      "  } }",
    ];
    writeFileSync(path, lines.join("\n"));
    const { uri } = await vscode.workspace.openTextDocument(path);
    const deadline = Date.now() + LIMIT_MILLISECONDS;
    while (!controller.items.get(uri.toString())) {
      assert.ok(Date.now() < deadline, "The session is not listed.");
      await new Promise((wake) => setTimeout(wake, 50));
    }
    const document = controller.items.get(uri.toString())!;
    assert.deepEqual(
      [...document.children].map(([, { label, range }]) => [label, range?.start.line]),
      [
        ["True peak: at most 0.00 dBTP", 2],
        ["Length: at least 4.0 s", 3],
      ],
    );
    const told = recorded(controller);
    const token = new vscode.CancellationTokenSource().token;
    await profile.runHandler(new vscode.TestRunRequest([document]), token);
    assert.deepEqual(told.sort(), [
      "failed duration at line 4: Length is 3.0 s; it must be at least 4.0 s.",
      "passed truePeak",
    ]);
  });

  it("are tasks for every document of the workspace, with the problem matcher", async () => {
    const documents = await vscode.workspace.findFiles("**/*.{mix,album}.json", "**/node_modules/**");
    const tasks = await vscode.tasks.fetchTasks({ type: "headroom" });
    const checked = tasks.filter(({ definition }) => definition.command === "check");
    assert.equal(checked.length, documents.length);
    for (const { problemMatchers } of tasks) assert.deepEqual(problemMatchers, ["$headroom"]);
  });
});

/** What the next run tells, instead of VS Code. */
function recorded(controller: vscode.TestController): string[] {
  const told: string[] = [];
  const run = {
    ...{
      enqueued: () => undefined,
      started: () => undefined,
      appendOutput: () => undefined,
      end: () => undefined,
    },
    passed: ({ id }: vscode.TestItem) => void told.push(`passed ${id}`),
    failed: ({ id }: vscode.TestItem, messages: readonly vscode.TestMessage[]) =>
      messages.forEach(({ message, location }) =>
        told.push(`failed ${id} at line ${(location?.range.start.line ?? -1) + 1}: ${textOf(message)}`),
      ),
    errored: ({ id }: vscode.TestItem, { message }: vscode.TestMessage) =>
      void told.push(`errored ${id}: ${textOf(message)}`),
    skipped: ({ id }: vscode.TestItem) => void told.push(`skipped ${id}`),
  };
  controller.createTestRun = () => run as unknown as vscode.TestRun;
  return told;
}

const textOf = (message: vscode.TestMessage["message"]): string =>
  typeof message === "string" ? message : message.value;
