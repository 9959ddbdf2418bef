import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import fc from "fast-check";
import { ensureDebianPackage } from "../../../.ci/setup.mjs";
import { AudioFileError, type AudioFile } from "../../../src/audio/audioFile.js";
import { memoryByteSource } from "../../../src/audio/byteSource.js";
import { audioFacts } from "../../../src/audio/facts/fileFacts.js";
import { openAudioFile, openAudioSource } from "../../../src/audio/openAudioFile.js";
import { concat, readAll, u32 } from "../wavFixtures.js";

let folder = "";
let flac = "";
let sox = "";
before(() => {
  folder = mkdtempSync(join(tmpdir(), "headroom-flac-"));
  flac = ensureDebianPackage("flac", "flac");
  sox = ensureDebianPackage("sox", "sox");
});
after(() => rmSync(folder, { recursive: true, force: true }));

/** A WAV file made by SoX: `format` are its options, `effects` what sounds. */
function soxFile(name: string, format: string[], effects: string[]): string {
  const path = join(folder, name);
  execFileSync(sox, ["-R", "-n", ...format, path, ...effects]);
  return path;
}

function encoded(wav: string, name: string, options: string[]): string {
  const path = join(folder, name);
  execFileSync(flac, ["--silent", "--force", ...options, "-o", path, wav], { stdio: "ignore" });
  return path;
}

function allFrames(path: string): { file: AudioFile; bytes: Uint8Array } {
  const file = openAudioFile(path);
  try {
    return { file, bytes: readAll(file, 3001) };
  } finally {
    file.close();
  }
}

describe("FlacReader: every frame as it was encoded", () => {
  const music = ["synth", "1.3", "sine", "220-3000", "pinknoise", "gain", "-3"];
  const cases: [name: string, format: string[], effects: string[], options: string[]][] = [
    ["16 bits, stereo, fastest", ["-r", "44100", "-c", "2", "-b", "16"], music, ["-0"]],
    ["16 bits, stereo, best", ["-r", "44100", "-c", "2", "-b", "16"], music, ["-8", "-e"]],
    ["24 bits, stereo", ["-r", "96000", "-c", "2", "-b", "24"], music, ["-5"]],
    ["24 bits, six channels", ["-r", "48000", "-c", "6", "-b", "24"], ["synth", "0.6", "pinknoise"], ["-5"]],
    ["8 bits, mono", ["-r", "8000", "-c", "1", "-b", "8"], ["synth", "2", "sine", "300"], ["-5"]],
    ["32 bits", ["-r", "48000", "-c", "2", "-b", "32"], ["synth", "0.6", "whitenoise"], ["-5"]],
    [
      "noise at full scale",
      ["-r", "44100", "-c", "2", "-b", "16"],
      ["synth", "1", "whitenoise", "gain", "20"],
      ["-5"],
    ],
    ["digital silence", ["-r", "44100", "-c", "2", "-b", "16"], ["trim", "0", "0.7"], ["-5"]],
    [
      "long blocks, 32 coefficients",
      ["-r", "44100", "-c", "2", "-b", "16"],
      music,
      ["--lax", "-b", "65535", "-l", "32"],
    ],
    [
      "short blocks without prediction",
      ["-r", "44100", "-c", "2", "-b", "16"],
      music,
      ["-b", "16", "-l", "0", "--lax"],
    ],
  ];
  for (const [name, format, effects, options] of cases) {
    it(name, () => {
      const wav = soxFile("case.wav", format, effects);
      const { file, bytes } = allFrames(encoded(wav, "case.flac", options));
      const original = openAudioFile(wav);
      assert.equal(file.info.frames, original.info.frames);
      assert.deepEqual(file.info.warnings, []);
      assert.ok(Buffer.compare(bytes, readAll(original)) === 0, "the samples differ");
      original.close();
    });
  }

  it("the length of a stream that does not tell it", () => {
    const wav = soxFile("piped.wav", ["-r", "44100", "-c", "2", "-b", "16"], music);
    const options = ["--silent", "--stdout", "-"];
    const path = join(folder, "piped.flac");
    writeFileSync(path, execFileSync(flac, options, { input: readFileSync(wav), maxBuffer: 1 << 28 }));
    const { file, bytes } = allFrames(path);
    const original = openAudioFile(wav);
    assert.equal(file.info.frames, original.info.frames);
    assert.ok(Buffer.compare(bytes, readAll(original)) === 0);
    original.close();
  });
});

describe("FlacReader: positions", () => {
  it("reads any stretch in any order, with a seek table and without one", () => {
    const wav = soxFile(
      "long.wav",
      ["-r", "44100", "-c", "2", "-b", "16"],
      [...["synth", "20", "pinknoise", "tremolo", "0.2", "90"]],
    );
    const original = openAudioFile(wav);
    const whole = readAll(original);
    original.close();
    for (const options of [[], ["--no-seektable"], ["--no-seektable", "-b", "1152"]]) {
      const file = openAudioFile(encoded(wav, "long.flac", options));
      const { frames } = file.info;
      fc.assert(
        fc.property(fc.nat(frames + 100), fc.nat(9000), (start, count) => {
          const target = new Uint8Array(count * 4);
          const read = file.readFrames(start, count, target);
          assert.equal(read, Math.max(0, Math.min(count, frames - start)));
          const expected = whole.subarray(start * 4, (start + read) * 4);
          assert.ok(Buffer.compare(target.subarray(0, read * 4), expected) === 0, `${start} + ${count}`);
        }),
        { numRuns: 60 },
      );
      file.close();
    }
  });
});

describe("FlacReader: damage", () => {
  let whole = new Uint8Array(0);
  let samples = new Uint8Array(0);
  before(() => {
    const wav = soxFile("damage.wav", ["-r", "44100", "-c", "1", "-b", "16"], ["synth", "1", "pinknoise"]);
    const path = encoded(wav, "damage.flac", ["--no-padding", "--no-seektable"]);
    whole = Uint8Array.from(readFileSync(path));
    samples = Uint8Array.from(allFrames(path).bytes);
  });

  it("reads what is there of a file that is cut off, or says why not", () => {
    for (let length = 0; length < whole.length; length += length < 200 ? 1 : 997) {
      try {
        const file = openAudioSource(memoryByteSource(whole.subarray(0, length), "cut.flac"));
        const bytes = readAll(file);
        assert.ok(Buffer.compare(bytes, samples.subarray(0, bytes.length)) === 0, `cut at ${length}`);
        assert.match(file.info.warnings.join(), /it says 44100 frames, \d+ are there/);
      } catch (error) {
        assert.ok(error instanceof AudioFileError, `cut at ${length}: ${String(error)}`);
      }
    }
  });

  it("puts silence in place of a damaged block, and the rest where it belongs", () => {
    const broken = whole.slice();
    const at = Math.floor(broken.length / 2);
    broken.set([1, 2, 3, 4, 5], at);
    const file = openAudioSource(memoryByteSource(broken, "broken.flac"));
    const bytes = readAll(file);
    assert.equal(bytes.length, samples.length);
    const different = bytes.findIndex((byte, i) => byte !== samples[i]);
    const last = bytes.findLastIndex((byte, i) => byte !== samples[i]);
    assert.ok(different > 0 && last < bytes.length - 1);
    assert.ok(last - different <= 4096 * 2, `${last - different} bytes differ`);
    assert.ok(bytes.subarray(different, last).every((byte) => byte === 0));
    assert.match(file.info.warnings.join(), /^byte \d+: the audio is damaged near 0\.\d+ s; silence/);
  });

  it("survives any single byte", () => {
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), (at, value) => {
        const broken = whole.slice();
        broken[at] = value;
        try {
          const file = openAudioSource(memoryByteSource(broken, "broken.flac"));
          if (file.info.frames < 1e6) readAll(file);
        } catch (error) {
          assert.ok(error instanceof AudioFileError, `byte ${at}: ${String(error)}`);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe("facts of FLAC files", () => {
  it("tells blocks, comments and tracks; an ID3 tag in front is passed", () => {
    const wav = soxFile("facts.wav", ["-r", "44100", "-c", "2", "-b", "16"], ["synth", "2", "sine", "300"]);
    const cue = join(folder, "facts.cue");
    writeFileSync(
      cue,
      'FILE "facts.wav" WAVE\n  TRACK 01 AUDIO\n    INDEX 01 00:00:00\n  TRACK 02 AUDIO\n    INDEX 01 00:01:00\n',
    );
    const path = encoded(wav, "facts.flac", ["-T", "TITLE=Grüße", "-T", "isrc=DEA123", `--cuesheet=${cue}`]);
    const id3 = concat(Uint8Array.of(0x49, 0x44, 0x33, 4, 0, 0, 0, 0, 0, 8), u32(0), u32(0));
    writeFileSync(path, concat(id3, readFileSync(path)));
    const facts = audioFacts(path);
    assert.deepEqual(
      [facts.container, facts.codec, facts.bitDepth, facts.frames],
      ["FLAC", "FLAC 16-bit", 16, 88200],
    );
    assert.deepEqual(
      facts.chunks.map(({ id }) => id),
      ["STREAMINFO", "SEEKTABLE", "CUESHEET", "VORBIS_COMMENT", "PADDING"],
    );
    assert.deepEqual(
      facts.tags.map(({ name, value }) => `${name}: ${value}`),
      ["Title: Grüße", "ISRC: DEA123"],
    );
    assert.deepEqual(facts.markers, [
      { frame: 0, label: "Track 1", lengthFrames: 0 },
      { frame: 44100, label: "Track 2", lengthFrames: 0 },
    ]);
    assert.ok(facts.bitRate > 10_000 && facts.bitRate < 1_411_200);
  });
});
