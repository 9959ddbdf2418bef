import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { NullTest } from "../../../src/mastering/compare/nullTest.js";
import { noise } from "../../dsp/processorBench.js";

const RATE = 1000;
const { left, right } = noise(2500, 3);
const stereo = (map: (value: number, i: number) => number): [Float32Array, Float32Array] => [
  left.map(map),
  right.map(map),
];
const tested = (a: [Float32Array, Float32Array], b: [Float32Array, Float32Array]) => {
  const test = new NullTest(RATE);
  for (const [from, to] of [
    [0, 700],
    [700, 2500],
  ] as const)
    test.take(
      [a[0].subarray(from, to), a[1].subarray(from, to)],
      [b[0].subarray(from, to), b[1].subarray(from, to)],
    );
  return test.finish();
};

describe("the null test", () => {
  it("leaves nothing of a sound without itself", () => {
    const same = stereo((value) => value);
    const { isNull, peak, level, curve } = tested(same, same);
    assert.deepEqual([isNull, peak, level, curve], [true, null, null, [null, null, null]]);
  });

  it("knows a gain, and that nothing is left with it", () => {
    const half = 10 ** (-6 / 20);
    const { isNull, level, matchedGain, matchedLevel } = tested(
      stereo((v) => v),
      stereo((v) => v * half),
    );
    assert.equal(isNull, false);
    // What is left is (1 - half) of a, against half of it.
    assert.ok(Math.abs(level! - 20 * Math.log10((1 - half) / half)) < 0.01);
    assert.equal(matchedGain, -6);
    assert.ok(matchedLevel === null || matchedLevel < -120);
  });

  it("finds the place of a difference", () => {
    const { peak, peakTime, curve } = tested(
      stereo((v) => v),
      stereo((v, i) => (i === 1234 ? v + 0.5 : v)),
    );
    assert.ok(Math.abs(peak! + 6.02) < 0.01);
    assert.equal(peakTime, 1.234);
    assert.deepEqual([curve[0], curve[2]], [null, null]);
    // One frame of both sides among 2000 samples of the second.
    assert.ok(Math.abs(curve[1]! - 10 * Math.log10((2 * 0.25) / 2000)) < 0.01);
  });
});
