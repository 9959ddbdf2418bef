import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { correlatePair } from "../../src/engine/pairCorrelation.js";
import { seededRandom } from "../../src/units/random.js";

const RATE = 8000;

function noise(seed: number): Float32Array {
  const random = seededRandom(seed);
  return Float32Array.from({ length: RATE }, () => random() * 2 - 1);
}

describe("correlation of a pair", () => {
  const source = noise(1);
  const later = (frames: number, factor: number): Float32Array =>
    source.map((_, i) => factor * (source[i - frames] ?? 0));

  for (const [frames, factor] of [
    [0, 1],
    [0, -0.2],
    [17, -1],
    [-23, 0.5],
  ] as const) {
    it(`finds the source ${frames} frames later with the factor ${factor}`, () => {
      const { peak, lag } = correlatePair(source, later(frames, factor), RATE);
      assert.ok(Math.abs(peak - Math.sign(factor)) < 0.01);
      assert.equal(lag, frames / RATE);
    });
  }

  it("finds nothing in strangers and in silence", () => {
    assert.ok(Math.abs(correlatePair(source, noise(2), RATE).peak) < 0.06);
    assert.deepEqual(correlatePair(source, new Float32Array(RATE), RATE), { peak: 0, lag: 0 });
  });
});
