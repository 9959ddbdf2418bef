import assert from "node:assert/strict";
import { closeSync, ftruncateSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import fc from "fast-check";
import { AudioFileError } from "../../src/audio/audioFile.js";
import { fileByteSource, memoryByteSource } from "../../src/audio/byteSource.js";
import { decodePcm } from "../../src/audio/pcm.js";
import { WavReader } from "../../src/audio/wavReader.js";
import * as fixture from "./wavFixtures.js";

const { bytesOf, concat, counting, data, extensibleFmt, fmt, readAll, readerOf, u16, u32, u64, wav, wave64 } =
  fixture;

const PCM = 1;

describe("WavReader: containers", () => {
  const audio = counting(24);

  for (const container of ["RIFF", "RF64", "BW64"] as const) {
    it(`reads ${container}`, () => {
      const reader = readerOf(wav(container, fmt(PCM, 2, 16), data(audio)));
      assert.equal(reader.info.container, container === "RIFF" ? "WAV" : container);
      assert.equal(reader.info.codec, "PCM 16-bit");
      assert.equal(reader.info.frames, 6);
      assert.deepEqual(reader.info.warnings, []);
      assert.deepEqual(readAll(reader), audio);
    });
  }

  it("reads RIFX as big-endian", () => {
    const reader = readerOf(wav("RIFX", fmt(PCM, 1, 16, true), data(Uint8Array.of(0x40, 0x00, 0xc0, 0x01))));
    assert.equal(reader.pcm.bigEndian, true);
    const [samples] = decodePcm(readAll(reader), reader.pcm, 2);
    assert.deepEqual([...samples!], [0.5, -0.5 + 2 ** -15]);
  });

  it("reads Wave64 and its eight-byte padding", () => {
    const abcd = { id: "abcd", bytes: counting(5) };
    const reader = readerOf(
      wave64(fmt(PCM, 1, 24), abcd, data(counting(9)), { id: "bext", bytes: counting(1) }),
    );
    assert.equal(reader.info.container, "Wave64");
    assert.equal(reader.info.frames, 3);
    assert.deepEqual(readAll(reader), counting(9));
    assert.deepEqual(reader.readChunk("abcd"), counting(5));
    assert.deepEqual(
      reader.chunks.map(({ id }) => id),
      ["fmt ", "abcd", "data", "bext"],
    );
  });

  it("takes sizes of RF64 from ds64, its table included", () => {
    const table = concat(u32(1), bytesOf("abcd"), u64(5n));
    const ds64 = { id: "ds64", bytes: concat(u64(0n), u64(8n), u64(0n), table) };
    const abcd = { id: "abcd", bytes: counting(5), says: 0xffffffff };
    const reader = readerOf(
      wav("RF64", ds64, fmt(PCM, 1, 16), abcd, data(counting(8), 0xffffffff), {
        id: "LIST",
        bytes: bytesOf("INFO"),
      }),
    );
    assert.equal(reader.info.frames, 4);
    assert.deepEqual(reader.readChunk("abcd"), counting(5));
    assert.deepEqual(reader.readChunk("LIST", "INFO"), bytesOf("INFO"));
    assert.deepEqual(reader.info.warnings, []);
  });

  it("reads the end of a sparse RF64 file of 5 GiB", () => {
    const ds64 = { id: "ds64", bytes: concat(u64(0n), u64(FIVE_GIB), u64(0n), u32(0)) };
    readSparse(wav("RF64", ds64, fmt(PCM, 2, 24), data(new Uint8Array(0), 0xffffffff)), []);
  });

  it("reads all of a RIFF file of 5 GiB whose size field ran over", () => {
    readSparse(wav("RIFF", fmt(PCM, 2, 24), data(new Uint8Array(0), 2 ** 30)), [
      /no room for a size over 4 GiB/,
    ]);
  });
});

const folder = fixture.temporaryFolder();
const FIVE_GIB = 5n * 2n ** 30n;

/** Makes a file of `head` and 5 GiB of zeros, the last whole frame of 6 bytes excepted, and reads its end. */
function readSparse(head: Uint8Array, warnings: readonly RegExp[]): void {
  const path = join(folder, "large.wav");
  const lastFrame = Math.floor(Number(FIVE_GIB) / 6) - 1;
  const file = openSync(path, "w");
  writeSync(file, head);
  writeSync(file, counting(6), 0, 6, head.length + lastFrame * 6);
  ftruncateSync(file, head.length + Number(FIVE_GIB));
  closeSync(file);
  const reader = new WavReader(fileByteSource(path));
  const target = new Uint8Array(12);
  assert.equal(reader.info.frames, lastFrame + 1);
  assert.equal(reader.readFrames(lastFrame - 1, 5, target), 2);
  assert.deepEqual(target, concat(new Uint8Array(6), counting(6)));
  warnings.forEach((warning, i) => assert.match(reader.info.warnings[i] ?? "", warning));
  reader.close();
}

describe("WavReader: formats", () => {
  it("names 20 bits in 24 and the channel mask of an extensible header", () => {
    const { info, pcm } = readerOf(wav("RIFF", extensibleFmt(PCM, 6, 24, 20, 0x3f), data(counting(36))));
    assert.deepEqual([info.bitDepth, info.codec, info.channelMask], [20, "PCM 20-bit in 24", 0x3f]);
    assert.deepEqual([pcm.layout, pcm.frameBytes, info.frames], ["s24", 18, 2]);
  });

  it("takes 0 valid bits as all of them", () => {
    assert.equal(readerOf(wav("RIFF", extensibleFmt(PCM, 2, 24, 0, 3), data(counting(6)))).info.bitDepth, 24);
  });

  for (const [how, guid] of [
    ["unturned", "0100000000001000800000aa00389b71"],
    ["turned", "0000000100000010800000aa00389b71"],
    ["turned in its first two bytes only, as SoX writes it", "0001000000001000800000aa00389b71"],
  ] as const) {
    it(`reads an extensible RIFX header with its GUID ${how}`, () => {
      const extension = concat(u16(22, true), u16(16, true), u32(3, true), Buffer.from(guid, "hex"));
      const format = { id: "fmt ", bytes: concat(fmt(0xfffe, 2, 16, true).bytes, extension) };
      const { info } = readerOf(wav("RIFX", format, data(counting(8))));
      assert.deepEqual([info.codec, info.channelMask], ["PCM 16-bit", 3]);
    });
  }

  it("reads 24 bits in containers of 32 from a plain header", () => {
    const format = fmt(PCM, 1, 24);
    format.bytes.set(u16(4), 12);
    const { info, pcm } = readerOf(wav("RIFF", format, data(counting(8))));
    assert.deepEqual([info.bitDepth, pcm.layout, info.frames], [24, "s32", 2]);
  });

  it("reads extensible float and refuses an unknown GUID at its offset", () => {
    const format = extensibleFmt(3, 2, 32, 32, 3);
    assert.equal(readerOf(wav("RIFF", format, data(counting(8)))).pcm.layout, "f32");
    format.bytes[39] = 0;
    assert.throws(() => readerOf(wav("RIFF", format, data(counting(8)))), {
      name: "AudioFileError",
      offset: 20 + 24,
    });
  });

  const refused: readonly [string, fixture.Chunk, number][] = [
    ["no channels", fmt(PCM, 0, 16), 2],
    ["a sample rate of 0", fmt(PCM, 1, 16, false, 0), 4],
    ["an MP3 in a WAV", fmt(0x55, 1, 16), 0],
    ["64-bit integers", fmt(PCM, 1, 64), 14],
    ["16-bit floats", fmt(3, 1, 16), 14],
    ["a short header", { id: "fmt ", bytes: counting(15) }, 0],
  ];
  for (const [what, format, offset] of refused) {
    it(`refuses ${what}, naming file and offset`, () => {
      const open = () => readerOf(wav("RIFF", format, data(counting(8))));
      assert.throws(open, { name: "AudioFileError", file: "test.wav", offset: 20 + offset });
    });
  }

  it("refuses a file without format or audio", () => {
    assert.throws(() => readerOf(wav("RIFF", data(counting(8)))), /no "fmt " chunk/);
    assert.throws(() => readerOf(wav("RIFF", fmt(PCM, 1, 16))), /no "data" chunk/);
  });
});

describe("WavReader: chunks", () => {
  it("finds every chunk in any order and of any size", () => {
    const others = fc.array(
      fc.record({
        id: fc.constantFrom("abcd", "LIST", "bext", "cue "),
        bytes: fc.uint8Array({ maxLength: 40 }),
      }),
      { maxLength: 6 },
    );
    const containers = fc.constantFrom<fixture.Container>("RIFF", "RIFX", "RF64", "BW64");
    fc.assert(
      fc.property(
        containers,
        others,
        fc.uint8Array({ minLength: 1, maxLength: 50 }),
        fc.nat(),
        (container, rest, audio, place) => {
          const chunks: fixture.Chunk[] = [fmt(PCM, 1, 8, container === "RIFX"), ...rest];
          chunks.splice(place % (chunks.length + 1), 0, data(audio));
          const reader = readerOf(wav(container, ...chunks));
          assert.deepEqual(readAll(reader, 7), audio);
          assert.deepEqual(
            reader.chunks.map(({ id, size }) => [id, size]),
            chunks.map(({ id, bytes }) => [id, bytes.length]),
          );
          assert.deepEqual(reader.info.warnings, []);
        },
      ),
      { seed: 1 },
    );
  });

  it("gets over a missing pad byte", () => {
    const head = wav("RIFF", fmt(PCM, 1, 8));
    const file = concat(head, bytesOf("abcd"), u32(3), counting(3), fixture.chunkBytes(data(counting(6))));
    const reader = readerOf(file);
    assert.deepEqual(readAll(reader), counting(6));
    assert.match(reader.info.warnings.join(), /byte 47: a pad byte is missing/);
  });

  it("refuses to take a huge chunk into memory, but copies it", () => {
    const head = wav("RIFF", fmt(PCM, 1, 8), data(counting(2)), {
      id: "huge",
      bytes: new Uint8Array(0),
      says: 2 ** 25,
    });
    const memory = memoryByteSource(concat(head, new Uint8Array(100)), "test.wav");
    const read = (at: number, target: Uint8Array) =>
      at < head.length ? memory.read(at, target) : target.length;
    const source = { ...memory, size: head.length + 2 ** 25, read };
    const reader = new WavReader(source);
    assert.throws(() => reader.readChunk("huge"), AudioFileError);
    assert.equal(reader.readChunkBytes(reader.chunks.at(-1)!, 2 ** 25 - 3, new Uint8Array(100)), 3);
  });

  it("stops at ten thousand chunks", () => {
    const empty = new Uint8Array(200_000 * 8).map((_, i) => (i % 8 < 4 ? 0x61 : 0));
    const reader = readerOf(concat(wav("RIFF", fmt(PCM, 1, 8), data(counting(2))), empty));
    assert.equal(reader.chunks.length, 10_000);
    assert.match(reader.info.warnings.join(), /more than 10000 chunks/);
  });
});

describe("WavReader: unfinished and damaged files", () => {
  for (const says of [0, 0xffffffff]) {
    it(`takes the rest of the file where "data" says ${says}`, () => {
      const reader = readerOf(wav("RIFF", fmt(PCM, 1, 16), data(counting(100), says)));
      assert.deepEqual(readAll(reader), counting(100));
      assert.equal(reader.info.warnings.length, 1);
      assert.match(reader.info.warnings[0]!, /^byte 36: "data" (gives no size|says 0 bytes) .*all 100 bytes/);
    });
  }

  it("takes the rest of a streamed Wave64 file", () => {
    const bytes = wave64(fmt(PCM, 1, 16), data(counting(8)));
    bytes.set(u64(2n ** 63n - 1n), bytes.length - 16);
    const reader = readerOf(bytes);
    assert.deepEqual(readAll(reader), counting(8));
    assert.match(reader.info.warnings.join(), /gives no size/);
  });

  it("takes samples that look like the beginning of a chunk as samples", () => {
    const reader = readerOf(wav("RIFF", fmt(PCM, 1, 8), data(bytesOf("abcdefghijkl"), 0)));
    assert.equal(reader.info.frames, 12);
  });

  it("says that the last bytes are no whole frame, and that a second data chunk is ignored", () => {
    const reader = readerOf(wav("RIFF", fmt(PCM, 2, 16), data(counting(10)), data(counting(4))));
    assert.deepEqual(readAll(reader), counting(8));
    assert.deepEqual(reader.info.warnings, [
      `byte 62: a second "data" chunk is ignored`,
      "byte 52: the last 2 bytes are no whole frame",
    ]);
  });

  it("looks at no chunk over and over, however many empty data chunks there are", () => {
    const chunks = Array.from({ length: 1000 }, () => data(new Uint8Array(0)));
    const memory = memoryByteSource(wav("RIFF", fmt(PCM, 1, 8), ...chunks), "test.wav");
    let reads = 0;
    new WavReader({ ...memory, read: (at, target) => (reads++, memory.read(at, target)) });
    assert.ok(reads < 4000, `${reads} reads`);
  });

  it("takes an empty recording with chunks behind it as empty", () => {
    const reader = readerOf(
      wav("RIFF", fmt(PCM, 1, 16), data(new Uint8Array(0)), { id: "LIST", bytes: counting(7) }),
    );
    assert.equal(reader.info.frames, 0);
    assert.deepEqual(reader.readChunk("LIST"), counting(7));
    assert.deepEqual(reader.info.warnings, []);
  });

  it("reads what is there of a file cut off anywhere in its first 256 bytes, or says why not", () => {
    const whole = wav(
      "RIFF",
      { id: "bext", bytes: counting(33) },
      extensibleFmt(PCM, 2, 24, 24, 3),
      data(counting(240)),
    );
    const audioAt = whole.length - 240;
    for (let length = 0; length < 256; length++) {
      const cut = whole.subarray(0, length);
      if (length < audioAt) {
        assert.throws(() => readerOf(cut), { name: "AudioFileError", file: "test.wav" }, `cut at ${length}`);
        continue;
      }
      const reader = readerOf(cut);
      assert.equal(reader.info.frames, Math.floor((length - audioAt) / 6), `cut at ${length}`);
      assert.deepEqual(readAll(reader), counting(reader.info.frames * 6));
      assert.match(reader.info.warnings.join(), /cut off/, `cut at ${length}`);
    }
  });

  it("notices that a file has become shorter while open", () => {
    const bytes = wav("RIFF", fmt(PCM, 1, 16), data(counting(100)));
    const source = memoryByteSource(bytes, "test.wav");
    let size = bytes.length;
    const reader = new WavReader({
      ...source,
      read: (at, target) => Math.min(source.read(at, target), Math.max(0, size - at)),
    });
    size = 60;
    assert.throws(() => reader.readFrames(0, 50, new Uint8Array(100)), {
      name: "AudioFileError",
      offset: 60,
    });
  });

  it("refuses impossible requests as the caller's mistake", () => {
    const reader = readerOf(wav("RIFF", fmt(PCM, 1, 16), data(counting(100))));
    assert.throws(() => reader.readFrames(-1, 1, new Uint8Array(2)), RangeError);
    assert.throws(() => reader.readFrames(0, 2, new Uint8Array(3)), RangeError);
    assert.equal(reader.readFrames(50, 10, new Uint8Array(0)), 0);
  });
});
