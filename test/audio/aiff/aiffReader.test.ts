import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { ensureDebianPackage } from "../../../.ci/setup.mjs";
import { AudioFileError } from "../../../src/audio/audioFile.js";
import { memoryByteSource } from "../../../src/audio/byteSource.js";
import { audioFacts } from "../../../src/audio/facts/fileFacts.js";
import { openAudioFile, openAudioSource } from "../../../src/audio/openAudioFile.js";
import { decodePcm } from "../../../src/audio/pcm.js";
import { bytesOf, concat, counting, readAll, u16, u32 } from "../wavFixtures.js";
import { aiff, aiffReaderOf, comm, mark, ssnd } from "./aiffFixtures.js";

/** Samples of all frames, planar. */
function samplesOf(bytes: Uint8Array): number[][] {
  const reader = aiffReaderOf(bytes);
  return decodePcm(readAll(reader), reader.pcm, reader.info.frames).map((samples) => [...samples]);
}

const f32 = (value: number): Uint8Array => {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setFloat32(0, value);
  return bytes;
};

describe("AiffReader: encodings", () => {
  const cases: [
    name: string,
    type: string | undefined,
    bits: number,
    samples: Uint8Array,
    values: number[],
  ][] = [
    ["signed bytes", undefined, 8, Uint8Array.of(0x80, 0x40, 0xff, 0x00), [-1, 0.5, -(2 ** -7), 0]],
    ["16 bits", undefined, 16, Uint8Array.of(0x40, 0, 0xc0, 1), [0.5, -0.5 + 2 ** -15]],
    ["12 bits, left-justified", undefined, 12, Uint8Array.of(0x40, 0, 0xc0, 0x10), [0.5, -0.5 + 2 ** -11]],
    ["24 bits", undefined, 24, Uint8Array.of(0x40, 0, 1), [0.5 + 2 ** -23]],
    ["32 bits", undefined, 32, Uint8Array.of(0x80, 0, 0, 0), [-1]],
    ["NONE", "NONE", 16, Uint8Array.of(0x40, 0), [0.5]],
    ["twos", "twos", 16, Uint8Array.of(0x40, 0), [0.5]],
    ["sowt", "sowt", 16, Uint8Array.of(0, 0x40), [0.5]],
    ["sowt of 24 bits", "sowt", 24, Uint8Array.of(1, 0, 0x40), [0.5 + 2 ** -23]],
    ["raw", "raw ", 8, Uint8Array.of(0x00, 0xc0), [-1, 0.5]],
    ["in24", "in24", 16, Uint8Array.of(0xc0, 0, 1), [-0.5 + 2 ** -23]],
    ["in32", "in32", 32, Uint8Array.of(0x20, 0, 0, 0), [0.25]],
    ["fl32", "fl32", 32, f32(-1.5), [-1.5]],
    ["FL32", "FL32", 32, f32(0.25), [0.25]],
    // G.711, tables 1a and 2a: the greatest positive values.
    ["alaw", "alaw", 16, Uint8Array.of(0xaa), [32256 / 32768]],
    ["ulaw", "ulaw", 16, Uint8Array.of(0x80), [32124 / 32768]],
  ];
  for (const [name, type, bits, samples, values] of cases) {
    it(`reads ${name}`, () => {
      const form = type === undefined ? "AIFF" : "AIFC";
      assert.deepEqual(samplesOf(aiff(form, comm(1, values.length, bits, type), ssnd(samples))), [values]);
    });
  }

  it("skips what SSND puts before the samples", () => {
    assert.deepEqual(samplesOf(aiff("AIFF", comm(2, 1, 16), ssnd(Uint8Array.of(0x40, 0, 0xc0, 0), 6))), [
      [0.5],
      [-0.5],
    ]);
  });

  it("reads the sample rate from its 80 bits", () => {
    const rates: [rate: number, bytes: string][] = [
      [44100, "400eac44000000000000"],
      [22255, "400dadddd17400000000"], // 22254.545..., the rate of early Macintoshes
      [192000, "4010bb80000000000000"],
    ];
    for (const [rate, bytes] of rates) {
      const common = comm(1, 1, 16, undefined, Uint8Array.from(Buffer.from(bytes, "hex")));
      assert.equal(aiffReaderOf(aiff("AIFF", common, ssnd(counting(2)))).info.sampleRate, rate);
    }
  });
});

describe("AiffReader: damage", () => {
  const refused: [what: string, bytes: Uint8Array, reason: RegExp][] = [
    ["no COMM", aiff("AIFF", ssnd(counting(4))), /no "COMM" chunk/],
    ["no SSND", aiff("AIFF", comm(1, 2, 16)), /no "SSND" chunk/],
    ["a short COMM", aiff("AIFF", { id: "COMM", bytes: counting(10) }), /"COMM" has 10 bytes/],
    ["no channels", aiff("AIFF", comm(0, 2, 16), ssnd(counting(4))), /0 channels/],
    ["40 bits", aiff("AIFF", comm(1, 2, 40), ssnd(counting(4))), /40-bit samples/],
    [
      "a rate of 0 Hz",
      aiff("AIFF", comm(1, 2, 16, undefined, new Uint8Array(10)), ssnd(counting(4))),
      /rate of 0 Hz/,
    ],
    [
      "IMA ADPCM",
      aiff("AIFC", comm(1, 2, 16, "ima4"), ssnd(counting(34))),
      /"ima4" \(IMA ADPCM\) cannot be read/,
    ],
    [
      "samples beyond the end",
      aiff("AIFF", comm(1, 2, 16), { id: "SSND", bytes: concat(u32(99, true), u32(0), counting(4)) }),
      /begin after 99 bytes; it has 4/,
    ],
  ];
  for (const [what, bytes, reason] of refused) {
    it(`says what is wrong with ${what}`, () => {
      assert.throws(
        () => aiffReaderOf(bytes),
        (error) => error instanceof AudioFileError && reason.test(error.message),
      );
    });
  }

  it("reads what is there of a file that is cut off, and tells of it", () => {
    const whole = aiff("AIFF", comm(1, 10, 16), ssnd(counting(20)));
    const reader = aiffReaderOf(whole.subarray(0, whole.length - 7));
    assert.equal(reader.info.frames, 6);
    assert.match(
      reader.info.warnings.join("\n"),
      /cut off[^]*"COMM" says 10 frames, 6 are there[^]*no whole frame/,
    );
  });

  it("ends in audio or an AudioFileError wherever a file is cut", () => {
    const whole = aiff(
      "AIFC",
      comm(2, 5, 24, "sowt"),
      { id: "MARK", bytes: u16(0, true) },
      ssnd(counting(30), 4),
    );
    for (let length = 0; length < whole.length; length++) {
      try {
        const file = openAudioSource(memoryByteSource(whole.subarray(0, length), "cut.aiff"));
        assert.ok(file.info.frames <= 5);
        file.readFrames(0, file.info.frames, new Uint8Array(file.info.frames * file.pcm.frameBytes));
      } catch (error) {
        assert.ok(error instanceof AudioFileError, `cut at ${length}: ${String(error)}`);
      }
    }
  });
});

describe("facts of AIFF files", () => {
  let folder = "";
  before(() => (folder = mkdtempSync(join(tmpdir(), "headroom-aiff-"))));
  after(() => rmSync(folder, { recursive: true, force: true }));

  it("tells chunks, texts, markers and loops", () => {
    const path = join(folder, "facts.aiff");
    const marks = concat(u16(2, true), mark(7, 100, "End"), mark(3, 20, "Start"));
    const loop = (mode: number) => concat(u16(mode, true), u16(3, true), u16(7, true));
    const inst = concat(new Uint8Array(8), loop(1), loop(0));
    const texts = [
      { id: "NAME", bytes: bytesOf("Song") },
      { id: "AUTH", bytes: bytesOf("Someone") },
      { id: "ANNO", bytes: bytesOf("one") },
      { id: "ANNO", bytes: bytesOf("two") },
      {
        id: "COMT",
        bytes: concat(u16(1, true), u32(0), u16(0), u16(5, true), bytesOf("Hello"), Uint8Array.of(0)),
      },
    ];
    writeFileSync(
      path,
      aiff(
        "AIFF",
        comm(2, 200, 16),
        { id: "MARK", bytes: marks },
        { id: "INST", bytes: inst },
        ...texts,
        ssnd(counting(800)),
      ),
    );
    const facts = audioFacts(path);
    assert.deepEqual(
      [facts.container, facts.codec, facts.frames, facts.bitRate],
      ["AIFF", "PCM 16-bit", 200, 1_536_000],
    );
    assert.deepEqual(facts.markers, [
      { frame: 20, label: "Start", lengthFrames: 0 },
      { frame: 100, label: "End", lengthFrames: 0 },
    ]);
    assert.deepEqual(facts.loops, [{ startFrame: 20, endFrame: 100 }]);
    assert.deepEqual(
      facts.tags.map(({ name, value }) => `${name}: ${value}`),
      ["Title: Song", "Author: Someone", "Annotation: one", "Annotation: two", "Comment: Hello"],
    );
    assert.deepEqual(
      facts.chunks.map(({ id }) => id),
      ["COMM", "MARK", "INST", "NAME", "AUTH", "ANNO", "ANNO", "COMT", "SSND"],
    );
    assert.equal(facts.chunks.at(-1)?.meaning, "Audio");
  });

  it("reads what SoX and ffmpeg write as the WAV it was made from", () => {
    const sox = ensureDebianPackage("sox", "sox");
    const ffmpeg = ensureDebianPackage("ffmpeg", "ffmpeg");
    const wav = join(folder, "tone.wav");
    execFileSync(sox, [
      "-n",
      "-r",
      "44100",
      "-c",
      "2",
      "-b",
      "16",
      wav,
      "synth",
      "0.2",
      "sine",
      "440",
      "sine",
      "555",
      "gain",
      "-3",
    ]);
    const expected = planarOf(wav);
    const written = [
      ...["16", "24", "32"].map((bits) => soxFile(sox, wav, `sox${bits}.aiff`, ["-b", bits])),
      soxFile(sox, wav, "sox.aifc", []),
    ];
    for (const codec of ["pcm_s16be", "pcm_s16le", "pcm_s24be", "pcm_s32be", "pcm_f32be", "pcm_f64be"]) {
      const path = join(folder, `${codec}.aif`);
      execFileSync(ffmpeg, ["-v", "error", "-i", wav, "-c:a", codec, path]);
      written.push(path);
    }
    for (const path of written) assert.deepEqual(planarOf(path), expected, path);
  });

  function soxFile(sox: string, wav: string, name: string, words: string[]): string {
    execFileSync(sox, ["-D", wav, ...words, join(folder, name)]);
    return join(folder, name);
  }
});

function planarOf(path: string): Float64Array[] {
  const file = openAudioFile(path);
  try {
    const bytes = new Uint8Array(file.info.frames * file.pcm.frameBytes);
    file.readFrames(0, file.info.frames, bytes);
    return decodePcm(bytes, file.pcm, file.info.frames);
  } finally {
    file.close();
  }
}
