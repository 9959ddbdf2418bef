import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Dsp } from "../../src/engine/dsp.js";
import { createInsert } from "../../src/engine/inserts.js";
import { INSERT_TABLE, insertSchema, type Insert } from "../../src/session/insertTable.js";
import { noise } from "./processorBench.js";

const FRAMES = 6000;

/** Settings that make a processor work. */
const SETTINGS: Readonly<Record<string, object>> = {
  gain: { gain: -5, channels: "mono", dcFilter: true },
  eq: {
    bands: [
      { type: "highpass", frequency: 90, slope: 24 },
      { type: "peak", frequency: 2500, gain: 5 },
    ],
  },
  compressor: { threshold: -30, lookahead: 2, sidechainHighpass: 120, mix: 70 },
};

describe("processors that take a mono signal", () => {
  it("gain: not with one side inverted", () => {
    const dsp = new Dsp();
    for (const [polarity, isMono] of [
      ["normal", true],
      ["inverted", true],
      ["left", false],
      ["right", false],
    ] as const) {
      const processor = createInsert(dsp, insertSchema.parse({ type: "gain", polarity }), 48_000);
      assert.equal(Boolean(dsp.exports.processorIsMono(processor)), isMono, polarity);
    }
  });
  const { exports } = new Dsp();
  for (const [type, { kind }] of Object.entries(INSERT_TABLE)) {
    if (!exports.processorIsMono(exports.processorNew(kind, 48_000))) continue;
    for (const isKeyed of [false, true]) {
      it(`${type}: gives what its left side gives for that signal on both sides${isKeyed ? ", with a stereo key" : ""}`, () => {
        const insert = insertSchema.parse({ type, ...SETTINGS[type] });
        const stereo = run(insert, false, isKeyed);
        const mono = run(insert, true, isKeyed);
        assert.ok(stereo.some((sample) => sample !== 0));
        assert.deepEqual(mono, stereo);
      });
    }
  }
});

function run(insert: Insert, isMono: boolean, isKeyed: boolean): Float32Array {
  const dsp = new Dsp();
  const processor = createInsert(dsp, insert, 48_000);
  const [left, other, keyLeft, keyRight] = [0, 0, 0, 0].map(() => dsp.allocate(FRAMES * 4)) as [
    number,
    number,
    number,
    number,
  ];
  const right = isMono ? left : other;
  const input = noise(FRAMES, 1).left;
  const key = noise(FRAMES, 2);
  for (const side of [left, right]) dsp.float32(side, FRAMES).set(input);
  dsp.float32(keyLeft, FRAMES).set(key.left);
  dsp.float32(keyRight, FRAMES).set(key.right);
  for (let at = 0; at < FRAMES; at += 500) {
    const [l, r, kl, kr] = [left, right, isKeyed ? keyLeft : left, isKeyed ? keyRight : right].map(
      (side) => side + at * 4,
    ) as [number, number, number, number];
    dsp.exports.processorProcessKeyed(processor, l, r, kl, kr, 500);
  }
  return dsp.float32(left, FRAMES).slice();
}
