import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { revealStrip, stripWindow } from "../../src/viewmodel/stripWindow.js";

describe("the strips in sight", () => {
  it("are few however many there are, and hold every strip that shows", () => {
    fc.assert(
      fc.property(
        fc.record({
          count: fc.integer({ min: 0, max: 512 }),
          scroll: fc.integer({ min: 0, max: 60_000 }),
          width: fc.integer({ min: 0, max: 3000 }),
          step: fc.constantFrom(62, 100),
        }),
        ({ count, scroll, width, step }) => {
          const { first, end } = stripWindow(scroll, width, step, count);
          assert.ok(first >= 0 && end <= count && first <= end);
          assert.ok(end - first <= width / step + 6);
          for (let i = 0; i < count; i++) {
            const shows = (i + 1) * step > scroll && i * step < scroll + width;
            if (shows) assert.ok(i >= first && i < end);
          }
        },
      ),
    );
  });
  it("are brought into sight by the shortest way", () => {
    assert.equal(revealStrip(0, 500, 300, 100), 0);
    assert.equal(revealStrip(6, 500, 300, 100), 500);
    assert.equal(revealStrip(9, 500, 300, 100), 700);
  });
});
