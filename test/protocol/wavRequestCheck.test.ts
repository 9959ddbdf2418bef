import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { checkWavRequest } from "../../src/protocol/wavRequestCheck.js";

const RANGE = { start: 10, end: 20 };
const BEXT = {
  ...{ description: "", originator: "", originatorReference: "" },
  ...{ originationDate: "2026-11-24", originationTime: "20:25:00", codingHistory: "" },
};
const SPECTROGRAM = {
  ...{ revision: 3, level: 9, first: 0, count: 512, rows: 300 },
  ...{ size: 2048, window: "hann", scale: "mel" },
};

const GOOD: readonly (readonly [string, unknown])[] = [
  ["open", null],
  ["peaks", { revision: 0, level: 0, first: 0, count: 512 }],
  ["peaks", { revision: 7, level: 30, first: 2 ** 33, count: 1 }],
  ["spectrogram", SPECTROGRAM],
  ["spectrum", { revision: 1, range: RANGE }],
  ["measure", { revision: 1, range: { start: 5, end: 5 } }],
  ["sound", { revision: 1, start: 0, count: 48000 }],
  ["copy", RANGE],
  ["act", "save"],
  ["inserts", null],
  ["typing", true],
  ["dismissNotice", 0],
  ["settings", {}],
  ["settings", { tempo: 96, spectrogramRange: [-110, 0] }],
  ["edit", { type: "trim", range: RANGE }],
  ["edit", { type: "gain", range: RANGE, gain: -6 }],
  ["edit", { type: "gain", range: RANGE, gain: -Infinity, channels: [1] }],
  ["edit", { type: "fade", range: RANGE, direction: "in", shape: "sCurve" }],
  ["edit", { type: "normalize", range: RANGE, to: "loudness", level: -14 }],
  ["edit", { type: "inserts", range: RANGE, inserts: [{ type: "gain", gain: 3 }] }],
  ["chooseImpulse", null],
  ["impulse", "/rooms/hall.wav"],
  ["edit", { type: "tags", tags: { info: { INAM: "Name" }, bext: BEXT } }],
  ["edit", { type: "markers", markers: [{ frame: 1, label: "Intro", lengthFrames: 0 }] }],
  ["edit", { type: "format", format: { bitDepth: "32f", dither: "none" } }],
];

const BAD: readonly (readonly [string, unknown])[] = [
  ["nothing", null],
  ["impulse", 7],
  ["toString", null],
  ["__proto__", null],
  ["open", {}],
  ["peaks", null],
  ["peaks", { revision: 0, level: 31, first: 0, count: 512 }],
  ["peaks", { revision: 0, level: -1, first: 0, count: 512 }],
  ["peaks", { revision: 0, level: 0, first: 0.5, count: 512 }],
  ["peaks", { revision: 0, level: 0, first: 0, count: 1e9 }],
  ["peaks", { revision: 0, level: 0, first: 0, count: 512, more: 1 }],
  ["spectrogram", { ...SPECTROGRAM, size: 2047 }],
  ["spectrogram", { ...SPECTROGRAM, rows: 1e6 }],
  ["spectrogram", { ...SPECTROGRAM, level: -1 }],
  ["measure", { revision: 1, range: { start: 20, end: 10 } }],
  ["measure", { revision: 1, range: { start: 0, end: Infinity } }],
  ["sound", { revision: 1, start: 0, count: 2 ** 30 }],
  ["sound", { revision: 1, start: "0", count: 1 }],
  ["copy", [10, 20]],
  ["act", "rm"],
  ["typing", 1],
  ["dismissNotice", -1],
  ["settings", { tempo: NaN }],
  ["settings", { unknown: 1 }],
  ["settings", []],
  ["edit", { type: "explode", range: RANGE }],
  ["edit", { type: "constructor", range: RANGE }],
  ["edit", { type: "trim" }],
  ["edit", { type: "gain", range: RANGE, gain: NaN }],
  ["edit", { type: "gain", range: RANGE, gain: null }],
  ["edit", { type: "gain", range: RANGE, gain: 0, channels: [0.5] }],
  ["edit", { type: "resample", sampleRate: 0 }],
  ["edit", { type: "normalize", range: RANGE, to: "loudness", level: 400 }],
  ["edit", { type: "tags", tags: { info: { TOOLONG: "x" }, bext: null } }],
  ["edit", { type: "tags", tags: { info: { INAM: 3 }, bext: null } }],
  ["edit", { type: "tags", tags: { info: {}, bext: { ...BEXT, originator: "x".repeat(33) } } }],
  [
    "edit",
    {
      type: "markers",
      markers: Array.from({ length: 10_001 }, () => ({ frame: 0, label: "", lengthFrames: 0 })),
    },
  ],
  ["edit", { type: "inserts", range: RANGE, inserts: [{ type: "gain", name: "x".repeat(30_000) }] }],
];

describe("checkWavRequest", () => {
  it("lets through what the requests take, as it is", () => {
    for (const [name, params] of GOOD) assert.equal(checkWavRequest(name, params), params);
  });
  for (const [name, params] of BAD) {
    it(`refuses ${name} with ${String(JSON.stringify(params)).slice(0, 80)}`, () => {
      assert.throws(() => checkWavRequest(name, params), TypeError);
    });
  }
  it("answers any value with itself or a TypeError", () => {
    fc.assert(
      fc.property(fc.constantFrom(...GOOD.map(([name]) => name)), fc.anything(), (name, params) => {
        try {
          assert.equal(checkWavRequest(name, params), params);
        } catch (error) {
          assert.ok(error instanceof TypeError, String(error));
        }
      }),
      { seed: 5, numRuns: 3000 },
    );
  });
});
