import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
  readFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { ensureDebianPackage, ROOT } from "../../.ci/setup.mjs";
import { openAudioFile } from "../../src/audio/openAudioFile.js";
import type { JobOptions } from "../../src/engine/workerPool.js";
import { Studio } from "../../src/mastering/studio.js";

describe("Studio.openAudio", () => {
  const studio = new Studio({ workerPath: join(ROOT, "dist", "worker.js"), workers: 1 });
  let folder = "";
  let cacheFolder = "";
  const path = (name: string): string => join(folder, name);
  const open = (name: string) => studio.openAudio({ path: path(name), cacheFolder });
  before(() => {
    const sox = ensureDebianPackage("sox", "sox");
    const ffmpeg = ensureDebianPackage("ffmpeg", "ffmpeg");
    folder = mkdtempSync(join(tmpdir(), "headroom-open-"));
    cacheFolder = path("cache/decoded");
    execFileSync(sox, [
      "-R",
      "-n",
      "-r",
      "48000",
      "-c",
      "2",
      "-b",
      "24",
      path("a.wav"),
      "synth",
      "2",
      "pinknoise",
      "gain",
      "-6",
    ]);
    for (const name of ["a.flac", "a.aiff", "a.mp3", "a.ogg", "a.opus"]) {
      execFileSync(ffmpeg, [
        "-v",
        "error",
        "-i",
        path("a.wav"),
        "-c:a",
        encoders[name.slice(2)]!,
        ...(name === "a.ogg" ? ["-page_duration", "100000"] : []),
        path(name),
      ]);
    }
  });
  after(async () => {
    await studio.dispose();
    rmSync(folder, { recursive: true, force: true });
  });
  const encoders: Readonly<Record<string, string>> = {
    ...{ flac: "flac", aiff: "pcm_s24be", mp3: "libmp3lame", ogg: "libvorbis", opus: "libopus" },
  };

  it("takes WAV and AIFF as they are", async () => {
    for (const name of ["a.wav", "a.aiff"]) {
      const { facts, source } = await open(name);
      assert.deepEqual(source, { path: path(name), frames: 96000 });
      assert.deepEqual([facts.frames, facts.bitDepth, facts.sampleRate], [96000, 24, 48000]);
    }
  });

  it("decodes FLAC, MP3, Vorbis and Opus once", async () => {
    for (const name of ["a.flac", "a.mp3", "a.ogg", "a.opus"]) {
      const { facts, source } = await open(name);
      assert.equal(facts.frames, 96000, name);
      assert.equal(source.frames, 96000);
      assert.deepEqual(facts.warnings, []);
      const file = openAudioFile(source.path);
      const codec = name === "a.flac" ? "PCM 24-bit" : "float 32-bit";
      assert.deepEqual([file.info.codec, file.info.channels, file.info.frames], [codec, 2, 96000]);
      file.close();
      const { ino } = statSync(source.path);
      assert.deepEqual((await open(name)).source, source);
      assert.equal(statSync(source.path).ino, ino, "decoded again");
    }
    assert.equal(readdirSync(cacheFolder).length, 4);
  });

  it("decodes again when the file has changed or the copy is damaged", async () => {
    const { source } = await open("a.mp3");
    truncateSync(source.path, 1000);
    assert.deepEqual((await open("a.mp3")).source, source);
    assert.ok(statSync(source.path).size > 96000);
    utimesSync(path("a.mp3"), new Date(), new Date(1e12));
    assert.notEqual((await open("a.mp3")).source.path, source.path);
  });

  it("says what was damaged, also from the copy, and puts silence in place of lost pages", async () => {
    const bytes = readFileSync(path("a.ogg"));
    bytes.fill(0, Math.floor(bytes.length / 2), Math.floor(bytes.length / 2) + 50);
    writeFileSync(path("damaged.ogg"), bytes);
    for (let time = 0; time < 2; time++) {
      const { facts } = await open("damaged.ogg");
      assert.equal(facts.frames, 96000);
      assert.match(
        facts.warnings.join("\n"),
        /^byte \d+: \d+ bytes before are damaged; silence stands in for them$/,
      );
    }
  });

  it("rejects what is no audio with one sentence", async () => {
    writeFileSync(path("text.mp3"), "no music");
    await assert.rejects(open("text.mp3"), /text\.mp3 \(byte 0\): this is a text file, which cannot be read/);
    await assert.rejects(open("missing.wav"), /missing\.wav: there is no such file/);
    writeFileSync(path("tag.mp3"), Buffer.concat([Buffer.from("ID3\x04\0\0\0\0\0\x0a"), Buffer.alloc(400)]));
    await assert.rejects(open("tag.mp3"), /no frame of MP3 .* behind the ID3 tag/);
  });

  it("leaves nothing behind when it is cancelled half-way", async () => {
    const temporary = path("tmp");
    mkdirSync(temporary);
    const sox = ensureDebianPackage("sox", "sox");
    execFileSync(sox, [
      "-R",
      "-n",
      "-r",
      "48000",
      "-c",
      "2",
      "-b",
      "16",
      path("long.wav"),
      "synth",
      "180",
      "pinknoise",
    ]);
    execFileSync(ensureDebianPackage("flac", "flac"), ["--silent", "-0", path("long.wav")]);
    const before = process.env["TMPDIR"];
    process.env["TMPDIR"] = temporary;
    const own = new Studio({ workerPath: join(ROOT, "dist", "worker.js"), workers: 1 });
    try {
      const file = path("long.flac");
      const jobs = {
        measure: (options: JobOptions<number>) => own.measure({ path: file, dualMono: false }, options),
        open: (options: JobOptions<number>) => own.openAudio({ path: file, cacheFolder }, options),
      };
      for (const [name, run] of Object.entries(jobs)) {
        const cancel = new AbortController();
        let wasBegun = false;
        const littered = (): string[] =>
          [temporary, cacheFolder].flatMap((where) =>
            readdirSync(where).filter((each) => each.endsWith(".headroom-tmp")),
          );
        const onProgress = (): void => {
          wasBegun ||= littered().length > 0;
          cancel.abort();
        };
        await assert.rejects(run({ signal: cancel.signal, onProgress }), { name: "AbortError" });
        assert.ok(wasBegun, `${name}: the job had begun to write`);
        assert.deepEqual(littered(), [], name);
      }
    } finally {
      await own.dispose();
      if (before === undefined) delete process.env["TMPDIR"];
      else process.env["TMPDIR"] = before;
    }
  });

  it("measures them like the WAV", async () => {
    const measure = async (name: string) =>
      (await studio.measure({ path: path(name), dualMono: false })).measurement.integrated ?? NaN;
    const original = await measure("a.wav");
    for (const name of ["a.flac", "a.aiff"]) assert.equal(await measure(name), original);
    for (const name of ["a.mp3", "a.ogg", "a.opus"]) {
      // Lossy codecs change the loudness a little, so that ffmpeg's decoding is the reference.
      const decoded = `${name}.wav`;
      execFileSync("ffmpeg", ["-v", "error", "-i", path(name), "-c:a", "pcm_f32le", path(decoded)]);
      const difference = (await measure(name)) - (await measure(decoded));
      assert.ok(Math.abs(difference) < 0.005, `${name}: ${difference} LU`);
    }
  });
});
