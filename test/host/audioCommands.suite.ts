/** Commands on audio files and the hover over their names, in a real VS Code; results are measured with our Meter. */
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as vscode from "vscode";
import wavefile from "wavefile";
import { openAudioFile } from "../../src/audio/openAudioFile.js";
import { Dsp } from "../../src/engine/dsp.js";
import { measureFile, type FileMeasurement } from "../../src/engine/measureFile.js";
import { until, wavFolder } from "./wavMaterial.js";

const { executeCommand } = vscode.commands;
const RATE = 48000;
const SECONDS = 2;
/** LU or dB: 24-bit rounding and dither of a tone are far below. */
const CLOSE = 0.01;

/** Writes a stereo tone at `peak` dBFS, 24-bit, with a chunk of its own kind. */
function writeTone(path: string, peak: number): void {
  const factor = 10 ** (peak / 20) * (2 ** 23 - 1);
  const tone = Int32Array.from({ length: RATE * SECONDS }, (_, i) =>
    Math.round(factor * Math.sin((2 * Math.PI * 997 * i) / RATE)),
  );
  const file = new wavefile.WaveFile();
  file.fromScratch(2, RATE, "24", [tone, tone]);
  const bytes = file.toBuffer();
  const chunk = Buffer.from("junq\x04\0\0\0mine", "latin1");
  const whole = Buffer.concat([bytes, chunk]);
  whole.writeUInt32LE(whole.length - 8, 4);
  writeFileSync(path, whole);
}

function measured(path: string): FileMeasurement {
  const file = openAudioFile(path);
  try {
    return measureFile(new Dsp(), file);
  } finally {
    file.close();
  }
}

interface Answers {
  /** Beginnings of the labels of what is picked, one list after another. */
  readonly picks?: readonly string[];
  readonly input?: string;
  /** Buttons of the questions. */
  readonly buttons?: readonly (string | undefined)[];
}

/** Answers VS Code's own dialogs while `work` runs. @returns all that was said */
async function answering(answers: Answers, work: () => PromiseLike<unknown>): Promise<string[]> {
  const said: string[] = [];
  const picks = [...(answers.picks ?? [])];
  const buttons = [...(answers.buttons ?? [])];
  const window = vscode.window as unknown as Record<string, unknown>;
  const names = [
    "showQuickPick",
    "showInputBox",
    "showWarningMessage",
    "showInformationMessage",
    "showErrorMessage",
  ];
  const before = names.map((name) => window[name]);
  const say = (message: string, ...rest: unknown[]): Promise<unknown> => {
    const detail = (rest[0] as { detail?: string } | undefined)?.detail ?? "";
    said.push(`${message} ${detail}`.trim());
    return Promise.resolve(rest.includes(buttons[0]) ? buttons.shift() : undefined);
  };
  window.showQuickPick = (items: readonly vscode.QuickPickItem[]) => {
    const wanted = picks.shift();
    const item = items.find(({ label }) => wanted !== undefined && label.startsWith(wanted));
    assert.ok(
      wanted === undefined || item,
      `no "${wanted}" among ${items.map(({ label }) => label).join(", ")}`,
    );
    return Promise.resolve(item);
  };
  window.showInputBox = (options: vscode.InputBoxOptions) => {
    assert.equal(options.validateInput?.(answers.input ?? ""), undefined);
    return Promise.resolve(answers.input);
  };
  window.showWarningMessage = window.showInformationMessage = window.showErrorMessage = say;
  try {
    await work();
  } finally {
    names.forEach((name, i) => (window[name] = before[i]));
  }
  assert.deepEqual([picks, buttons], [[], []], `answers that nobody asked for; said: ${said.join(" | ")}`);
  return said;
}

describe("commands on audio files", () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = wavFolder();
    path = join(folder, "tone [1].wav");
    writeTone(path, -20);
  });
  afterEach(async () => {
    await executeCommand("workbench.action.closeAllEditors");
    rmSync(folder, { recursive: true, force: true });
  });
  const run = (command: string, ...paths: string[]) => {
    const uris = paths.map((each) => vscode.Uri.file(each));
    return executeCommand(`headroom.${command}`, uris[0], uris);
  };

  it("measures one file in a sentence", async () => {
    const said = await answering({}, () => run("measureLoudness", path));
    assert.equal(said.length, 1);
    const integrated = measured(path).integrated!;
    assert.ok(said[0]!.startsWith(`tone [1].wav: ${integrated.toFixed(1)} LUFS, true peak -20.0`), said[0]);
  });

  it("measures several files in a table, bad ones named", async () => {
    const bad = join(folder, "bad.wav");
    writeFileSync(bad, "no audio");
    const said = await answering({}, () => run("measureLoudness", path, bad));
    assert.match(said.join(), /bad\.wav was not measured/);
    const labels = (): string[] =>
      vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));
    await until(() => labels().some((label) => /Loudness/.test(label)), `the table among ${labels().join()}`);
  });

  it("normalizes a copy to a loudness", async () => {
    const before = readFileSync(path);
    await answering({ picks: ["-23 LUFS", "Write a copy"] }, () => run("normalizeAudio", path));
    const copy = measured(join(folder, "tone [1]-normalized.wav"));
    assert.ok(Math.abs(copy.integrated! + 23) < CLOSE, `${copy.integrated}`);
    assert.deepEqual(readFileSync(path), before);
  });

  it("replaces a file after a question, and keeps its chunks", async () => {
    const answers = {
      picks: ["Other sample peak", "Replace the file"],
      input: "-3 dBFS",
      buttons: ["Replace"],
    };
    await answering(answers, () => run("normalizeAudio", path));
    assert.ok(Math.abs(measured(path).samplePeak! + 3) < CLOSE);
    assert.match(readFileSync(path).toString("latin1"), /junq\x04\0\0\0mine/);
    assert.deepEqual(readdirSync(folder), ["tone [1].wav"]);
  });

  it("replaces nothing when the question is not answered", async () => {
    const before = readFileSync(path);
    await answering({ picks: ["-6 dBFS", "Replace the file"] }, () => run("normalizeAudio", path));
    assert.deepEqual(readFileSync(path), before);
  });

  it("warns of true peaks, and stays below on demand", async () => {
    writeTone(path, -1.5);
    const picks = ["Other loudness", "Write a copy"];
    const answers = { picks, input: "0", buttons: ["Stay at -1 dBTP"] };
    const said = await answering(answers, () => run("normalizeAudio", path));
    assert.match(
      said[0]!,
      /would pass -1 dBTP, the usual limit.*0\.00 dBTP with \+1\.5 dB; at -1 dBTP it gets/,
    );
    const copy = measured(join(folder, "tone [1]-normalized.wav"));
    assert.ok(Math.abs(copy.truePeak! + 1) < CLOSE, `${copy.truePeak}`);
  });

  it("says that silence cannot be normalized", async () => {
    writeTone(path, -Infinity);
    const said = await answering({ picks: ["-14 LUFS"] }, () => run("normalizeAudio", path));
    assert.match(said.join(), /was not normalized: it is silent/);
    assert.equal(readdirSync(folder).length, 1);
  });

  it("converts several files: format, rate, channels", async () => {
    const other = join(folder, "other.wav");
    writeTone(other, -10);
    await answering({ picks: ["FLAC, 16-bit", "44.1 kHz", "Mono"] }, () => run("convertAudio", path, other));
    for (const name of ["tone [1].flac", "other.flac"]) {
      const bytes = readFileSync(join(folder, name));
      // STREAMINFO (RFC 9639, section 8.2): 20 bits of rate, 3 of channels less 1, 5 of depth less 1.
      assert.equal(bytes.toString("latin1", 0, 4), "fLaC");
      const word = bytes.readUInt32BE(18);
      assert.deepEqual([word >>> 12, ((word >>> 9) & 7) + 1, ((word >>> 4) & 31) + 1], [44100, 1, 16]);
    }
  });

  it("never overwrites a source, and others only when told to", async () => {
    const before = readFileSync(path);
    const picks = ["WAV, 32-bit float", "Keep", "Keep"];
    const copy = join(folder, "tone [1]-converted.wav");
    await answering({ picks }, () => run("convertAudio", path));
    assert.equal(measured(copy).bitDepth, 32);
    assert.ok(Math.abs(measured(copy).integrated! - measured(path).integrated!) < CLOSE);
    writeFileSync(copy, "precious");
    const said = await answering({ picks }, () => run("convertAudio", path));
    assert.match(said.join(), /exists already/);
    await answering({ picks, buttons: ["Keep Both"] }, () => run("convertAudio", path));
    assert.equal(readFileSync(copy, "utf8"), "precious");
    assert.ok(existsSync(join(folder, "tone [1]-converted 2.wav")));
    await answering({ picks, buttons: ["Overwrite"] }, () => run("convertAudio", path));
    assert.equal(measured(copy).duration, SECONDS);
    assert.deepEqual(readFileSync(path), before);
  });

  it("previews several files", async () => {
    const other = join(folder, "other.wav");
    writeTone(other, -10);
    await run("previewAudio", path, other);
    const inputs = vscode.window.tabGroups.activeTabGroup.tabs.map(({ input }) => input);
    const shown = inputs
      .filter((input) => input instanceof vscode.TabInputCustom)
      .map(({ uri }) => uri.fsPath);
    assert.deepEqual(shown.sort(), [other, path].sort());
  });

  describe("hover over a file name", () => {
    const hover = async (text: string, at: string): Promise<string> => {
      const uri = vscode.Uri.file(join(folder, "song.mix.json"));
      writeFileSync(uri.fsPath, text);
      const document = await vscode.workspace.openTextDocument(uri);
      const position = document.positionAt(text.indexOf(at) + 1);
      const hovers = await executeCommand<vscode.Hover[]>("vscode.executeHoverProvider", uri, position);
      return hovers
        .flatMap(({ contents }) => contents.map((each) => (each as vscode.MarkdownString).value))
        .join("\n");
    };
    const text = (file: string): string =>
      `{ "headroom": 1, "tracks": [{ "id": "a", "clips": [{ "file": ${JSON.stringify(file)}, "start": 0 }] }] }`;

    it("shows waveform, format and loudness", async () => {
      const shown = await hover(text("tone [1].wav"), "tone");
      const { integrated, truePeak } = measured(path);
      assert.match(shown, /!\[Waveform\]\(data:image\/svg\+xml,%3Csvg[^)]*\|width=320,height=64\)/);
      assert.match(shown, /WAV, PCM 24-bit, 48 kHz, stereo, 0:02\.0/);
      assert.ok(
        shown.includes(`${integrated!.toFixed(1)} LUFS integrated, true peak ${truePeak!.toFixed(2)} dBTP`),
        shown,
      );
    });
    it("says that a file is missing", async () => {
      assert.match(
        await hover(text("gone.wav"), "gone"),
        /\*\*gone\.wav\*\* is missing: there is no file at/,
      );
    });
    it("follows the file", async () => {
      await hover(text("tone [1].wav"), "tone");
      writeTone(path, -30);
      const { integrated } = measured(path);
      assert.ok((await hover(text("tone [1].wav"), "tone")).includes(`${integrated!.toFixed(1)} LUFS`));
    });
  });
});
