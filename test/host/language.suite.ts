import assert from "node:assert/strict";
import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as vscode from "vscode";
import { albumFolder } from "./albumFixture.js";

const { executeCommand } = vscode.commands;
const LIMIT_MILLISECONDS = 15_000;

async function until<T>(get: () => PromiseLike<T>, condition: (value: T) => boolean): Promise<T> {
  const deadline = Date.now() + LIMIT_MILLISECONDS;
  for (;;) {
    const value = await get();
    if (condition(value)) return value;
    assert.ok(Date.now() < deadline, `Last: ${JSON.stringify(value)}`);
    await new Promise((wake) => setTimeout(wake, 100));
  }
}

/** A code leads to its explanation. */
const codeOf = ({ code }: vscode.Diagnostic): string | number | undefined =>
  typeof code === "object" ? code.value : code;

describe("sessions and albums in the text editor", () => {
  let folder: string;
  before(() => {
    folder = albumFolder({ "a.wav": { level: 0.5, seconds: 3 }, "b.wav": { level: 0.1, seconds: 3 } });
  });
  after(async () => {
    await executeCommand("workbench.action.closeAllEditors");
    rmSync(folder, { recursive: true });
  });

  async function open(name: string, text: string): Promise<vscode.TextDocument> {
    const path = join(folder, name);
    writeFileSync(path, text);
    const document = await vscode.workspace.openTextDocument(path);
    await vscode.window.showTextDocument(document);
    return document;
  }

  const SESSION = `{
  "headroom": 1,
  "tracks": [{ "id": "kick", "output": "drums", "color": "#ff8000", "clips": [{ "file": "a.wav" }] }],
  "buses": [{ "id": "drums" }]
}`;

  it("have an outline, links, colours and lenses", async () => {
    const document = await open("song.mix.json", SESSION);
    const { uri } = document;
    const symbols = await until(
      () => executeCommand<vscode.DocumentSymbol[]>("vscode.executeDocumentSymbolProvider", uri),
      (found) => found?.some(({ name }) => name === "kick"),
    );
    assert.equal(symbols.find(({ name }) => name === "kick")?.children?.[0]?.name, "a.wav");
    const links = await executeCommand<vscode.DocumentLink[]>("vscode.executeLinkProvider", uri);
    assert.ok(links.some(({ target }) => target?.fsPath === join(folder, "a.wav")));
    const colors = await executeCommand<vscode.ColorInformation[]>(
      "vscode.executeDocumentColorProvider",
      uri,
    );
    const orange = colors.find(({ range }) => document.getText(range) === "#ff8000");
    assert.deepEqual([orange?.color.red, orange?.color.blue], [1, 0]);
    const lenses = await executeCommand<vscode.CodeLens[]>("vscode.executeCodeLensProvider", uri, 10);
    const titles = lenses.map(({ command }) => command?.title);
    for (const title of ["Open Mixer", "Mix Down", "Export Stems"]) assert.ok(titles.includes(title), title);
  });

  it("rename a bus with all that plays to it, and find where it is", async () => {
    const document = await open("names.mix.json", SESSION);
    const at = document.positionAt(SESSION.indexOf('"output": "drums') + 12);
    const definition = await executeCommand<vscode.Location[]>(
      "vscode.executeDefinitionProvider",
      document.uri,
      at,
    );
    assert.equal(document.offsetAt(definition[0]!.range.start), SESSION.indexOf('"id": "drums"') + 7);
    const edit = await executeCommand<vscode.WorkspaceEdit>(
      "vscode.executeDocumentRenameProvider",
      document.uri,
      at,
      "kit",
    );
    await vscode.workspace.applyEdit(edit);
    assert.equal(document.getText(), SESSION.replaceAll("drums", "kit"));
    await assert.rejects(
      Promise.resolve(executeCommand("vscode.executeDocumentRenameProvider", document.uri, at, "kick")),
      /taken already/,
    );
  });

  it("offer the file that was moved, and the word that was meant", async () => {
    mkdirSync(join(folder, "stems"), { recursive: true });
    const text = SESSION.replace('"output": "drums"', '"output": "durms"');
    renameSync(join(folder, "a.wav"), join(folder, "stems", "a.wav"));
    const document = await open("moved.mix.json", text);
    const { uri } = document;
    await until(
      () => Promise.resolve(vscode.languages.getDiagnostics(uri)),
      (found) => found.some((each) => codeOf(each) === "unknown-bus"),
    );
    const word = document.positionAt(text.indexOf("durms"));
    const fixes = await executeCommand<vscode.CodeAction[]>(
      "vscode.executeCodeActionProvider",
      uri,
      new vscode.Range(word, word),
    );
    const meant = fixes.find(({ title }) => title === 'Change to "drums"');
    assert.ok(meant?.edit);
    await vscode.workspace.applyEdit(meant.edit);
    assert.equal(document.getText(), SESSION);
    await until(
      () => Promise.resolve(vscode.languages.getDiagnostics(uri)),
      (found) => found.some((each) => codeOf(each) === "file-missing"),
    );
    renameSync(join(folder, "stems", "a.wav"), join(folder, "a.wav"));
  });

  it("show what sources measure, and let severities be chosen", async () => {
    const document = await open(
      "record.album.json",
      '{ "headroom": 1, "title": "T", "songs": [{ "source": "a.wav", "title": "A" }, { "source": "b.wav", "title": "B" }] }',
    );
    const whole = new vscode.Range(0, 0, 1, 0);
    const hints = await until(
      () => executeCommand<vscode.InlayHint[]>("vscode.executeInlayHintProvider", document.uri, whole),
      ({ length }) => length === 2,
    );
    for (const { label } of hints)
      assert.match(typeof label === "string" ? label : "", /^-\d+\.\d LUFS, -\d+\.\d+ dBTP$/);

    const session = await open("unused.mix.json", SESSION.replace('"output": "drums", ', ""));
    const severityOf = (): vscode.DiagnosticSeverity | undefined =>
      vscode.languages.getDiagnostics(session.uri).find((each) => codeOf(each) === "unused-bus")?.severity;
    await until(
      () => Promise.resolve(severityOf()),
      (found) => found === vscode.DiagnosticSeverity.Information,
    );
    const settings = vscode.workspace.getConfiguration("headroom");
    await settings.update(
      "problems.severity",
      { "unused-bus": "warning" },
      vscode.ConfigurationTarget.Global,
    );
    await until(
      () => Promise.resolve(severityOf()),
      (found) => found === vscode.DiagnosticSeverity.Warning,
    );
    await settings.update("problems.severity", undefined, vscode.ConfigurationTarget.Global);
  });
});
