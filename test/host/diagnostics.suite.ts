import assert from "node:assert/strict";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as vscode from "vscode";
import { albumFolder } from "./albumFixture.js";

const LIMIT_MILLISECONDS = 10_000;

/** Waits until our diagnostics of a document fulfil `condition`. */
async function diagnosticsThat(
  uri: vscode.Uri,
  condition: (found: vscode.Diagnostic[]) => boolean,
): Promise<vscode.Diagnostic[]> {
  const deadline = Date.now() + LIMIT_MILLISECONDS;
  for (;;) {
    const found = vscode.languages.getDiagnostics(uri).filter(({ source }) => source === "headroom");
    if (condition(found)) return found;
    assert.ok(Date.now() < deadline, `Diagnostics: ${JSON.stringify(found)}`);
    await new Promise((wake) => setTimeout(wake, 50));
  }
}

describe("diagnostics", () => {
  let folder: string;
  before(() => {
    folder = albumFolder({ "a.wav": { level: 0.5, seconds: 1 } });
  });
  after(async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    rmSync(folder, { recursive: true });
  });

  async function open(name: string, lines: string[]): Promise<vscode.TextDocument> {
    const path = join(folder, name);
    writeFileSync(path, lines.join("\n"));
    const document = await vscode.workspace.openTextDocument(path);
    await vscode.window.showTextDocument(document);
    return document;
  }

  it("point at the line of a wrong value, follow the text, and go when it is put right", async () => {
    const document = await open("wrong.album.json", [
      "{",
      '  "headroom": 1, "title": "T", // a comment is no error',
      '  "target": {',
      '    "loudness": "loud"',
      "  },",
      '  "songs": [{ "source": "a.wav", "title": "A" }]',
      "}",
    ]);
    const [wrong, ...others] = await diagnosticsThat(document.uri, ({ length }) => length > 0);
    assert.deepEqual(others, []);
    assert.equal(wrong?.severity, vscode.DiagnosticSeverity.Error);
    const { value, target } = wrong.code as { value: string; target: vscode.Uri };
    const page = readFileSync(target.fsPath, "utf8").split("\n");
    assert.ok(page[Number(target.fragment.slice(1)) - 1]!.includes(value), `${value}: ${target.toString()}`);
    assert.equal(wrong.range.start.line, 3);
    assert.equal(document.getText(wrong.range), '"loud"');

    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, wrong.range, "-14");
    await vscode.workspace.applyEdit(edit);
    await diagnosticsThat(document.uri, ({ length }) => length === 0);
  });

  it("point at a file that is missing", async () => {
    const document = await open("missing.album.json", [
      '{ "headroom": 1, "title": "T", "songs": [',
      '  { "source": "a.wav", "title": "A" },',
      '  { "source": "b.wav", "title": "B" }',
      "] }",
    ]);
    const [missing] = await diagnosticsThat(document.uri, ({ length }) => length > 0);
    assert.equal(missing?.range.start.line, 2);
    assert.match(missing.message, /b\.wav/);
  });

  it("cover mix sessions", async () => {
    const document = await open("song.mix.json", [
      '{ "headroom": 1, "title": "S",',
      '  "tracks": [{ "id": "t", "clips": [{ "file": "none.wav", "start": 0 }] }]',
      "}",
    ]);
    const found = await diagnosticsThat(document.uri, ({ length }) => length > 0);
    assert.ok(found.some(({ message, range }) => message.includes("none.wav") && range.start.line === 1));
  });
});
