/** The MCP server, asked by the official client. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, describe, it } from "node:test";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { ElicitRequestSchema } from "@modelcontextprotocol/sdk/types.js";
import { ROOT } from "../../.ci/setup.mjs";
import { WavWriter } from "../../src/audio/wavWriter.js";
import { noise } from "../dsp/processorBench.js";

const RATE = 48000;
const TEXT = `{ "headroom": 1, // mine
  "tracks": [{ "id": "drums", "clips": [{ "file": "a.wav" }], "fader": -6 }] }
`;

describe("headroom mcp", () => {
  let folder: string;
  let song: string;
  let client: Client;
  /** What the user was asked. */
  let questions: string[];

  before(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "headroom-mcp-")));
    song = join(folder, "song.mix.json");
    const writer = WavWriter.create(join(folder, "a.wav"), { sampleRate: RATE, channels: 1, layout: "f32" });
    writer.write(new Uint8Array(noise(RATE, 4).left.buffer));
    writer.finish();
  });
  after(() => rmSync(folder, { recursive: true }));
  afterEach(() => client.close());

  async function open(answer?: "accept" | "decline", ...args: string[]): Promise<void> {
    writeFileSync(song, TEXT);
    questions = [];
    client = new Client(
      { name: "test", version: "1" },
      { capabilities: answer === undefined ? {} : { elicitation: { form: {} } } },
    );
    if (answer !== undefined)
      client.setRequestHandler(ElicitRequestSchema, ({ params }) => {
        questions.push(params.message);
        return { action: answer, ...(answer === "accept" && { content: {} }) };
      });
    const command = [join(ROOT, "dist", "headroom.js"), "mcp", folder, "--workers", "1", ...args];
    await client.connect(new StdioClientTransport({ command: process.execPath, args: command }));
  }

  async function call(name: string, input: object): Promise<{ text: string; isError: boolean }> {
    const { content, isError } = await client.callTool({ name, arguments: { ...input } });
    return {
      text: (content as { text: string }[]).map(({ text }) => text).join("\n"),
      isError: isError === true,
    };
  }

  const CHANGES = [{ type: "set", path: ["tracks", 0, "fader"], value: -3 }];

  it("tells its tools, and which of them only read", async () => {
    await open();
    const { tools } = await client.listTools();
    const reading = tools.filter(({ annotations }) => annotations?.readOnlyHint).map(({ name }) => name);
    assert.deepEqual(reading, [
      "headroom_measure",
      "headroom_describe",
      "headroom_check",
      "headroom_compare",
    ]);
    assert.equal(tools.length, 6);
  });

  it("measures, describes and checks without a question", async () => {
    await open("decline");
    const { text } = await call("headroom_measure", { file: "song.mix.json" });
    const { loudness } = JSON.parse(text) as { loudness: { integrated: number } };
    assert.ok(loudness.integrated < -10 && loudness.integrated > -30, text);
    assert.equal((await call("headroom_describe", { file: song })).text, "track drums\n  clip a.wav");
    assert.equal(
      (await call("headroom_check", { file: song })).text,
      "Nothing is wrong, and there are no checks.",
    );
    assert.deepEqual(questions, []);
  });

  it("compares with a revision of git", async () => {
    await open();
    const git = (...args: string[]): unknown =>
      execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@t", ...args], {
        cwd: folder,
        stdio: "pipe",
      });
    git("init", "-q");
    git("add", ".");
    git("commit", "-qm", "first");
    writeFileSync(song, TEXT.replace("-6", "-2"));
    const { text } = await call("headroom_compare", { file: song });
    assert.match(text, /fader/i);
    assert.match(text, /-6/);
  });

  it("edits and renders once the user agrees: the smallest change of the text", async () => {
    await open("accept");
    const edit = await call("headroom_edit", { file: song, label: "Louder drums", changes: CHANGES });
    assert.equal(edit.text, "The file is written.");
    assert.equal(readFileSync(song, "utf8"), TEXT.replace("-6", "-3"));
    const render = await call("headroom_render", { file: song });
    assert.equal((JSON.parse(render.text) as { output: string }).output, "song.wav");
    assert.ok(existsSync(join(folder, "song.wav")));
    rmSync(join(folder, "song.wav"));
    assert.deepEqual(
      questions.map((question) => question.split("\n")[0]),
      [
        "Louder drums, in song.mix.json:",
        "Mix down song.mix.json to song.wav beside it, over a file of that name if there is one?",
      ],
    );
  });

  it("writes nothing against the user's will, nor where it cannot ask, unless it may", async () => {
    await open("decline");
    assert.deepEqual(await call("headroom_edit", { file: song, changes: CHANGES }), {
      ...{ text: "The user does not want that.", isError: true },
    });
    assert.equal(readFileSync(song, "utf8"), TEXT);
    await client.close();
    await open();
    assert.match((await call("headroom_render", { file: song })).text, /--write/);
    assert.ok(!existsSync(join(folder, "song.wav")));
    await client.close();
    await open(undefined, "--write");
    assert.equal((await call("headroom_edit", { file: song, changes: CHANGES })).isError, false);
  });

  it("refuses what would break the document, and files elsewhere", async () => {
    await open("accept");
    const broken = [{ type: "set", path: ["tracks", 0, "fader"], value: "loud" }];
    const { text, isError } = await call("headroom_edit", { file: song, changes: broken });
    assert.match(text, /^Nothing is changed.*\nsong\.mix\.json:2:\d+: error/);
    assert.ok(isError);
    assert.equal(readFileSync(song, "utf8"), TEXT);
    symlinkSync("/etc/passwd", join(folder, "out.wav"));
    for (const file of ["/etc/passwd", "../../etc/passwd", "out.wav", "", 7])
      assert.match(
        (await call("headroom_measure", { file })).text,
        /not in a folder|must be the path/,
        String(file),
      );
    assert.match((await call("headroom_nothing", {})).text, /no tool/);
  });
});
