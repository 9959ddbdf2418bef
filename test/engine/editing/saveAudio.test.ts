import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { ensureDebianPackage } from "../../../.ci/setup.mjs";
import { BYTES_PER_SAMPLE, SAMPLE_LAYOUTS, type SampleLayout } from "../../../src/audio/audioFile.js";
import { fileByteSource } from "../../../src/audio/byteSource.js";
import { audioFacts } from "../../../src/audio/facts/fileFacts.js";
import { riffChunk } from "../../../src/audio/riffChunk.js";
import { formatBext, parseBext } from "../../../src/audio/tags/bext.js";
import { formatCues, parseCues, parseLoops } from "../../../src/audio/tags/cue.js";
import { formatInfo, parseInfo } from "../../../src/audio/tags/info.js";
import { WavReader } from "../../../src/audio/wavReader.js";
import { saveFlac, saveWav } from "../../../src/engine/editing/saveAudio.js";
import { applyAudioEdit } from "../../../src/session/applyAudioEdit.js";
import type { AudioEdit, EditedAudio, StorageFormat } from "../../../src/session/audioEdits.js";
import { openedAudio } from "../../../src/session/openedAudio.js";
import { dB } from "../../../src/units/decibels.js";
import { lufs } from "../../../src/units/loudness.js";
import { seededRandom } from "../../../src/units/random.js";
import { data, extensibleFmt, fmt, readAll, wav, u32, concat } from "../../audio/wavFixtures.js";
import { noise, openedSound, temporaryFolder, writeWav } from "./editedAudioBench.js";

const DEPTHS: Readonly<Record<SampleLayout, StorageFormat["bitDepth"]>> = {
  u8: 8,
  s16: 16,
  s24: 24,
  s32: 32,
  f32: "32f",
  f64: "64f",
};
/** `codec` names of ffmpeg for raw samples. */
const FFMPEG_CODECS = { u8: "u8", s16: "s16le", s24: "s24le", s32: "s32le", f32: "f32le", f64: "f64le" };
const FRAMES = 5000;

function randomBytes(count: number, seed: number): Uint8Array {
  const random = seededRandom(seed);
  return Uint8Array.from({ length: count }, () => Math.floor(random() * 256));
}

describe("saving", () => {
  const folder = temporaryFolder();
  let files = 0;
  const newPath = (): string => join(folder, `${files++}.wav`);

  /** Every sample is random, in all its bits; floats are numbers between -1 and 1. */
  function randomFile(layout: SampleLayout, channels: number): { path: string; samples: Uint8Array } {
    const count = FRAMES * channels;
    const random = seededRandom(channels);
    const samples =
      layout === "f32"
        ? new Uint8Array(Float32Array.from({ length: count }, () => random() * 2 - 1).buffer)
        : layout === "f64"
          ? new Uint8Array(Float64Array.from({ length: count }, () => random() * 2 - 1).buffer)
          : randomBytes(count * BYTES_PER_SAMPLE[layout], channels);
    const bits = BYTES_PER_SAMPLE[layout] * 8;
    const tag = layout.startsWith("f") ? 3 : 1;
    const format = channels > 2 ? extensibleFmt(tag, channels, bits, bits, 0x3f) : fmt(tag, channels, bits);
    const path = newPath();
    writeFileSync(path, wav("RIFF", format, data(samples)));
    return { path, samples };
  }

  function opened(path: string, layout: SampleLayout, channels: number, frames = FRAMES): EditedAudio {
    return {
      ...openedSound({ path, frames }, channels),
      format: { bitDepth: DEPTHS[layout], dither: "tpdf" },
    };
  }

  function reopened(path: string): WavReader {
    return new WavReader(fileByteSource(path));
  }

  function samplesOf(path: string): Uint8Array {
    const reader = reopened(path);
    const samples = readAll(reader);
    reader.close();
    return samples;
  }

  const edited = (audio: EditedAudio, ...edits: AudioEdit[]): EditedAudio =>
    edits.reduce(applyAudioEdit, audio);

  for (const layout of SAMPLE_LAYOUTS)
    for (const channels of [1, 2, 6]) {
      it(`${layout}, ${channels} channels: what was only cut and moved is bit for bit the same, undithered`, () => {
        ensureDebianPackage("ffmpeg", "ffmpeg");
        const { path, samples } = randomFile(layout, channels);
        const audio = opened(path, layout, channels);
        const whole = newPath();
        assert.equal(saveWav(audio, whole, path).clipped, 0);
        assert.deepEqual(samplesOf(whole), samples);
        const raw = ["-v", "error", "-i", whole, "-f", FFMPEG_CODECS[layout], "-c:a", `pcm_${FFMPEG_CODECS[layout]}`, "-"]; // prettier-ignore
        const heard = execFileSync("ffmpeg", raw, { maxBuffer: 2 ** 26 });
        assert.ok(heard.equals(samples), "ffmpeg reads other samples");

        const turned = newPath();
        const cut = { type: "delete", range: { start: 100, end: 300 } } as const;
        saveWav(
          edited(audio, cut, { type: "reverse", range: { start: 1000, end: 2000 } }, { type: "insertSilence", at: 50, frames: 10 }),
          turned,
          path,
        ); // prettier-ignore
        const frame = channels * BYTES_PER_SAMPLE[layout];
        const part = (from: number, to: number) => samples.subarray(from * frame, to * frame);
        const backwards = Array.from({ length: 1000 }, (_, n) => part(2199 - n, 2200 - n));
        const silence = new Uint8Array(10 * frame).fill(layout === "u8" ? 128 : 0);
        assert.deepEqual(
          samplesOf(turned),
          concat(part(0, 50), silence, part(50, 100), part(300, 1200), ...backwards, part(2200, FRAMES)),
        );
      });
    }

  it("swaps the channels of a big-endian file exactly", () => {
    const path = newPath();
    const samples = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);
    writeFileSync(path, wav("RIFX", fmt(1, 2, 16, true), data(samples)));
    const target = newPath();
    const swap = { type: "swapChannels", range: { start: 0, end: 2 } } as const;
    saveWav(edited(opened(path, "s16", 2, 2), swap), target, path);
    assert.deepEqual(samplesOf(target), Uint8Array.of(4, 3, 2, 1, 8, 7, 6, 5));
  });

  it("dithers what was changed, and nothing beside it", () => {
    const { path, samples } = randomFile("s16", 1);
    const target = newPath();
    const quieter = { type: "gain", range: { start: 1000, end: 2000 }, gain: -20 } as const;
    saveWav(edited(opened(path, "s16", 1), quieter), target, path);
    const [before, after] = [new Int16Array(samples.buffer), new Int16Array(samplesOf(target).buffer)];
    assert.deepEqual(after.subarray(0, 1000), before.subarray(0, 1000));
    assert.deepEqual(after.subarray(2000), before.subarray(2000));
    const errors = Array.from(after.subarray(1000, 2000), (value, n) => value - before[1000 + n]! / 10);
    assert.ok(errors.every((error) => Math.abs(error) <= 1.5 + 1e-3));
    // Rounding alone stays within half a step.
    assert.ok(errors.some((error) => Math.abs(error) > 0.6));
  });

  it("goes to more bits exactly and to fewer with dither; what is over full scale is counted", () => {
    const { path, samples } = randomFile("s16", 2);
    const up = newPath();
    const more = { bitDepth: 24, dither: "tpdf" } as const;
    saveWav({ ...opened(path, "s16", 2), format: more }, up, path);
    const wide = samplesOf(up);
    const narrow = new Int16Array(samples.buffer);
    narrow.forEach((value, i) => assert.equal(Buffer.from(wide).readIntLE(i * 3, 3), value * 256));
    const down = newPath();
    saveWav({ ...opened(up, "s24", 2), format: { bitDepth: 16, dither: "tpdf" } }, down, up);
    const again = new Int16Array(samplesOf(down).buffer);
    assert.ok(again.some((value, i) => value !== narrow[i]));
    // At full scale the dither has nowhere to go.
    assert.ok(again.every((value, i) => Math.abs(value - narrow[i]!) <= 1));
    const loud = edited(opened(path, "s16", 2), { type: "gain", range: { start: 0, end: FRAMES }, gain: 12 });
    assert.ok(saveWav(loud, newPath(), path).clipped > FRAMES);
  });

  it("keeps 20 bits in 24 as such", () => {
    const path = newPath();
    const samples = randomBytes(300, 3).map((byte, i) => (i % 3 === 0 ? byte & 0xf0 : byte));
    writeFileSync(path, wav("RIFF", extensibleFmt(1, 1, 24, 20, 4), data(samples)));
    const target = newPath();
    saveWav(opened(path, "s24", 1, 100), target, path);
    assert.equal(reopened(target).info.bitDepth, 20);
    const half = { type: "gain", range: { start: 0, end: 50 }, gain: -6 } as const;
    const changed = newPath();
    saveWav(edited(opened(path, "s24", 1, 100), half), changed, path);
    assert.equal(reopened(changed).info.bitDepth, 24);
  });

  describe("chunks", () => {
    const LOUDNESS = { integrated: lufs(-14.2), maxTruePeak: dB(-1) };
    const MARKERS = [
      { frame: 100, label: "Verse", lengthFrames: 0 },
      { frame: 3000, label: "Chorus", lengthFrames: 500 },
    ];
    /** Odd on purpose: one more field than needed, notes of other programs between. */
    function richFile(): { path: string; chunks: Map<string, Uint8Array> } {
      const { cue, adtl } = formatCues(MARKERS);
      const loop = concat(u32(7), u32(1), u32(2000), u32(2999), u32(0), u32(5));
      const smpl = concat(randomBytes(28, 1), u32(1), u32(3), loop, Uint8Array.of(9, 8, 7));
      const bext = { description: "Take 1", originator: "Desk", timeReferenceFrames: 4711, loudness: LOUDNESS, codingHistory: "A=PCM,F=48000\r\n" }; // prettier-ignore
      const chunks = new Map([
        ["bext", formatBext(bext)],
        ["iXML", new TextEncoder().encode("<BWFXML/> ")],
        ["LIST INFO", formatInfo(new Map([["INAM", "Song"], ["ISFT", "Other program"]]))],
        ["cue ", cue],
        ["LIST adtl", adtl],
        ["smpl", smpl],
        ["PEAK", randomBytes(16, 2)],
        ["levl", randomBytes(40, 3)],
        ["odd ", randomBytes(33, 4)],
      ]); // prettier-ignore
      const path = newPath();
      const options = { chunks: [...chunks].map(([id, bytes]) => riffChunk(id.slice(0, 4), bytes)) };
      writeWav(path, noise(2, FRAMES, 5), "s24", options);
      return { path, chunks };
    }

    function openedRich(path: string, channelMask = 0): EditedAudio {
      return {
        ...opened(path, "s24", 2),
        channelMask,
        markers: MARKERS,
        loops: [{ frame: 2000, label: "0", lengthFrames: 1000 }],
        timeReferenceFrames: 4711,
        tags: {
          info: { INAM: "Song", ISFT: "Other program" },
          bext: { description: "Take 1", originator: "Desk", originatorReference: "", originationDate: "", originationTime: "", codingHistory: "A=PCM,F=48000" },
        },
      }; // prettier-ignore
    }

    function chunksOf(path: string): Map<string, Uint8Array> {
      const reader = reopened(path);
      const named = reader.chunks.map((chunk): [string, Uint8Array] => {
        const bytes = new Uint8Array(chunk.size);
        reader.readChunkBytes(chunk, 0, bytes);
        return [chunk.listType ? `${chunk.id} ${chunk.listType}` : chunk.id, bytes];
      });
      reader.close();
      assert.equal(new Set(named.map(([id]) => id)).size, named.length, "a chunk stands there twice");
      return new Map(named.filter(([id]) => !["JUNK", "fmt ", "data", "fact"].includes(id)));
    }

    it("stay byte for byte, in their order, where nothing was edited", () => {
      const { path, chunks } = richFile();
      const target = newPath();
      saveWav(openedRich(path), target, path);
      assert.deepEqual([...chunksOf(target)], [...chunks]);
      assert.ok(readFileSync(target).equals(readFileSync(path)), "the file itself");
    });

    it("come through the facts that the editor opens the file with", () => {
      const { path } = richFile();
      const audio = openedAudio(audioFacts(path), { path, frames: FRAMES });
      assert.deepEqual(audio, openedRich(path, audio.channelMask));
      const target = newPath();
      saveWav(audio, target, path);
      assert.ok(readFileSync(target).equals(readFileSync(path)));
    });

    it("go where they describe samples that are no more; the others stay", () => {
      const { path, chunks } = richFile();
      const target = newPath();
      const louder = { type: "gain", range: { start: 0, end: 10 }, gain: -1 } as const;
      saveWav(edited(openedRich(path), louder), target, path);
      const saved = chunksOf(target);
      assert.deepEqual([...saved.keys()], ["bext", "iXML", "LIST INFO", "cue ", "LIST adtl", "smpl", "odd "]);
      for (const id of ["iXML", "LIST INFO", "cue ", "LIST adtl", "smpl", "odd "])
        assert.deepEqual(saved.get(id), chunks.get(id), id);
      const bext = parseBext(saved.get("bext")!)!;
      assert.deepEqual(bext.loudness, {});
      assert.deepEqual([bext.description, bext.timeReferenceFrames], ["Take 1", 4711]);
      assert.equal(bext.codingHistory, "A=PCM,F=48000\r\n");
    });

    it("of markers and loops follow the edits", () => {
      const { path } = richFile();
      const target = newPath();
      saveWav(edited(openedRich(path), { type: "delete", range: { start: 0, end: 1000 } }), target, path);
      const saved = chunksOf(target);
      assert.deepEqual(parseCues(saved.get("cue ")!, saved.get("LIST adtl")), [
        { frame: 2000, label: "Chorus", lengthFrames: 500 },
      ]);
      const smpl = saved.get("smpl")!;
      assert.deepEqual(parseLoops(smpl), [{ startFrame: 1000, endFrame: 2000 }]);
      // Name, kind, count of the loop, and what the sampler keeps behind its loops.
      assert.deepEqual(smpl.subarray(36, 44), concat(u32(7), u32(1)));
      assert.deepEqual(smpl.subarray(52), concat(u32(0), u32(5), Uint8Array.of(9, 8, 7)));
      const without = newPath();
      saveWav(edited(openedRich(path), { type: "delete", range: { start: 1900, end: 4000 } }), without, path);
      assert.deepEqual(parseLoops(chunksOf(without).get("smpl")!), []);
    });

    it("tell the time of day at which the audio begins now", () => {
      const { path } = richFile();
      const audio = openedRich(path);
      const silence = { type: "insertSilence", at: 0, frames: 300 } as const;
      const cases: [name: string, expected: number, ...edits: AudioEdit[]][] = [
        ["trimmed", 4711 + 1000, { type: "trim", range: { start: 1000, end: 3000 } }],
        ["head deleted", 4711 + 50, { type: "delete", range: { start: 0, end: 50 }, crossfade: 20 }],
        ["middle deleted", 4711, { type: "delete", range: { start: 1, end: 50 } }],
        ["silence in front", 4711 - 300, silence],
        [
          "silence in front, then trimmed off",
          4711,
          silence,
          { type: "trim", range: { start: 300, end: 4000 } },
        ],
        ["end trimmed", 4711, { type: "trim", range: { start: 0, end: 1000 } }],
      ];
      for (const [name, expected, ...edits] of cases) {
        const target = newPath();
        saveWav(edited(audio, ...edits), target, path);
        assert.equal(parseBext(chunksOf(target).get("bext")!)!.timeReferenceFrames, expected, name);
      }
    });

    it("tell it once, also when the file that was saved over is the original of the next save", () => {
      const { path } = richFile();
      const trimmed = edited(openedRich(path), { type: "trim", range: { start: 1000, end: 3000 } });
      const [first, second, undone] = [newPath(), newPath(), newPath()];
      saveWav(trimmed, first, path);
      saveWav(edited(trimmed, { type: "trim", range: { start: 10, end: 500 } }), second, first);
      assert.equal(parseBext(chunksOf(second).get("bext")!)!.timeReferenceFrames, 4711 + 1010);
      saveWav(openedRich(path), undone, first);
      assert.equal(parseBext(chunksOf(undone).get("bext")!)!.timeReferenceFrames, 4711);
    });

    it("of texts and markers are written where they were edited, or had not been", () => {
      const { path } = richFile();
      const tags = { info: { INAM: "New", IART: "Band" }, bext: null };
      const target = newPath();
      saveWav(
        edited(openedRich(path), { type: "tags", tags }, { type: "markers", markers: [] }),
        target,
        path,
      );
      const saved = chunksOf(target);
      assert.deepEqual([...parseInfo(saved.get("LIST INFO")!)], [["INAM", "New"], ["IART", "Band"]]); // prettier-ignore
      for (const id of ["bext", "cue ", "LIST adtl"]) assert.ok(!saved.has(id), id);

      const plain = randomFile("s24", 2).path;
      const labelled = newPath();
      const bext = { ...openedRich(path).tags.bext!, description: "Own" };
      const all = { type: "tags", tags: { ...tags, bext } } as const;
      saveWav(edited(opened(plain, "s24", 2), all, { type: "markers", markers: MARKERS }), labelled, plain);
      const added = chunksOf(labelled);
      assert.deepEqual(parseCues(added.get("cue ")!, added.get("LIST adtl")), MARKERS);
      assert.equal(parseBext(added.get("bext")!)!.description, "Own");
      assert.equal(parseInfo(added.get("LIST INFO")!).get("IART"), "Band");
    });
  });

  it("writes FLAC that the reference decoder finds whole and equal", async () => {
    ensureDebianPackage("flac", "flac");
    for (const layout of ["s16", "s24"] as const) {
      const { path, samples } = randomFile(layout, 2);
      const target = join(folder, `${layout}.flac`);
      const tags = { info: { INAM: "Song" }, bext: null };
      await saveFlac({ ...opened(path, layout, 2), tags }, target);
      const raw = ["-d", "-s", "-c", "--force-raw-format", "--endian=little", "--sign=signed", target];
      assert.ok(execFileSync("flac", raw, { maxBuffer: 2 ** 26 }).equals(samples), layout);
      assert.match(
        execFileSync("metaflac", ["--export-tags-to=-", target], { encoding: "utf8" }),
        /TITLE=Song/,
      );
    }
  });
});
