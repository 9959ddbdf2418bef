import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { balanceGains, panGains } from "../../src/engine/mixPlan.js";

const pan = fc.double({ min: -1, max: 1, noNaN: true });
const toDb = (gain: number): number => 20 * Math.log10(gain);
/** Rounding of a few operations in double precision. */
const EXACT = 1e-12;

describe("panGains", () => {
  it("has the law's level at the centre and 0 dB at the sides", () => {
    for (const law of [-6, -4.5, -3]) {
      const [left, right] = panGains(0, law);
      // The law is named by its rounded figure: -3 stands for -3.0103 dB.
      assert.ok(Math.abs(toDb(left) - law * (3.0103 / 3)) < 1e-4);
      assert.ok(Math.abs(left - right) < EXACT);
      assert.deepEqual(panGains(-1, law), [1, 0]);
      assert.ok(Math.abs(panGains(1, law)[0]) < 1e-8 && Math.abs(panGains(1, law)[1] - 1) < EXACT);
    }
  });

  it("keeps the power constant at -3 dB", () => {
    fc.assert(
      fc.property(pan, (position) => {
        const [left, right] = panGains(position, -3);
        assert.ok(Math.abs(left ** 2 + right ** 2 - 1) < EXACT);
      }),
    );
  });

  it("is its own mirror image", () => {
    fc.assert(
      fc.property(pan, fc.constantFrom(-6, -4.5, -3), (position, law) => {
        const [left, right] = panGains(position, law);
        const [mirroredLeft, mirroredRight] = panGains(-position, law);
        assert.ok(Math.abs(left - mirroredRight) < 1e-8 && Math.abs(right - mirroredLeft) < 1e-8);
      }),
    );
  });
});

describe("balanceGains", () => {
  it("turns down the far side only", () => {
    assert.deepEqual(balanceGains(0), [1, 1]);
    assert.deepEqual(balanceGains(1), [0, 1]);
    assert.deepEqual(balanceGains(-0.5), [1, 0.5]);
  });
});
