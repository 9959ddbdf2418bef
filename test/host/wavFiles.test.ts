/** The audio editor's files beside the audio, and how edits are planned: what needs no VS Code. */
import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "node:test";
import { readOnlyReason, writtenContainer } from "../../src/host/wav/audioKinds.js";
import { AudioStore } from "../../src/host/wav/audioStore.js";
import { CacheFolder } from "../../src/mastering/cacheFolder.js";
import { foldMatrix, pickMatrix } from "../../src/session/channelMatrix.js";
import { planEdit, type PlanTools } from "../../src/host/wav/editPlan.js";
import { relocated } from "../../src/host/wav/relocated.js";
import { readBackup, writeBackup } from "../../src/host/wav/wavBackup.js";
import type { Measurement } from "../../src/protocol/wavProtocol.js";
import type { EditedAudio, EditProcess, Material } from "../../src/session/audioEdits.js";

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), "headroom-wav-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("AudioStore", () => {
  const write = (name: string, text = name): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };

  it("keeps what a file was when the file is replaced or deleted", async () => {
    const store = new AudioStore(join(folder, "store"));
    const path = write("a.wav", "old");
    const kept = await store.preserve(path);
    rmSync(path);
    assert.equal(readFileSync(kept, "utf8"), "old");
  });

  it("sweeps what nothing refers to, and nothing else", async () => {
    const store = new AudioStore(join(folder, "store"));
    const [used, unused, backed] = [
      await store.newPath("used.wav"),
      await store.newPath("unused.wav"),
      await store.newPath("backed.wav"),
    ];
    // No process has this number: it is above the largest that Linux gives.
    const dead = join(store.folder, "4194305-0123456789ab-dead.wav");
    const alive = join(store.folder, `${process.ppid}-0123456789ab-alive.wav`);
    const foreign = join(store.folder, "mine.txt");
    for (const path of [used, unused, backed, dead, alive, foreign]) writeFileSync(path, "x");
    const backup = write("backup");
    await store.noteBackup(backup, [backed, "/elsewhere.wav"]);
    await store.sweep(new Set([used]));
    assert.deepEqual([used, unused, backed, dead, alive, foreign].map(existsSync), [
      ...[true, false, true],
      ...[false, true, true],
    ]);
    rmSync(backup);
    await store.sweep(new Set([used]));
    assert.equal(existsSync(backed), false);
  });

  it("does not keep what a forgotten backup referred to", async () => {
    const store = new AudioStore(join(folder, "store"));
    const file = await store.newPath("a.wav");
    writeFileSync(file, "x");
    const backup = write("backup");
    await store.noteBackup(backup, [file]);
    await store.forgetBackup(backup);
    await store.sweep(new Set());
    assert.equal(existsSync(file), false);
  });
});

describe("CacheFolder", () => {
  it("knows a file by its contents' identity, not by its name", async () => {
    const cache = new CacheFolder(join(folder, "cache"), 100);
    const path = join(folder, "a.wav");
    writeFileSync(path, "one");
    utimesSync(path, 1000, 1000);
    const first = await cache.entry(path, "peaks");
    assert.equal(first.exists, false);
    writeFileSync(first.path, "peaks");
    assert.deepEqual(await cache.entry(path, "peaks"), { path: first.path, exists: true });
    utimesSync(path, 2000, 2000);
    assert.notEqual((await cache.entry(path, "peaks")).path, first.path);
    await assert.rejects(cache.entry(join(folder, "none.wav"), "peaks"), { code: "ENOENT" });
  });

  it("deletes what was used longest ago, but nothing in use", async () => {
    mkdirSync(join(folder, "cache"));
    const cache = new CacheFolder(join(folder, "cache"), 25);
    const files = [1, 2, 3, 4].map((age) => {
      const path = join(folder, "cache", `${age}.peaks`);
      writeFileSync(path, "0123456789");
      utimesSync(path, 1000 + age, 1000 + age);
      return path;
    });
    await cache.trim(new Set(files.slice(0, 1)));
    assert.deepEqual(files.map(existsSync), [true, false, false, true]);
  });
});

const AUDIO: EditedAudio = {
  ...{ sampleRate: 48000, channels: 2, channelMask: 0, markers: [] },
  sources: [{ path: "/a.wav", frames: 100 }],
  pieces: [{ frames: 100, layers: [{ source: 0, start: 0, isReversed: false, treatments: [] }] }],
  tags: { info: {}, bext: null },
  format: { bitDepth: 24, dither: "none" },
};

describe("backups", () => {
  it("come back as they were written", async () => {
    const path = join(folder, "backup");
    const stamp = { file: "1:2", size: 3, modified: "12345678901234567890" };
    writeBackup(path, { audio: AUDIO, stamp });
    assert.deepEqual(await readBackup(path), { version: 1, audio: AUDIO, stamp });
  });
  for (const text of ["", "{", "null", "[]", '{"version":2}', '{"version":1,"audio":{"sources":[]}}']) {
    it(`say so when they are damaged: ${JSON.stringify(text)}`, async () => {
      const path = join(folder, "backup");
      writeFileSync(path, text);
      await assert.rejects(readBackup(path), /could not be read/);
    });
  }
});

describe("relocated", () => {
  it("changes just the path asked for", () => {
    assert.deepEqual(relocated(AUDIO, "/a.wav", "/b.wav").sources, [{ path: "/b.wav", frames: 100 }]);
    assert.equal(relocated(AUDIO, "/x.wav", "/b.wav"), AUDIO);
  });
});

describe("kinds of files", () => {
  it("say which are edited and which are written", () => {
    assert.equal(readOnlyReason("/x/A.WAV"), null);
    assert.match(readOnlyReason("/x/a.mp3") ?? "", /MP3/);
    const names = ["a.wav", "A.BWF", "a.flac", "a.mp3", "a", "a.w64"];
    assert.deepEqual(names.map(writtenContainer), ["wav", "wav", "flac", undefined, undefined, undefined]);
  });
});

describe("foldMatrix", () => {
  it("averages to one channel, and doubles one", () => {
    assert.deepEqual(foldMatrix(2, 1), [[0.5, 0.5]]);
    assert.deepEqual(foldMatrix(1, 2), [[1], [1]]);
    assert.deepEqual(foldMatrix(4, 2), [
      [0.5, 0, 0.5, 0],
      [0, 0.5, 0, 0.5],
    ]);
  });
  it("folds 5.1 by BS.775: centre and surrounds 3 dB down, without LFE", () => {
    const [left, right] = foldMatrix(6, 2);
    assert.deepEqual(left, [1, 0, Math.SQRT1_2, 0, Math.SQRT1_2, 0]);
    assert.deepEqual(right, [0, 1, Math.SQRT1_2, 0, 0, Math.SQRT1_2]);
  });
  it("keeps places towards more channels", () => {
    assert.deepEqual(foldMatrix(2, 3), [
      [1, 0],
      [0, 1],
      [0, 0],
    ]);
    assert.deepEqual(pickMatrix(2, 1), [[0, 1]]);
  });
});

describe("planEdit", () => {
  const range = { start: 0, end: 50 };
  const rendered: { label: string; process: EditProcess; audio: EditedAudio }[] = [];
  const measurement = { samplePeak: -3, truePeak: -2.5, integrated: -20, dcOffsets: [0.1, -0.2] };
  const tools = (clipboard?: Material, measured: object = measurement): PlanTools => ({
    clipboard,
    warn: (sentence) => warned.push(sentence),
    measure: () => Promise.resolve(measured as unknown as Measurement),
    render: (label, audio, _range, process) => {
      rendered.push({ label, process, audio });
      const sampleRate = process.kind === "resample" ? process.sampleRate : audio.sampleRate;
      const channels = process.kind === "mixChannels" ? process.matrix.length : audio.channels;
      return Promise.resolve({ path: `/render${rendered.length}.wav`, frames: 80, sampleRate, channels });
    },
  });
  const warned: string[] = [];
  beforeEach(() => void (rendered.length = warned.length = 0));

  it("hands on what needs nothing computed", async () => {
    const edit = { type: "reverse", range } as const;
    assert.equal(await planEdit(AUDIO, edit, tools()), edit);
  });
  it("normalizes by the difference between level and measurement", async () => {
    for (const [to, gain] of [
      ["peak", 2],
      ["truePeak", 1.5],
      ["loudness", 19],
    ] as const) {
      const edit = await planEdit(AUDIO, { type: "normalize", range, to, level: -1 }, tools());
      assert.deepEqual(edit, { type: "gain", range, gain });
    }
  });
  it("warns where the true peak passes full scale, by how much, and says what to do", async () => {
    const normalize = (to: "peak" | "truePeak" | "loudness", level: number) =>
      planEdit(AUDIO, { type: "normalize", range, to, level }, tools());
    await normalize("loudness", -17.6);
    await normalize("truePeak", 0);
    await normalize("peak", -0.5);
    assert.deepEqual(warned, []);
    await normalize("loudness", -14);
    assert.match(
      warned.join(),
      /^The true peak is 3\.50 dBTP now, 3\.5 dB over full scale.*limiter.*true peak\.$/,
    );
    await normalize("peak", 0);
    assert.match(warned[1] ?? "", /0\.50 dBTP/);
  });
  it("says why silence cannot be normalized", async () => {
    const silent = tools(undefined, { samplePeak: null, truePeak: null, integrated: null });
    await assert.rejects(
      planEdit(AUDIO, { type: "normalize", range, to: "peak", level: 0 }, silent),
      /silent/,
    );
    await assert.rejects(
      planEdit(AUDIO, { type: "normalize", range, to: "loudness", level: -14 }, silent),
      /0\.4 s/,
    );
  });
  it("removes the mean of each channel", async () => {
    const edit = await planEdit(AUDIO, { type: "removeDc", range }, tools());
    assert.deepEqual(edit, { type: "offset", range, offsets: [-0.1, 0.2] });
  });
  it("pastes fitting material as it is", async () => {
    const edit = await planEdit(AUDIO, { type: "paste", range }, tools(AUDIO));
    assert.equal(edit.type === "paste" && edit.material, AUDIO);
    assert.deepEqual(rendered, []);
  });
  it("converts channels and sample rate of other material first", async () => {
    const material = { ...AUDIO, channels: 1, sampleRate: 44100 };
    const edit = await planEdit(AUDIO, { type: "paste", range }, tools(material));
    assert.deepEqual(
      rendered.map(({ process }) => process.kind),
      ["mixChannels", "resample"],
    );
    assert.deepEqual(rendered[1]?.audio.sources, [{ path: "/render1.wav", frames: 80 }]);
    assert.deepEqual(edit.type === "paste" && edit.material, {
      sources: [{ path: "/render2.wav", frames: 80 }],
      pieces: [{ frames: 80, layers: [{ source: 0, start: 0, isReversed: false, treatments: [] }] }],
      sampleRate: 48000,
      channels: 2,
    });
  });
  it("asks for something on the clipboard", async () => {
    await assert.rejects(planEdit(AUDIO, { type: "paste", range }, tools()), /clipboard holds no audio/);
  });
  it("renders inserts by their schema, with -Infinity as it comes from a view", async () => {
    const inserts = [{ type: "gain", gain: null, polarity: "inverted" }] as never;
    const edit = await planEdit(AUDIO, { type: "inserts", range, inserts }, tools());
    assert.equal(edit.type === "process" && edit.label, "Gain, polarity, channels");
    const [first] = rendered;
    assert.equal(
      first?.process.kind === "inserts" && JSON.stringify(first.process.inserts[0]).includes("null"),
      true,
    );
    await assert.rejects(
      planEdit(AUDIO, { type: "inserts", range, inserts: [{ type: "x" }] as never }, tools()),
    );
    await assert.rejects(planEdit(AUDIO, { type: "inserts", range, inserts: [] }, tools()), /no insert/);
  });
  it("converts all of the audio to another rate or layout", async () => {
    const edit = await planEdit(AUDIO, { type: "resample", sampleRate: 96000 }, tools());
    assert.ok(edit.type === "process");
    assert.deepEqual([edit.range, edit.sampleRate, edit.channels], [{ start: 0, end: 100 }, 96000, 2]);
    const mono = await planEdit(AUDIO, { type: "channels", to: "mono" }, tools());
    assert.equal(mono.type === "process" && mono.channels, 1);
  });
});
