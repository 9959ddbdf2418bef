import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import {
  clipEnd,
  faded,
  moved,
  passLength,
  slipped,
  trimmedEnd,
  trimmedStart,
  type ClipChange,
  type ClipValues,
} from "../../src/viewmodel/clipEdits.js";

const DURATION = 10;
const clip = (values: Partial<ClipValues> = {}): ClipValues => ({
  ...{ start: 4, offset: 2, speed: 1, loop: 1, reverse: false },
  ...values,
});
const changed = (values: ClipValues, change: ClipChange): ClipValues =>
  ({ ...values, ...change }) as ClipValues;

/** Second of the file that is heard at `at` on the timeline. */
function heard(values: ClipValues, at: number): number {
  const { start, offset, speed, reverse } = values;
  const into = (at - start) * speed;
  return reverse ? offset + passLength(values, DURATION) * speed - into : offset + into;
}

const anyClip = fc
  .record({
    start: fc.double({ min: 0, max: 100, noNaN: true }),
    offset: fc.double({ min: 0, max: 8, noNaN: true }),
    length: fc.option(fc.double({ min: 0.1, max: 12, noNaN: true }), { nil: undefined }),
    speed: fc.constantFrom(0.5, 1, 2),
    reverse: fc.boolean(),
  })
  .map((values) => clip(values));
const anyStep = fc.double({ min: -20, max: 20, noNaN: true });

describe("edits of clips by hand", () => {
  it("end where the file ends, or after their passes", () => {
    assert.equal(clipEnd(clip(), DURATION), 12);
    assert.equal(clipEnd(clip({ length: 3, loop: 4 }), DURATION), 16);
    assert.equal(clipEnd(clip({ speed: 2 }), DURATION), 8);
  });

  it("move no further than to the start of the song", () => {
    assert.deepEqual(moved(clip(), -9), { start: 0 });
    assert.deepEqual(moved(clip(), 0.1234567), { start: 4.123457 });
  });

  it("keep what sounds in its place when an edge is trimmed, and stay within the file", () => {
    fc.assert(
      fc.property(anyClip, anyStep, fc.boolean(), (values, by, isStart) => {
        const after = changed(values, (isStart ? trimmedStart : trimmedEnd)(values, DURATION, by));
        const middle = Math.max(after.start, values.start);
        assert.ok(Math.abs(heard(after, middle) - heard(values, middle)) < 1e-5);
        assert.ok(after.start >= 0 && after.offset >= -1e-6);
        const length = passLength(after, DURATION);
        assert.ok(after.offset + length * after.speed <= DURATION + 1e-5);
        assert.ok(length >= 0.001 - 2e-6);
      }),
    );
  });

  it("slip what sounds by as much as the hand moves", () => {
    fc.assert(
      fc.property(anyClip, anyStep, (values, by) => {
        const after = changed(values, slipped(values, DURATION, by));
        const most = DURATION - passLength(values, DURATION) * values.speed;
        assert.ok(after.offset >= 0 && after.offset <= most + 1e-5);
        if (after.offset > 1e-6 && after.offset < most - 1e-6)
          assert.ok(Math.abs(heard(after, values.start + by) - heard(values, values.start)) < 1e-4);
      }),
    );
  });

  it("get more passes when the end of a loop is pulled", () => {
    const loop = clip({ length: 2, loop: 3 });
    assert.deepEqual(trimmedEnd(loop, DURATION, 3.1), { loop: 5 });
    assert.deepEqual(trimmedEnd(loop, DURATION, -90), { loop: 1 });
    assert.deepEqual(trimmedStart(loop, DURATION, 3.1), { start: 8, loop: 1 });
    assert.deepEqual(trimmedStart(loop, DURATION, -90), { start: 0, loop: 5 });
  });

  it("fade no longer than they are; none at all is no key", () => {
    assert.deepEqual(faded(clip(), DURATION, "fadeIn", 99), { fadeIn: { length: 8, shape: "linear" } });
    const curved = clip({ fadeOut: { length: 1, shape: "sCurve" } });
    assert.deepEqual(faded(curved, DURATION, "fadeOut", 2), { fadeOut: { length: 2, shape: "sCurve" } });
    assert.deepEqual(faded(curved, DURATION, "fadeOut", 0.0001), { fadeOut: undefined });
  });
});
