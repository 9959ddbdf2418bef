/** EBU Tech 3342 (version 4, 2023), table 1; cases 5 and 6 are authentic programmes. Tolerance: the document's 1 LU. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { SAMPLE_RATES, SILENCE, measureTone } from "./toneMeter.js";

const CASES: readonly [levels: readonly number[], range: number][] = [
  [[-20, -30], 10],
  [[-20, -15], 5],
  [[-40, -20], 20],
  [[-50, -35, -20, -35, -50], 15],
];
const TOLERANCE = 1;
const SECTION_SECONDS = 20;

for (const rate of SAMPLE_RATES) {
  describe(`EBU Tech 3342 at ${rate} Hz`, () => {
    CASES.forEach(([levels, range], i) => {
      it(`case ${i + 1}: ${levels.join(", ")} dBFS`, () => {
        const { lra } = measureTone(
          rate,
          levels.map((level) => [level, SECTION_SECONDS] as const),
        );
        assert.ok(lra !== null && Math.abs(lra - range) <= TOLERANCE, `${lra} LU`);
      });
    });
  });
}

describe("loudness range", () => {
  it("is 0 for a steady tone", () => assert.equal(measureTone(48000, [[-23, 10]]).lra?.toFixed(3), "0.000"));
  it("is not changed by silence", () => {
    const lra = measureTone(48000, [
      [-20, 20],
      [-30, 20],
      [SILENCE, 60],
    ]).lra;
    assert.ok(lra !== null && Math.abs(lra - 10) <= TOLERANCE, `${lra} LU`);
  });
  it("has no value before the first whole 3 s, and none for silence", () => {
    assert.equal(measureTone(48000, [[-20, 2.99]]).lra, null);
    assert.equal(measureTone(48000, [[SILENCE, 10]]).lra, null);
  });
});
