import assert from "node:assert/strict";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as vscode from "vscode";
import { agentTools } from "../../src/host/agents/agentTools.js";
import { StudioService } from "../../src/host/studioService.js";
import { albumFolder } from "./albumFixture.js";

const EXTENSION = "headroom-audio.headroom";

describe("tools for agents", () => {
  let folder: string;
  let studio: StudioService;
  const token = new vscode.CancellationTokenSource().token;
  before(() => {
    const workspace = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
    assert.ok(workspace);
    const material = albumFolder({ "a.wav": { level: 0.5, seconds: 3 } });
    folder = join(workspace, "agents");
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "a.wav"), readFileSync(join(material, "a.wav")));
    rmSync(material, { recursive: true });
    const extension = vscode.extensions.getExtension(EXTENSION)!;
    studio = new StudioService(extension.extensionPath, join(folder, "cache"));
  });
  after(async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await studio.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  const write = (text: string): string => {
    const path = join(folder, "song.mix.json");
    writeFileSync(path, text);
    return path;
  };
  const TEXT =
    '{ "headroom": 1, // mine\n  "tracks": [{ "id": "drums", "clips": [{ "file": "a.wav" }] }] }\n';

  it("are those that package.json declares, each registered under its name", async () => {
    await vscode.extensions.getExtension(EXTENSION)!.activate();
    const { contributes } = vscode.extensions.getExtension(EXTENSION)!.packageJSON as {
      contributes: { languageModelTools: { name: string }[] };
    };
    const declared = contributes.languageModelTools.map(({ name }) => name).sort();
    assert.deepEqual(Object.keys(agentTools(studio)).sort(), declared);
    const file = write(TEXT);
    const options = { input: { file }, toolInvocationToken: undefined };
    const { content } = await vscode.lm.invokeTool("headroom_describe", options, token);
    assert.deepEqual(
      content.map((part) => (part as vscode.LanguageModelTextPart).value),
      ["track drums\n  clip a.wav"],
    );
  });

  it("measure and describe a session, and render it after a question", async () => {
    const tools = agentTools(studio);
    const file = write(TEXT);
    const levels = JSON.parse(await tools.headroom_measure.invoke({ file }, token)) as {
      loudness: { integrated: number };
      shortTerm?: unknown;
    };
    assert.ok(levels.loudness.integrated < -10 && levels.loudness.integrated > -40);
    assert.equal(levels.shortTerm, undefined);
    assert.equal(await tools.headroom_describe.invoke({ file }, token), "track drums\n  clip a.wav");
    assert.equal(tools.headroom_measure.prepare({ file }).confirmation, undefined);
    assert.match(tools.headroom_render.prepare({ file }).confirmation ?? "", /song\.wav/);
    const rendered = JSON.parse(await tools.headroom_render.invoke({ file }, token)) as typeof levels;
    assert.ok(Math.abs(rendered.loudness.integrated - levels.loudness.integrated) < 0.01);
  });

  it("edit the text as little as it takes, after a question that names the changes, and leave it unsaved", async () => {
    const tools = agentTools(studio);
    const file = write(TEXT);
    const input = {
      file,
      label: "Drums down",
      changes: [{ type: "set", path: ["tracks", 0, "fader"], value: -3 }],
    };
    assert.match(
      tools.headroom_edit.prepare(input).confirmation ?? "",
      /Drums down.*\n\n- `tracks\/0\/fader: -3`/,
    );
    await tools.headroom_edit.invoke(input, token);
    const document = vscode.workspace.textDocuments.find(({ uri }) => uri.fsPath === file);
    assert.match(
      document?.getText() ?? "",
      /\/\/ mine\n {2}"tracks": \[\{ "id": "drums", .*"fader": -3 \}\]/,
    );
    assert.equal(document?.isDirty, true);
    assert.equal(readFileSync(file, "utf8"), TEXT);
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
  });

  it("refuse files outside the workspace, and what is no change", () => {
    const tools = agentTools(studio);
    for (const file of ["/etc/passwd", "../x.mix.json", "", 3, "a\0b"])
      assert.throws(() => tools.headroom_measure.prepare({ file }), /workspace/);
    const file = join(folder, "song.mix.json");
    for (const changes of [undefined, "x", [{ type: "run", path: [] }], [{ type: "set", path: [{}] }]])
      assert.throws(() => tools.headroom_edit.prepare({ file, changes }), /changes/);
    assert.throws(
      () => tools.headroom_edit.prepare({ file: join(folder, "a.wav"), changes: [] }),
      /no \*\.mix\.json|edit/i,
    );
  });
});
