import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  lstatSync,
  writeFileSync,
} from "node:fs";
import { join, resolve } from "node:path";
import { after, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { fileStamp } from "../../src/audio/fileStamp.js";
import { openAudioFile } from "../../src/audio/openAudioFile.js";
import type { SaveAudioInput } from "../../src/mastering/editingJobs.js";
import { Studio } from "../../src/mastering/studio.js";
import { applyAudioEdit } from "../../src/session/applyAudioEdit.js";
import type { EditedAudio } from "../../src/session/audioEdits.js";
import { noise, openedSound, temporaryFolder, writeWav } from "../engine/editing/editedAudioBench.js";

const WORKER = resolve("dist/worker.js");

/** With this in its environment, the program is the child that saves, and is killed at it. */
const CHILD_INPUT = "HEADROOM_TEST_SAVE";

async function saveAsChild(input: string): Promise<void> {
  const studio = new Studio({ workerPath: WORKER, workers: 1 });
  console.log("saving");
  await studio.saveAudio(JSON.parse(input) as SaveAudioInput);
  await studio.dispose();
}

const childInput = process.env[CHILD_INPUT];
if (childInput) await saveAsChild(childInput);
else describe("Studio.saveAudio", saving);

function saving(): void {
  const folder = temporaryFolder();
  const studio = new Studio({ workerPath: WORKER, workers: 1 });
  after(() => studio.dispose());

  /** A folder with a song in it, and the song made quieter. */
  function quieter(name: string, frames = 20000): { path: string; folder: string; audio: EditedAudio } {
    const own = join(folder, name);
    mkdirSync(own);
    const path = join(own, "song.wav");
    const opened = openedSound(writeWav(path, noise(2, frames, 1), "s24"), 2);
    const gain = { type: "gain", range: { start: 0, end: frames }, gain: -6 } as const;
    const audio = applyAudioEdit({ ...opened, format: { bitDepth: 24, dither: "tpdf" } }, gain);
    return { path, folder: own, audio };
  }

  const save = (audio: EditedAudio, target: string, extra: object = {}) =>
    studio.saveAudio({ audio, target, container: "wav", original: target, ...extra });

  it("replaces the very file that is being read, keeps its permissions, and leaves no litter", async () => {
    const { path, folder: own, audio } = quieter("replace");
    chmodSync(path, 0o640);
    const progress: number[] = [];
    const input = { audio, target: path, container: "wav", original: path } as const;
    const expected = await fileStamp(path);
    const written = await studio.saveAudio({ ...input, expected }, { onProgress: (p) => progress.push(p) });
    assert.deepEqual(written, { frames: 20000, clipped: 0, lostChunks: [] });
    const file = openAudioFile(path);
    assert.deepEqual([file.info.frames, file.info.codec], [20000, "PCM 24-bit"]);
    file.close();
    assert.deepEqual(readdirSync(own), ["song.wav"]);
    if (process.platform !== "win32") assert.equal(statSync(path).mode & 0o777, 0o640);
  });

  it("saves a stretch under another name, and through a symbolic link", async () => {
    const { path, folder: own, audio } = quieter("stretch");
    const part = join(own, "part.wav");
    await save(audio, part, { range: { start: 100, end: 600 }, original: path });
    const file = openAudioFile(part);
    assert.equal(file.info.frames, 500);
    file.close();
    const link = join(own, "link.wav");
    symlinkSync("part.wav", link);
    await save(audio, link, { original: path });
    assert.ok(lstatSync(link).isSymbolicLink());
    assert.ok(statSync(part).size > 100_000);
  });

  it("does not overwrite a file that another program has changed or deleted, and says so by name", async () => {
    const { path, folder: own, audio } = quieter("changed");
    const copy = join(own, "copy.wav");
    copyFileSync(path, copy);
    const expected = await fileStamp(path);
    const onCopy = { ...audio, sources: [{ ...audio.sources[0]!, path: copy }] };
    writeFileSync(path, "somebody else's");
    await assert.rejects(save(onCopy, path, { expected, original: copy }), (error: Error) => {
      assert.equal(error.name, "FileChangedError");
      assert.match(error.message, /changed by another program/);
      return true;
    });
    assert.equal(readFileSync(path, "utf8"), "somebody else's");
    assert.deepEqual(readdirSync(own).sort(), ["copy.wav", "song.wav"]);
  });

  it("leaves a read-only file, a folder in the way and a missing folder alone", async () => {
    const { path, folder: own, audio } = quieter("protected");
    const before = readFileSync(path);
    chmodSync(path, 0o444);
    await assert.rejects(save(audio, path), /song\.wav: the file is read-only\. Save As writes a copy/);
    assert.ok(readFileSync(path).equals(before));
    mkdirSync(join(own, "folder.wav"));
    await assert.rejects(
      save(audio, join(own, "folder.wav"), { original: null }),
      /something else than a file/,
    );
    await assert.rejects(save(audio, join(own, "no/a.wav"), { original: null }), /its folder does not exist/);
    assert.deepEqual(readdirSync(own).sort(), ["folder.wav", "song.wav"]);
  });

  it("a cancelled save leaves the old file and nothing else", async () => {
    const { path, folder: own, audio } = quieter("cancelled", 3_000_000);
    const before = readFileSync(path);
    const controller = new AbortController();
    const input = { audio, target: path, container: "wav", original: path } as const;
    const saving = studio.saveAudio(input, {
      signal: controller.signal,
      onProgress: () => controller.abort(new Error("enough")),
    });
    await assert.rejects(saving, /enough/);
    assert.ok(readFileSync(path).equals(before));
    assert.deepEqual(readdirSync(own), ["song.wav"]);
  });

  it("computes a process into a file of its own; cancelled, there is none", async () => {
    const { folder: own, audio } = quieter("process", 3_000_000);
    const target = join(own, "process.wav");
    const input = { audio, range: { start: 0, end: 48000 }, process: { kind: "resample", sampleRate: 44100 }, target } as const; // prettier-ignore
    assert.deepEqual(await studio.renderProcess(input), { path: target, frames: 44100, sampleRate: 44100, channels: 2 }); // prettier-ignore
    const controller = new AbortController();
    const long = { ...input, range: { start: 0, end: 3_000_000 }, target: join(own, "other.wav") };
    const rendering = studio.renderProcess(long, {
      signal: controller.signal,
      onProgress: () => controller.abort(new Error("enough")),
    });
    await assert.rejects(rendering, /enough/);
    assert.deepEqual(readdirSync(own).sort(), ["process.wav", "song.wav"]);
  });

  it(
    "killed at any moment, a save leaves the old file or the new one, whole",
    { timeout: 120_000 },
    async () => {
      const { path, folder: own, audio } = quieter("killed", 400_000);
      const old = join(folder, "old.wav");
      copyFileSync(path, old);
      const onOld = { ...audio, sources: [{ ...audio.sources[0]!, path: old }] };
      const input = { audio: onOld, target: path, container: "wav", original: old } as const;
      const before = readFileSync(path);
      let whole: Buffer | undefined;
      let killed = 0;
      for (let round = 0; round < 20; round++) {
        copyFileSync(old, path);
        const child = spawn(process.execPath, [fileURLToPath(import.meta.url)], {
          env: { ...process.env, [CHILD_INPUT]: JSON.stringify(input) },
          stdio: ["ignore", "pipe", "inherit"],
        });
        const ended = new Promise<boolean>((resolve) =>
          child.on("exit", (_, signal) => resolve(signal === "SIGKILL")),
        );
        if (round > 0) {
          await new Promise((resolve) => child.stdout.once("data", resolve));
          setTimeout(() => child.kill("SIGKILL"), round * 8);
        } else child.stdout.resume();
        if (await ended) killed++;
        const after = readFileSync(path);
        // The first round runs to its end: that is what the new file looks like.
        whole ??= after;
        assert.ok(after.equals(before) || after.equals(whole), `round ${round}: ${after.length} bytes`);
      }
      assert.ok(!whole!.equals(before));
      assert.ok(killed >= 3, `only ${killed} were killed in time`);
      // The next save removes what the killed ones have left.
      await studio.saveAudio(input);
      assert.deepEqual(readdirSync(own), ["song.wav"]);
      assert.ok(existsSync(old));
    },
  );
}
