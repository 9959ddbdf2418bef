import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, it } from "node:test";
import fc from "fast-check";
import wavefile from "wavefile";
import { SAMPLE_LAYOUTS } from "../../src/audio/audioFile.js";
import { fileByteSource } from "../../src/audio/byteSource.js";
import { decodePcm, pcmFormat } from "../../src/audio/pcm.js";
import { foreignChunks, riffChunk } from "../../src/audio/riffChunk.js";
import { WavReader } from "../../src/audio/wavReader.js";
import { WavWriter, type WavWriterOptions } from "../../src/audio/wavWriter.js";
import {
  bytesOf,
  concat,
  counting,
  data,
  fmt,
  readAll,
  readerOf,
  temporaryFolder,
  wav,
  wave64,
} from "./wavFixtures.js";

const folder = temporaryFolder();
let count = 0;
const freshPath = () => join(folder, `${count++}.wav`);

function written(options: WavWriterOptions, bytes: Uint8Array, piece = bytes.length): Uint8Array {
  const path = freshPath();
  const writer = WavWriter.create(path, options);
  for (let at = 0; at < bytes.length; at += piece) writer.write(bytes.subarray(at, at + piece));
  writer.finish();
  return Uint8Array.from(readFileSync(path));
}

const stereo = { sampleRate: 48000, channels: 2, layout: "s24" } as const;
const chunkIds = (file: Uint8Array) => readerOf(file).chunks.map(({ id }) => id);

describe("WavWriter", () => {
  it("writes what the reader reads, in any layout, number of channels and pieces", () => {
    const options = fc.record({
      sampleRate: fc.constantFrom(8000, 44100, 192000),
      channels: fc.integer({ min: 1, max: 12 }),
      layout: fc.constantFrom(...SAMPLE_LAYOUTS),
      largestRiff: fc.constantFrom(0, 0xffffffff),
    });
    fc.assert(
      fc.property(options, fc.nat(20), fc.integer({ min: 1, max: 100 }), (options, frames, piece) => {
        const { frameBytes } = pcmFormat(options.layout, options.channels);
        const audio = counting(frames * frameBytes);
        const file = written(options, audio, piece);
        const reader = readerOf(file);
        assert.deepEqual(readAll(reader), audio);
        assert.equal(reader.info.container, options.largestRiff === 0 ? "RF64" : "WAV");
        assert.deepEqual(
          [reader.info.sampleRate, reader.pcm.layout, reader.info.warnings],
          [options.sampleRate, options.layout, []],
        );
        assert.equal(file.length % 2, 0);
      }),
      { seed: 11, numRuns: 60 },
    );
  });

  for (const [layout, bitDepth] of [
    ["u8", "8"],
    ["s16", "16"],
    ["s24", "24"],
    ["s32", "32"],
    ["f32", "32f"],
    ["f64", "64"],
  ] as const) {
    it(`is read by wavefile: ${layout}`, () => {
      const pcm = pcmFormat(layout, 2);
      const audio = counting(pcm.frameBytes * 100);
      const other = new wavefile.WaveFile(written({ sampleRate: 44100, channels: 2, layout }, audio));
      assert.equal(other.bitDepth, bitDepth);
      const planar = decodePcm(audio, pcm, 100);
      const theirs = other.getSamples(false, Float64Array) as unknown as Float64Array[];
      const bits = layout.startsWith("f") ? 1 : Number(bitDepth);
      planar.forEach((samples, channel) => {
        const scaled = samples.map((value) => value * 2 ** (bits - 1) + (layout === "u8" ? 128 : 0));
        assert.deepEqual(theirs[channel], scaled);
      });
    });
  }

  it("uses the extensible header only where the plain one would not do", () => {
    const tagOf = (options: Partial<WavWriterOptions>) => {
      const format = readerOf(written({ ...stereo, layout: "s16", ...options }, new Uint8Array(0))).readChunk(
        "fmt ",
      )!;
      return [format.length, format[0]! + 256 * format[1]!];
    };
    assert.deepEqual(tagOf({}), [16, 1]);
    assert.deepEqual(tagOf({ layout: "f32" }), [18, 3]);
    assert.deepEqual(tagOf({ layout: "s24" }), [40, 0xfffe]);
    assert.deepEqual(tagOf({ channels: 3 }), [40, 0xfffe]);
    assert.deepEqual(tagOf({ validBits: 12 }), [40, 0xfffe]);
    assert.deepEqual(tagOf({ channelMask: 0x30 }), [40, 0xfffe]);
  });

  it("keeps valid bits and channel mask", () => {
    const { info } = readerOf(written({ ...stereo, validBits: 20, channelMask: 0x600 }, counting(12)));
    assert.deepEqual([info.bitDepth, info.channelMask], [20, 0x600]);
  });

  it("counts frames in fact, and fills ds64 of RF64", () => {
    const file = written({ ...stereo, layout: "f32", largestRiff: 0 }, counting(24));
    const reader = readerOf(file);
    assert.deepEqual(chunkIds(file), ["ds64", "fmt ", "fact", "data"]);
    assert.deepEqual(reader.readChunk("fact"), Uint8Array.of(3, 0, 0, 0));
    const ds64 = new DataView(reader.readChunk("ds64")!.buffer);
    assert.deepEqual(
      [0, 8, 16].map((at) => Number(ds64.getBigUint64(at, true))),
      [file.length - 8, 24, 3],
    );
    assert.equal(new DataView(file.buffer).getUint32(4, true), 0xffffffff);
  });

  it("becomes RF64 one byte above the limit, not before", () => {
    const bytes = written(stereo, counting(12)).length - 8;
    assert.equal(chunkIds(written({ ...stereo, largestRiff: bytes }, counting(12)))[0], "JUNK");
    assert.equal(chunkIds(written({ ...stereo, largestRiff: bytes - 1 }, counting(12)))[0], "ds64");
  });

  it("refuses impossible formats and chunks before it makes a file", () => {
    const path = freshPath();
    const bad: readonly Partial<WavWriterOptions>[] = [
      { channels: 0 },
      { sampleRate: 0 },
      { validBits: 25 },
      { channelMask: -1 },
      { chunks: [riffChunk("abc", counting(1))] },
    ];
    for (const options of bad)
      assert.throws(() => WavWriter.create(path, { ...stereo, ...options }), RangeError);
    assert.equal(
      readdirSync(folder).some((name) => name.includes(basename(path))),
      false,
    );
  });
});

describe("WavWriter: nothing half done", () => {
  it("shows the file only when published; sealed it can be read under its temporary name", () => {
    const path = freshPath();
    writeFileSync(path, "old");
    const writer = WavWriter.create(path, stereo);
    writer.write(counting(12));
    writer.seal();
    assert.equal(readFileSync(path, "utf8"), "old");
    const reader = new WavReader(fileByteSource(writer.pendingPath));
    assert.deepEqual(readAll(reader), counting(12));
    reader.close();
    writer.publish();
    assert.equal(existsSync(writer.pendingPath), false);
    assert.ok(statSync(path).size > 12);
  });

  it("aborted leaves the old file and no litter, at any stage", () => {
    const path = freshPath();
    writeFileSync(path, "old");
    const before = readdirSync(folder);
    for (const stage of ["created", "written", "sealed"]) {
      const writer = WavWriter.create(path, stereo);
      if (stage !== "created") writer.write(counting(12));
      if (stage === "sealed") writer.seal();
      writer.abort();
      writer.abort();
      assert.deepEqual(readdirSync(folder), before, stage);
    }
    assert.equal(readFileSync(path, "utf8"), "old");
  });

  it("refuses half a frame and removes the temporary file", () => {
    const writer = WavWriter.create(freshPath(), stereo);
    writer.write(counting(5));
    assert.throws(() => writer.finish(), RangeError);
    assert.equal(existsSync(writer.pendingPath), false);
  });

  it("removes the temporary file if a chunk cannot be copied", () => {
    const writer = WavWriter.create(freshPath(), stereo);
    writer.addChunk({ id: "abcd", size: 10, read: () => 0 });
    assert.throws(() => writer.finish(), RangeError);
    assert.equal(existsSync(writer.pendingPath), false);
  });
});

describe("rewriting", () => {
  const foreign = [
    { id: "bext", bytes: counting(603) },
    { id: "LIST", bytes: concat(bytesOf("INFOINAM\x04\0\0\0abc\0")) },
    { id: "LIST", bytes: concat(bytesOf("adtl"), counting(20)) },
    { id: "cue ", bytes: counting(28) },
    { id: "abcd", bytes: counting(70_001) },
  ];
  const rewritten = (original: Uint8Array) => {
    const { chunks, lost } = foreignChunks(readerOf(original));
    return { file: written({ ...stereo, chunks }, counting(6)), lost };
  };

  it("carries over every foreign chunk byte for byte, in order", () => {
    const [bext, info, ...rest] = foreign;
    const original = wav(
      "RIFF",
      { id: "JUNK", bytes: counting(28) },
      bext!,
      fmt(1, 2, 16),
      info!,
      data(counting(8)),
      ...rest,
    );
    const { file, lost } = rewritten(original);
    const reader = readerOf(file);
    assert.deepEqual(lost, []);
    const kept = reader.chunks.filter(({ id }) => foreign.some((chunk) => chunk.id === id));
    assert.deepEqual(
      kept.map(({ id }) => id),
      foreign.map(({ id }) => id),
    );
    kept.forEach((entry, i) => {
      const bytes = new Uint8Array(entry.size);
      reader.readChunkBytes(entry, 0, bytes);
      assert.deepEqual(bytes, foreign[i]!.bytes, entry.id);
    });
  });

  it("takes the named chunks out of Wave64, and says which have no name", () => {
    const guid = "00112233445566778899aabbccddeeff";
    const nameless = { id: guid, bytes: counting(9) };
    const { file, lost } = rewritten(wave64(fmt(1, 2, 16), foreign[0]!, nameless, data(counting(8))));
    assert.deepEqual(readerOf(file).readChunk("bext"), foreign[0]!.bytes);
    assert.deepEqual(lost, [guid]);
  });

  it("says which big-endian chunks of RIFX it cannot turn", () => {
    const xml = { id: "iXML", bytes: bytesOf("<BWFXML/>") };
    const { file, lost } = rewritten(wav("RIFX", fmt(1, 2, 16, true), foreign[3]!, xml, data(counting(8))));
    assert.deepEqual(lost, ["cue "]);
    assert.deepEqual(readerOf(file).readChunk("iXML"), xml.bytes);
  });
});
