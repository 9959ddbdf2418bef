import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, describe, it } from "node:test";
import { WavWriter } from "../../src/audio/wavWriter.js";

const PROGRAM = resolve("dist/headroom.js");
const RATE = 48000;

describe("the command line", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "headroom-cli-"));
    const tone = Float32Array.from(
      { length: 5 * RATE },
      (_, i) => 0.5 * Math.sin((2 * Math.PI * 997 * i) / RATE),
    );
    writeMono("tone.wav", tone);
    writeMono("silence.wav", new Float32Array(RATE));
    writeFileSync(
      join(folder, "song.mix.json"),
      '{ "headroom": 1, "tracks": [{ "id": "a", "fader": 12, "clips": [{ "file": "tone.wav" }] }] }',
    );
    writeFileSync(
      join(folder, "record.album.json"),
      '{ "headroom": 1, "title": "Record", "songs": [{ "source": "tone.wav", "title": "Tone" }] }',
    );
  });
  after(() => rmSync(folder, { recursive: true }));

  function writeMono(name: string, samples: Float32Array): void {
    const writer = WavWriter.create(join(folder, name), { sampleRate: RATE, channels: 1, layout: "f32" });
    writer.write(new Uint8Array(samples.buffer));
    writer.finish();
  }

  function headroom(...args: string[]): { status: number | null; stdout: string; stderr: string } {
    return spawnSync(process.execPath, [PROGRAM, ...args], { cwd: folder, encoding: "utf8" });
  }

  it("measures to one JSON value with the contract's keys, silence as null", () => {
    const { status, stdout, stderr } = headroom("measure", "--json", "tone.wav", "silence.wav");
    assert.equal(status, 0, stderr);
    const [tone, silence] = JSON.parse(stdout) as Record<string, number | string | null>[];
    const keys =
      "file,sampleRate,channels,bitDepth,duration,integrated,momentaryMax,shortTermMax,lra,truePeak,samplePeak,plr,crest,dcOffset,correlation";
    assert.equal(Object.keys(tone!).join(), keys);
    assert.equal(Object.keys(silence!).join(), keys);
    // BS.1770: 997 Hz at full scale in one channel is -3.01 LUFS; half of it 6.02 dB less.
    assert.ok(Math.abs((tone!.integrated as number) + 9.03) < 0.02, `${tone!.integrated} LUFS`);
    assert.ok(Math.abs((tone!.truePeak as number) + 6.02) < 0.02, `${tone!.truePeak} dBTP`);
    for (const key of [
      "integrated",
      "momentaryMax",
      "shortTermMax",
      "lra",
      "truePeak",
      "samplePeak",
      "plr",
    ]) {
      assert.equal(silence![key], null, key);
    }
  });

  it("makes a mix session of a folder, once", () => {
    const { status, stdout } = headroom("init", ".", "-o", "new.mix.json", "--title", "New");
    assert.equal(status, 0);
    assert.equal(stdout, "new.mix.json: 2 tracks\n");
    assert.equal(headroom("check", "new.mix.json").status, 0);
    assert.match(readFileSync(join(folder, "new.mix.json"), "utf8"), /"title": "New"/);
    const again = headroom("init", ".", "-o", "new.mix.json");
    assert.equal(again.status, 1);
    assert.match(again.stderr, /new\.mix\.json: there is a file of this name already/);
    rmSync(join(folder, "new.mix.json"));
  });

  it("works through a link, as npm installs it", () => {
    const link = join(folder, "headroom link");
    symlinkSync(PROGRAM, link);
    const { status, stderr } = spawnSync(process.execPath, [link, "measure", "tone.wav"], {
      cwd: folder,
      encoding: "utf8",
    });
    assert.equal(status, 0, stderr);
  });

  it("tells of samples that are no numbers", () => {
    const samples = new Float32Array(RATE).fill(0.1);
    samples[RATE / 2] = NaN;
    writeMono("nan.wav", samples);
    const { status, stderr } = headroom("measure", "--quiet", "nan.wav");
    assert.equal(status, 0);
    assert.match(stderr, /^nan\.wav: 1 sample is not a finite number, the first at 0\.500 s/m);
  });

  it("counts a mono file as two channels when asked to", () => {
    const { stdout } = headroom("measure", "--json", "--dual-mono", "tone.wav");
    const [tone] = JSON.parse(stdout) as { integrated: number }[];
    assert.ok(Math.abs(tone!.integrated + 6.02) < 0.02, `${tone!.integrated} LUFS`);
  });

  it("fails for a file it cannot measure, and still measures the others", () => {
    const { status, stdout, stderr } = headroom("measure", "nowhere.wav", "tone.wav");
    assert.equal(status, 1);
    assert.match(stdout, /tone\.wav/);
    assert.match(stderr, /nowhere\.wav: there is no such file/);
  });

  it("mixes down, and tells of what it had to clip", () => {
    const { status, stdout, stderr } = headroom("mix", "song.mix.json", "--bit-depth", "16");
    assert.equal(status, 0, stderr);
    assert.match(stdout, /song\.wav: 0:05, -?[\d.]+ LUFS, \d\.\d\d dBTP/);
    assert.match(stderr, /\d+ samples are over full scale and were clipped/);
    assert.ok(existsSync(join(folder, "song.wav")));
  });

  it("mixes down a part, named after its range, or says why it cannot", () => {
    const { status, stdout, stderr } = headroom("mix", "song.mix.json", "--range", "0:01.500-3.25");
    assert.equal(status, 0, stderr);
    assert.match(stdout, /^song 1\.5s-3\.25s\.wav: 0:02, /);
    const whole = join(folder, "song.wav");
    assert.ok(existsSync(whole));
    assert.ok(existsSync(join(folder, "song 1.5s-3.25s.wav")));
    const before = readdirSync(folder);
    const beyond = headroom("mix", "song.mix.json", "--range", "3-1:00");
    assert.equal(beyond.status, 1);
    assert.match(beyond.stderr, /60 s is beyond the end of the mixdown, which is 5(\.\d+)? s long/);
    assert.deepEqual(readdirSync(folder), before);
  });

  it("never mixes down over a file that the session plays", () => {
    const before = readFileSync(join(folder, "tone.wav"));
    const { status, stderr } = headroom("mix", "song.mix.json", "-o", "tone.wav");
    assert.equal(status, 1);
    assert.match(stderr, /tone\.wav: the session plays this file/);
    assert.deepEqual(readFileSync(join(folder, "tone.wav")), before);
    assert.deepEqual(
      readdirSync(folder).filter((file) => file.startsWith(".")),
      [],
    );
  });

  it("masters, prints the table, and leaves nothing temporary behind", () => {
    const { status, stdout, stderr } = headroom("master", "record.album.json");
    assert.equal(status, 0, stderr);
    assert.match(stdout, /1 +Tone +0:05 +-6\.0 .*-14\.0/);
    const files = readdirSync(join(folder, "release")).sort();
    assert.deepEqual(files, [
      "01 Tone.wav",
      "SHA256SUMS",
      "record.cue",
      "record.report.html",
      "record.report.json",
      "record.report.md",
    ]);
  });

  it("says what mastering would do, and does nothing", () => {
    const { status, stdout } = headroom("master", "record.album.json", "--plan", "--quiet", "-o", "planned");
    assert.equal(status, 0);
    const [, , row] = stdout.split("\n");
    assert.match(row!, /^1 +Tone +0:05 +-6\.0 +-6\.0 +-6\.0 +0\.0 +-14\.0 +-8\.0 +0\.0 +Loud parts within/);
    assert.ok(!existsSync(join(folder, "planned")));
    const { songs } = JSON.parse(headroom("master", "record.album.json", "--plan", "--json").stdout) as {
      songs: { target: number }[];
    };
    assert.equal(songs[0]!.target, -14);
  });

  it("masters one song by a preset, beside it", () => {
    const { status, stdout, stderr } = headroom("master", "tone.wav", "--preset", "acoustic", "--quiet");
    assert.equal(status, 0, stderr);
    assert.match(stdout, /^tone \(master\)\.wav: -16\.0 LUFS, -\d+\.\d\d dBTP, gain -?\d/);
    assert.ok(existsSync(join(folder, "tone (master).wav")));
    rmSync(join(folder, "tone (master).wav"));
    assert.equal(headroom("master", "tone.wav", "--preset", "hot").status, 2);
    assert.equal(headroom("master", "record.album.json", "--preset", "warm").status, 2);
  });

  it("makes an album document of a folder", () => {
    const { status, stdout } = headroom("init", "--album", "--preset", "warm", "-o", "new.album.json");
    assert.equal(status, 0);
    assert.equal(stdout, "new.album.json: 1 song\n");
    assert.equal(headroom("check", "new.album.json").status, 0);
    rmSync(join(folder, "new.album.json"));
  });

  it("draws peaks: columns of a range, per channel, as one JSON value or a table", () => {
    interface Peaks {
      readonly [key: string]: unknown;
      readonly peaks: readonly { readonly min: number[]; readonly max: number[]; readonly rms: number[] }[];
    }
    const { status, stdout, stderr } = headroom(
      "peaks",
      "--json",
      "--columns",
      "7",
      "--range",
      "1:",
      "tone.wav",
    );
    assert.equal(status, 0, stderr);
    const { peaks, ...facts } = JSON.parse(stdout) as Peaks;
    const expected = { file: "tone.wav", sampleRate: RATE, channels: 1, duration: 5, start: 1, end: 5 };
    assert.deepEqual(facts, expected);
    assert.equal(peaks.length, 1);
    const [{ min, max, rms }] = peaks as [Peaks["peaks"][0]];
    assert.deepEqual([min.length, max.length, rms.length], [7, 7, 7]);
    for (let column = 0; column < 7; column++) {
      assert.ok(Math.abs(min[column]! + 0.5) < 1e-4 && Math.abs(max[column]! - 0.5) < 1e-4);
      assert.ok(Math.abs(rms[column]! - 0.5 / Math.SQRT2) < 1e-4);
    }
    const table = headroom("peaks", "tone.wav", "--columns", "5");
    assert.equal(table.status, 0, table.stderr);
    assert.match(table.stdout, /0:04 +-0\.5000 +0\.5000 +-9\.0/);
    assert.equal(headroom("peaks", "missing.wav").status, 1);
    for (const wrong of ["5", "3:2", "a:b", "1:2:3"])
      assert.equal(headroom("peaks", "tone.wav", "--range", wrong).status, 2, wrong);
  });

  it("checks documents with file, line and column, and says by its status whether there are errors", () => {
    writeFileSync(
      join(folder, "bad.album.json"),
      '{\n  "headroom": 1,\n  "title": "x",\n  "songs": [{ "source": "no.wav", "title": 5 }]\n}',
    );
    const { status, stdout } = headroom("check", "record.album.json", "bad.album.json");
    assert.equal(status, 1);
    assert.match(stdout, /^bad\.album\.json:4:44: error: `songs\[0\]\.title` is 5; it must be a string/m);
    assert.equal(headroom("check", "record.album.json").status, 0);
  });

  it("looks whether the sound measures what the checks want, at their lines", () => {
    const song = (checks: string): string =>
      `{ "headroom": 1,\n  "tracks": [{ "id": "a", "pan": -1, "clips": [{ "file": "tone.wav" }] }],\n  "checks": ${checks} }`;
    // 997 Hz in one channel at -6.02 dBFS: -9.03 LUFS.
    writeFileSync(
      join(folder, "good.mix.json"),
      song('{ "integrated": [-9.1, -9], "truePeak": "<= -6", "lra": [null, 1], "duration": ">= 4.9" }'),
    );
    const good = headroom("check", "good.mix.json");
    assert.deepEqual([good.status, good.stdout], [0, ""]);
    writeFileSync(join(folder, "bad.mix.json"), song('{ "truePeak": "<= -7", "integrated": ">= -20" }'));
    const bad = headroom("check", "bad.mix.json");
    assert.equal(bad.status, 1);
    assert.match(
      bad.stdout,
      /^bad\.mix\.json:3:27: error: True peak is -6\.\d\d dBTP; it must be at most -7\.00 dBTP\. \[check-failed\]\n$/,
    );
    assert.equal(headroom("check", "--no-audio", "bad.mix.json").status, 0);
    writeFileSync(
      join(folder, "checked.album.json"),
      '{ "headroom": 1, "title": "C", "output": "checked", "target": { "loudness": -14 }, "checks": { "integrated": [-14.1, -13.9], "spread": "<= 1" },\n "songs": [{ "source": "tone.wav", "title": "Tone" }] }',
    );
    assert.match(headroom("check", "checked.album.json").stdout, /"Tone": There is no master of it/);
    assert.equal(headroom("master", "--quiet", "checked.album.json").status, 0);
    const { status, stdout } = headroom("check", "checked.album.json");
    assert.deepEqual([status, stdout], [0, ""]);
  });

  it("compares a session with its last commit: in words, in figures, and by a null test", () => {
    const git = (...args: string[]) => spawnSync("git", args, { cwd: folder, encoding: "utf8" });
    const session = (fader: number): string =>
      `{ "headroom": 1, "tracks": [{ "id": "a", "name": "Tone", "fader": ${fader}, "clips": [{ "file": "tone.wav" }] }] }`;
    writeFileSync(join(folder, "versioned.mix.json"), session(0));
    git("init", "-q");
    git("add", "versioned.mix.json");
    const author = ["-c", "user.name=T", "-c", "user.email=t@example.org"];
    assert.equal(git(...author, "commit", "-q", "-m", "first").status, 0);
    const same = headroom("compare", "versioned.mix.json");
    assert.equal(same.status, 0, same.stderr);
    assert.match(same.stdout, /Nothing that sounds\.[\s\S]*the same, sample for sample/);
    writeFileSync(join(folder, "versioned.mix.json"), session(-6));
    const { stdout } = headroom("compare", "--json", "versioned.mix.json", "--revision", "HEAD");
    const result = JSON.parse(stdout) as {
      changes: string[];
      residual: { matchedGain: number; matchedLevel: number | null };
    };
    assert.deepEqual(result.changes, ["Tone: fader 0 → -6 dB"]);
    const { matchedGain, matchedLevel } = result.residual;
    assert.equal(matchedGain, -6);
    assert.ok(matchedLevel === null || matchedLevel < -100);
    const lost = headroom("compare", "versioned.mix.json", "--revision", "nowhere");
    assert.equal(lost.status, 1);
    assert.match(lost.stderr, /git has no nowhere of it/);
    const files = headroom("compare", "tone.wav", "silence.wav");
    assert.match(files.stdout, /Integrated loudness, LUFS/);
  });

  it("answers wrong usage with status 2 and an explanation", () => {
    for (const args of [
      ["frobnicate"],
      ["measure"],
      ["mix", "song.mix.json", "--bit-depth", "17"],
      ["mix", "song.mix.json", "--range", "3-2"],
      ["mix", "song.mix.json", "--range", "soon"],
      ["measure", "tone.wav", "--workers", "none"],
    ]) {
      const { status, stdout, stderr } = headroom(...args);
      assert.equal(status, 2, args.join(" "));
      assert.equal(stdout, "");
      assert.match(stderr, /error: /);
    }
    assert.equal(headroom("--help").status, 0);
  });
});
