import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import wavefile from "wavefile";
import { formatBext, parseBext } from "../../src/audio/tags/bext.js";
import { formatCues, parseCues, parseLoops } from "../../src/audio/tags/cue.js";
import { formatInfo, INFO_IDS, parseInfo } from "../../src/audio/tags/info.js";
import { dB } from "../../src/units/decibels.js";
import { lu, lufs } from "../../src/units/loudness.js";
import { bytesOf, concat, counting, data, fmt, u16, u32, wav } from "./wavFixtures.js";

describe("bext", () => {
  const extension = {
    description: "Night Drive – take 3",
    originator: "Headroom",
    originatorReference: "X",
    originationDate: "2026-01-31",
    originationTime: "23:59:59",
    timeReferenceFrames: 2 ** 40 + 1,
    umid: counting(64),
    loudness: {
      integrated: lufs(-14.03),
      range: lu(6.5),
      maxTruePeak: dB(-1),
      maxMomentary: lufs(-9.99),
      maxShortTerm: lufs(-11),
    },
    codingHistory: "A=PCM,F=48000,W=24,M=stereo,T=Headroom\r\n",
  };

  it("gives back what was written", () => {
    assert.deepEqual(parseBext(formatBext(extension)), extension);
  });

  it("stores loudness as signed hundredths at the offsets of EBU Tech 3285, 0x7FFF for none", () => {
    const view = new DataView(
      formatBext({
        loudness: {
          integrated: lufs(-23),
          range: lu(100),
          maxTruePeak: dB(-Infinity),
          maxMomentary: lufs(-18.345),
        },
      }).buffer,
    );
    assert.deepEqual(
      [346, 412, 414, 416, 418, 420].map((at) => view.getInt16(at, true)),
      [2, -2300, 0x7fff, 0x7fff, -1835, 0x7fff],
    );
  });

  it("ignores the loudness fields of version 1, and values out of range", () => {
    const contents = formatBext(extension);
    contents.set(u16(0x8000), 412);
    assert.equal(parseBext(contents)!.loudness.integrated, undefined);
    contents[346] = 1;
    assert.deepEqual(parseBext(contents)!.loudness, {});
  });

  it("cuts long texts inside no character, and refuses a chunk too short", () => {
    const contents = formatBext({ originator: "ä".repeat(40), description: `${"x".repeat(255)}ä` });
    assert.equal(parseBext(contents)!.originator, "ä".repeat(16));
    assert.equal(parseBext(contents)!.description, "x".repeat(255));
    assert.equal(parseBext(contents.subarray(0, 601)), undefined);
  });
});

describe("LIST INFO", () => {
  const id = fc.stringMatching(/^[A-Z]{4}$/);
  const text = fc.string({ unit: "grapheme", minLength: 1 }).filter((value) => !value.includes("\0"));

  it("gives back any names and texts in order", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(id, text), { selector: ([name]) => name }), (entries) => {
        assert.deepEqual([...parseInfo(formatInfo(new Map(entries)))], entries);
      }),
      { seed: 2 },
    );
  });

  it("is read by wavefile", () => {
    const list = formatInfo(
      new Map([
        [INFO_IDS.title, "Night Drive"],
        [INFO_IDS.artist, "Us"],
      ]),
    );
    const file = new wavefile.WaveFile(
      wav("RIFF", fmt(1, 1, 16), { id: "LIST", bytes: list }, data(counting(4))),
    );
    assert.deepEqual([file.getTag("INAM"), file.getTag("IART")], ["Night Drive", "Us"]);
  });

  it("reads Latin-1 of old programs, and RIFX", () => {
    const latin1 = concat(bytesOf("INFOINAM"), u32(3), Uint8Array.of(0x66, 0xfc, 0x72), Uint8Array.of(0));
    assert.equal(parseInfo(latin1).get("INAM"), "für");
    const turned = concat(bytesOf("INFOINAM"), u32(2, true), bytesOf("ok"));
    assert.equal(parseInfo(turned, true).get("INAM"), "ok");
  });

  it("leaves out what is cut off, and lists of another type", () => {
    const list = formatInfo(
      new Map([
        ["INAM", "title"],
        ["IART", "artist"],
      ]),
    );
    assert.deepEqual([...parseInfo(list.subarray(0, list.length - 3)).keys()], ["INAM"]);
    assert.equal(parseInfo(concat(bytesOf("adtl"), list.subarray(4))).size, 0);
    assert.throws(() => formatInfo(new Map([["title", "x"]])), RangeError);
  });
});

describe("cue, labels and loops", () => {
  it("gives back markers and regions in the order of time", () => {
    const markers = [
      { frame: 48000, label: "Chorus", lengthFrames: 96000 },
      { frame: 0, label: "Intro", lengthFrames: 0 },
    ];
    const { cue, adtl } = formatCues(markers);
    assert.deepEqual(parseCues(cue, adtl), [...markers].reverse());
    assert.deepEqual(
      parseCues(cue).map(({ label }) => label),
      ["", ""],
    );
  });

  it("is read by wavefile", () => {
    const { cue, adtl } = formatCues([{ frame: 4800, label: "Verse", lengthFrames: 0 }]);
    const file = new wavefile.WaveFile(
      wav(
        "RIFF",
        fmt(1, 1, 16),
        { id: "cue ", bytes: cue },
        { id: "LIST", bytes: adtl },
        data(new Uint8Array(20000)),
      ),
    );
    const [point] = file.listCuePoints() as { position: number; label: string }[];
    assert.deepEqual([point!.position, point!.label], [100, "Verse"]);
  });

  it("reads loops, of which the file names the last frame", () => {
    const loop = (first: number, last: number) =>
      concat(u32(0), u32(0), u32(first), u32(last), u32(0), u32(0));
    const head = concat(new Uint8Array(28), u32(9), u32(0));
    assert.deepEqual(parseLoops(concat(head, loop(100, 199), loop(5, 3))), [
      { startFrame: 100, endFrame: 200 },
    ]);
  });

  it("survives any bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (bytes, bigEndian) => {
        parseCues(bytes, concat(bytesOf("adtl"), bytes), bigEndian);
        parseLoops(bytes, bigEndian);
        parseInfo(concat(bytesOf("INFO"), bytes), bigEndian);
        parseBext(concat(new Uint8Array(500), bytes), bigEndian);
      }),
      { seed: 4, numRuns: 500 },
    );
  });
});
