import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Dsp } from "../../../src/engine/dsp.js";
import { createInsert } from "../../../src/engine/inserts.js";
import { INSERT_TABLE, insertSchema, type Insert } from "../../../src/session/insertTable.js";
import { noise } from "../processorBench.js";

const FRAMES = 9000;
const RATE = 48_000;

interface Stereo {
  readonly left: Float32Array;
  readonly right: Float32Array;
}

/** Settings under which each processor changes the sound, and delays it where it can. */
const SETTINGS: Readonly<Record<string, object>> = {
  eq: { bands: [{ type: "peak", frequency: 2500, gain: 8 }] },
  compressor: { threshold: -40, ratio: 4, lookahead: 3 },
  deesser: { threshold: -40 },
  saturator: { drive: 12 },
  multiband: { bands: [{ frequency: 400, threshold: -40, ratio: 4 }, { threshold: -40 }] },
  transient: { attack: 8 },
};

function run(
  insert: Insert,
  input: Stereo,
  blocks: readonly number[] = [FRAMES],
): Stereo & { latency: number } {
  const dsp = new Dsp();
  const processor = createInsert(dsp, insert, RATE);
  const [left, right] = [dsp.allocate(FRAMES * 4), dsp.allocate(FRAMES * 4)];
  dsp.float32(left, FRAMES).set(input.left);
  dsp.float32(right, FRAMES).set(input.right);
  for (let at = 0, i = 0; at < FRAMES; i++) {
    const count = Math.min(FRAMES - at, blocks[i % blocks.length]!);
    dsp.exports.processorProcess(processor, left + 4 * at, right + 4 * at, count);
    at += count;
  }
  return {
    left: dsp.float32(left, FRAMES).slice(),
    right: dsp.float32(right, FRAMES).slice(),
    latency: dsp.exports.processorLatency(processor),
  };
}

const input = noise(FRAMES, 5);
const mid = input.left.map((value, i) => 0.5 * (value + input.right[i]!));
const side = input.left.map((value, i) => 0.5 * (value - input.right[i]!));
const delayed = (signal: Float32Array, frames: number): Float32Array => {
  const late = new Float32Array(FRAMES);
  late.set(signal.subarray(0, FRAMES - frames), frames);
  return late;
};

describe("a processor that works on a part of the stereo signal", () => {
  const types = Object.keys(INSERT_TABLE).filter((type) => {
    const { parameters } = INSERT_TABLE[type as keyof typeof INSERT_TABLE];
    return parameters.some(({ key }) => key === "processing");
  });
  it("is every one that masters by middle and sides", () =>
    assert.deepEqual(types.sort(), Object.keys(SETTINGS).sort()));

  for (const type of types) {
    const insert = (processing: string): Insert =>
      insertSchema.parse({ type, ...SETTINGS[type], processing });

    it(`${type}: does to the left what it does to it alone, and delays the right as much`, () => {
      const { left, right, latency } = run(insert("left"), input);
      const alone = run(insert("stereo"), { left: input.left, right: input.left });
      assert.deepEqual(left, alone.left);
      assert.notDeepEqual(left, delayed(input.left, latency));
      assert.deepEqual(right, delayed(input.right, latency));
    });

    it(`${type}: does to middle or sides what it does to a mono signal, and leaves the other alone`, () => {
      for (const [processing, part, rest, sign] of [
        ["mid", mid, side, 1],
        ["side", side, mid, -1],
      ] as const) {
        const { left, right, latency } = run(insert(processing), input);
        const alone = run(insert("stereo"), { left: part, right: part }).left;
        const other = delayed(rest, latency);
        for (let i = 0; i < FRAMES; i++) {
          assert.ok(Math.abs(0.5 * (left[i]! + sign * right[i]!) - alone[i]!) < 1e-6);
          assert.ok(Math.abs(0.5 * (left[i]! - sign * right[i]!) - other[i]!) < 1e-6);
        }
      }
    });

    it(`${type}: gives the same however the signal is cut`, () => {
      const whole = run(insert("side"), input);
      for (const blocks of [[64], [511, 128, 1], [4096]])
        assert.deepEqual(run(insert("side"), input, blocks), whole);
    });
  }
});
