import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { crossfades } from "../../src/engine/crossfades.js";
import { crossings } from "../../src/viewmodel/crossings.js";

describe("crossfades as the timeline draws them", () => {
  it("are those that the engine makes", () => {
    const clips = fc.array(
      fc.record({
        start: fc.integer({ min: 0, max: 40 }),
        length: fc.integer({ min: 1, max: 30 }),
        hasFadeIn: fc.boolean(),
        hasFadeOut: fc.boolean(),
      }),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(clips, (list) => {
        const sorted = [...list].sort((a, b) => a.start - b.start);
        const drawn = crossings(
          sorted.map((each) => ({ ...each, end: each.start + each.length, isSilent: false })),
        );
        crossfades(sorted).forEach((fades, i) => {
          const longest = (isRising: boolean): number =>
            Math.max(0, ...fades.filter((fade) => fade.isRising === isRising).map(({ length }) => length));
          assert.deepEqual(drawn[i], { fadeIn: longest(true), fadeOut: longest(false) });
        });
      }),
    );
  });
  it("are none where a clip is muted", () => {
    const base = { hasFadeIn: false, hasFadeOut: false };
    const list = [
      { ...base, start: 0, end: 5, isSilent: false },
      { ...base, start: 4, end: 9, isSilent: true },
    ];
    assert.deepEqual(crossings(list), [
      { fadeIn: 0, fadeOut: 0 },
      { fadeIn: 0, fadeOut: 0 },
    ]);
  });
});
