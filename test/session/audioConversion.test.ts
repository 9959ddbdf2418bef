import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import {
  conversionProcesses,
  conversionTargets,
  convertedFormat,
  copyPath,
  freePath,
  type AudioConversion,
} from "../../src/session/audioConversion.js";

const KEEP: AudioConversion = { container: "wav", bitDepth: 16, sampleRate: "keep", channels: "keep" };
const SOURCE = { sampleRate: 48000, channels: 2, bitDepth: 24, isFloat: false };

describe("conversionProcesses", () => {
  it("is nothing where the audio is as wanted", () => {
    assert.deepEqual(conversionProcesses(SOURCE, KEEP), []);
    assert.deepEqual(conversionProcesses(SOURCE, { ...KEEP, sampleRate: 48000, channels: "stereo" }), []);
  });
  it("resamples as few channels as it can", () => {
    const kinds = (channels: number, to: AudioConversion["channels"]): string[] =>
      conversionProcesses({ sampleRate: 48000, channels }, { ...KEEP, sampleRate: 44100, channels: to }).map(
        ({ kind }) => kind,
      );
    assert.deepEqual(kinds(2, "mono"), ["mixChannels", "resample"]);
    assert.deepEqual(kinds(1, "stereo"), ["resample", "mixChannels"]);
    assert.deepEqual(kinds(6, "keep"), ["resample"]);
  });
});

describe("convertedFormat", () => {
  const ditherOf = (source: object, conversion: object): string =>
    convertedFormat({ ...SOURCE, ...source }, { ...KEEP, ...conversion }).dither;
  it("dithers where bits are lost, and only there", () => {
    assert.equal(ditherOf({}, { bitDepth: 16 }), "tpdf");
    assert.equal(ditherOf({}, { bitDepth: 24 }), "none");
    assert.equal(ditherOf({ bitDepth: 16 }, { bitDepth: 24 }), "none");
    assert.equal(ditherOf({ bitDepth: 32 }, { bitDepth: 24 }), "tpdf");
    assert.equal(ditherOf({ isFloat: true, bitDepth: 32 }, { bitDepth: 24 }), "tpdf");
    assert.equal(ditherOf({ bitDepth: null }, { bitDepth: 16 }), "tpdf");
    assert.equal(ditherOf({ bitDepth: 16 }, { bitDepth: 16, sampleRate: 44100 }), "tpdf");
    assert.equal(ditherOf({}, { bitDepth: "32f" }), "none");
  });
});

describe("names of copies", () => {
  it("stand beside the original", () => {
    assert.equal(copyPath("/a.b/song.v2.mp3", "-normalized", "wav"), "/a.b/song.v2-normalized.wav");
    assert.equal(copyPath("C:\\x\\song", "", "flac"), "C:\\x\\song.flac");
    assert.equal(copyPath("/a/.wav", "", "flac"), "/a/.wav.flac");
  });
  it("are numbered where they are taken", () => {
    const taken = new Set(["/a/b.wav", "/a/b 2.wav"]);
    assert.equal(
      freePath("/a/b.wav", (path) => taken.has(path)),
      "/a/b 3.wav",
    );
    assert.equal(
      freePath("/a/c.wav", (path) => taken.has(path)),
      "/a/c.wav",
    );
  });
  it("never meet a source or one another", () => {
    assert.deepEqual(conversionTargets(["/a/x.mp3", "/a/x.wav", "/a/x.ogg"], "wav"), [
      "/a/x-converted.wav",
      "/a/x-converted 2.wav",
      "/a/x-converted 3.wav",
    ]);
    const name = fc.constantFrom("a", "a-converted", "a-converted 2", "b");
    const path = fc
      .tuple(name, fc.constantFrom("wav", "flac", "mp3"))
      .map(([stem, end]) => `/m/${stem}.${end}`);
    fc.assert(
      fc.property(fc.uniqueArray(path), fc.constantFrom("wav", "flac"), (sources, extension) => {
        const targets = conversionTargets(sources, extension);
        assert.equal(new Set([...sources, ...targets]).size, sources.length + targets.length);
        for (const target of targets) assert.ok(target.endsWith(`.${extension}`));
      }),
    );
  });
});
