import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { loudnessRange, loudnessTicks, loudnessToPosition } from "../../src/viewmodel/loudnessScale.js";

/** LUFS, to a hundredth. */
const lufs = fc.integer({ min: -6900, max: 500 }).map((hundredths) => hundredths / 100);

describe("loudnessRange", () => {
  it("is that of records if all values lie in it", () => {
    assert.deepEqual(loudnessRange([]), { low: -25, high: -5 });
    assert.deepEqual(loudnessRange([-14, null, undefined, -Infinity]), { low: -25, high: -5 });
  });
  it("grows by whole steps to hold every value", () => {
    assert.deepEqual(loudnessRange([-31.2, -3]), { low: -35, high: 0 });
    fc.assert(
      fc.property(fc.array(lufs), (values) => {
        const { low, high } = loudnessRange(values);
        return low % 5 === 0 && high % 5 === 0 && values.every((value) => value >= low && value <= high);
      }),
    );
  });
});

describe("loudnessToPosition", () => {
  const range = { low: -25, high: -5 };
  it("runs from 0 at the low end to 1 at the high end", () => {
    assert.equal(loudnessToPosition(-25, range), 0);
    assert.equal(loudnessToPosition(-15, range), 0.5);
    assert.equal(loudnessToPosition(-5, range), 1);
  });
  it("stops at the ends, and puts no value at the low one", () => {
    assert.equal(loudnessToPosition(-60, range), 0);
    assert.equal(loudnessToPosition(3, range), 1);
    assert.equal(loudnessToPosition(null, range), 0);
  });
});

it("loudnessTicks are even steps within the range, at most as many as asked for", () => {
  assert.deepEqual(loudnessTicks({ low: -25, high: -5 }, 5), [-25, -20, -15, -10, -5]);
  assert.deepEqual(loudnessTicks({ low: -40, high: 0 }, 5), [-40, -30, -20, -10, 0]);
  assert.deepEqual(loudnessTicks({ low: -25, high: 0 }, 5), [-20, -10, 0]);
  fc.assert(
    fc.property(fc.array(lufs), fc.integer({ min: 1, max: 12 }), (values, most) => {
      const range = loudnessRange(values);
      const ticks = loudnessTicks(range, most);
      assert.ok(ticks.length >= 1 && ticks.length <= most);
      assert.ok(ticks.every((tick) => tick >= range.low && tick <= range.high));
    }),
  );
});
