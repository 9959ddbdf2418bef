import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { listenMatrix, type Listening } from "../../src/viewmodel/listening.js";

const matrix = (mode: Listening["mode"], channels: number, mask = 0, silenced: number[] = []) =>
  listenMatrix({ mode, silenced }, channels, mask);
const C = Math.SQRT1_2;

describe("listening", () => {
  it("passes stereo and mono untouched", () => {
    assert.deepEqual(matrix("stereo", 2), [[1, 0], [0, 1]]); // prettier-ignore
    assert.deepEqual(matrix("stereo", 1), [[1], [1]]);
  });

  it("folds 5.1, back or side, and 7.1 down as BS.775 says", () => {
    const expected = [
      [1, 0, C, 0, C, 0],
      [0, 1, C, 0, 0, C],
    ];
    for (const mask of [0, 0x3f, 0x60f]) assert.deepEqual(matrix("stereo", 6, mask), expected);
    assert.deepEqual(matrix("stereo", 8, 0x63f), [
      [1, 0, C, 0, C, 0, C, 0],
      [0, 1, C, 0, 0, C, 0, C],
    ]);
  });

  it("hears one side, one channel, middle and side, the same on both ears", () => {
    for (const [mode, factors] of [
      ["left", [1, 0]],
      ["right", [0, 1]],
      ["mid", [0.5, 0.5]],
      ["mono", [0.5, 0.5]],
      ["side", [0.5, -0.5]],
      [1, [0, 1]],
    ] as const)
      assert.deepEqual(matrix(mode, 2), [factors, factors]);
    assert.deepEqual(matrix(3, 6)[0], [0, 0, 0, 1, 0, 0]);
  });

  it("leaves silenced channels out", () => {
    assert.deepEqual(matrix("stereo", 6, 0, [0, 2]), [
      [0, 0, 0, 0, C, 0],
      [0, 1, 0, 0, 0, C],
    ]);
    assert.deepEqual(matrix(1, 2, 0, [1])[0], [0, 0]);
  });
});
