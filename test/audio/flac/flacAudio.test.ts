import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import fc from "fast-check";
import { ensureDebianPackage } from "../../../.ci/setup.mjs";
import { AudioFileError } from "../../../src/audio/audioFile.js";
import { memoryByteSource } from "../../../src/audio/byteSource.js";
import { decodeToPcm } from "../../../src/audio/compressed/decodeToPcm.js";
import { openCompressed } from "../../../src/audio/compressed/openCompressed.js";
import { audioFacts } from "../../../src/audio/facts/fileFacts.js";
import { openAudioFile } from "../../../src/audio/openAudioFile.js";
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

/** All frames of a FLAC file, decoded to PCM, and what was odd. */
async function decoded(bytes: Uint8Array): Promise<{ pcm: Uint8Array; warnings: readonly string[] }> {
  const audio = openCompressed(memoryByteSource(bytes, "test.flac"));
  if (!audio) throw new AudioFileError("test.flac", 0, "this is no FLAC file");
  const target = join(folder, "decoded.wav");
  await decodeToPcm(audio, target);
  return { pcm: samplesOf(target), warnings: audio.info.warnings };
}

function samplesOf(path: string): Uint8Array {
  const file = openAudioFile(path);
  try {
    return readAll(file);
  } finally {
    file.close();
  }
}

describe("FlacAudio: every frame as it was encoded", () => {
  const music = ["synth", "1.3", "sine", "220-3000", "pinknoise", "gain", "-3"];
  const cases: [name: string, format: string[], effects: string[], options: string[]][] = [
    ["16 bits, stereo, fastest", ["-r", "44100", "-c", "2", "-b", "16"], music, ["-0"]],
    ["16 bits, stereo, best", ["-r", "44100", "-c", "2", "-b", "16"], music, ["-8", "-e"]],
    ["24 bits, stereo", ["-r", "96000", "-c", "2", "-b", "24"], music, ["-5"]],
    ["24 bits, six channels", ["-r", "48000", "-c", "6", "-b", "24"], ["synth", "0.6", "pinknoise"], ["-5"]],
    ["8 bits, mono", ["-r", "8000", "-c", "1", "-b", "8"], ["synth", "2", "sine", "300"], ["-5"]],
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
    it(name, async () => {
      const wav = soxFile("case.wav", format, effects);
      const { pcm, warnings } = await decoded(readFileSync(encoded(wav, "case.flac", options)));
      assert.deepEqual(warnings, []);
      assert.ok(Buffer.compare(pcm, samplesOf(wav)) === 0, "the samples differ");
    });
  }

  it("a stream that does not tell its length", async () => {
    const wav = soxFile("piped.wav", ["-r", "44100", "-c", "2", "-b", "16"], music);
    const words = ["--silent", "--stdout", "-"];
    const { pcm } = await decoded(
      execFileSync(flac, words, { input: readFileSync(wav), maxBuffer: 1 << 28 }),
    );
    assert.ok(Buffer.compare(pcm, samplesOf(wav)) === 0);
  });

  it("refuses more bits than the decoder keeps", async () => {
    const wav = soxFile("32.wav", ["-r", "48000", "-c", "2", "-b", "32"], ["synth", "0.1", "whitenoise"]);
    const bytes = readFileSync(encoded(wav, "32.flac", ["-5"]));
    await assert.rejects(decoded(bytes), /its samples have 32 bits; at most 24 can be read/);
  });
});

describe("FlacAudio: damage", () => {
  let whole = new Uint8Array(0);
  let samples = new Uint8Array(0);
  before(() => {
    const wav = soxFile("damage.wav", ["-r", "44100", "-c", "1", "-b", "16"], ["synth", "1", "pinknoise"]);
    whole = Uint8Array.from(readFileSync(encoded(wav, "damage.flac", ["--no-padding", "--no-seektable"])));
    samples = Uint8Array.from(samplesOf(wav));
  });

  it("gives what is there of a file that is cut off, or says why not", async () => {
    for (let length = 0; length < whole.length; length += length < 100 ? 7 : 9973) {
      try {
        const { pcm, warnings } = await decoded(whole.subarray(0, length));
        assert.ok(Buffer.compare(pcm, samples.subarray(0, pcm.length)) === 0, `cut at ${length}`);
        assert.match(warnings.join(), /it says 44100 frames, \d+ are there/);
      } catch (error) {
        assert.ok(error instanceof AudioFileError, `cut at ${length}: ${String(error)}`);
      }
    }
  });

  const BLOCK_BYTES = 4096 * 2;
  /** Blocks of the decoded audio that are not as they were; they have to be silent. */
  function silentBlocks(pcm: Uint8Array): number[] {
    assert.equal(pcm.length, samples.length, "the length");
    const blocks = Array.from({ length: Math.ceil(pcm.length / BLOCK_BYTES) }, (_, i) => i);
    return blocks.filter((i) => {
      const part = (of: Uint8Array) => of.subarray(i * BLOCK_BYTES, (i + 1) * BLOCK_BYTES);
      if (Buffer.compare(part(pcm), part(samples)) === 0) return false;
      assert.ok(
        part(pcm).every((byte) => byte === 0),
        `block ${i} is neither as it was nor silent`,
      );
      return true;
    });
  }
  /** Where the blocks begin: their sync code and their number. */
  function blockOffsets(): number[] {
    const offsets: number[] = [];
    for (let at = 0; at + 5 < whole.length; at++)
      if (whole[at] === 0xff && whole[at + 1] === 0xf8 && whole[at + 4] === offsets.length) offsets.push(at);
    assert.equal(offsets.length, 11);
    return offsets;
  }

  it("puts silence in the place of one damaged block, wherever the damage is, and nothing moves", async () => {
    const offsets = blockOffsets();
    const places = fc.tuple(
      fc.nat(9),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      fc.integer({ min: 1, max: 255 }),
    );
    const check = async ([block, share, change]: [number, number, number]): Promise<void> => {
      const [start, end] = [offsets[block]!, offsets[block + 1]!];
      // Behind the sync code: without it the end of the block before is not found either.
      const at = start + 2 + Math.floor(share * (end - start - 2));
      const broken = whole.slice();
      broken[at]! ^= change;
      const { pcm, warnings } = await decoded(broken);
      assert.deepEqual(silentBlocks(pcm), [block], `byte ${at}`);
      const where = `byte ${start}, at ${((block * 4096) / 44100).toFixed(3)} s`;
      assert.deepEqual(warnings, [
        `${where}: the audio is damaged; 0.093 s of silence stand in for what is lost`,
      ]);
    };
    await fc.assert(fc.asyncProperty(places, check), { numRuns: 60 });
    for (let at = 0; at < 5; at++) await check([4, (at + 0.5) / (offsets[5]! - offsets[4]! - 2), 0x55]);
    const broken = whole.slice();
    broken[offsets[4]!]! ^= 1;
    assert.deepEqual(silentBlocks((await decoded(broken)).pcm), [3, 4]);
  });

  it("keeps what stands behind a long stretch of rubbish, and behind bytes that are missing", async () => {
    const offsets = blockOffsets();
    const rubbish = whole.slice();
    for (let at = offsets[2]! + 20; at < offsets[6]! + 3; at++) rubbish[at] = (at * 7919) >> 3;
    const filled = await decoded(rubbish);
    assert.deepEqual(silentBlocks(filled.pcm), [2, 3, 4, 5, 6]);
    assert.match(filled.warnings.join(), /^byte \d+, at 0\.186 s: .* 0\.464 s of silence/);
    const shortened = await decoded(
      concat(whole.subarray(0, offsets[1]! + 100), whole.subarray(offsets[3]! + 9)),
    );
    assert.deepEqual(silentBlocks(shortened.pcm), [1, 2, 3]);
    // Where no block follows, a block's end is not found: it is lost with what stands behind it.
    const foreign = await decoded(
      concat(whole.subarray(0, offsets[5]), new Uint8Array(400_000).fill(7), whole.subarray(offsets[5])),
    );
    assert.deepEqual(silentBlocks(foreign.pcm), [4]);
    const first = await decoded(concat(whole.subarray(0, offsets[0]), whole.subarray(offsets[1])));
    assert.ok(
      Buffer.compare(first.pcm, samples.subarray(BLOCK_BYTES)) === 0,
      "a stream may begin with any number",
    );
  });

  it("passes an ID3 tag behind the audio", async () => {
    const tag = new Uint8Array(128);
    tag.set(new TextEncoder().encode("TAGSong"));
    const { pcm, warnings } = await decoded(concat(whole, tag));
    assert.deepEqual([silentBlocks(pcm), warnings], [[], []]);
  });

  it("survives any single byte", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.nat(255), async (at, value) => {
        const broken = whole.slice();
        broken[at] = value;
        await decoded(broken).catch((error: unknown) => {
          assert.ok(error instanceof AudioFileError, `byte ${at}: ${String(error)}`);
        });
      }),
      { numRuns: 40 },
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
