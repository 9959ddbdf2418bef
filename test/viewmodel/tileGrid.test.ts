import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { fallbackLevels, levelFor, tileAt, tileFrames, tilesOf } from "../../src/viewmodel/tileGrid.js";

describe("tile grid", () => {
  it("takes the coarsest level whose buckets fit into a column", () => {
    assert.equal(levelFor(1, 0, 30), 0);
    assert.equal(levelFor(1.99, 0, 30), 0);
    assert.equal(levelFor(2, 0, 30), 1);
    assert.equal(levelFor(1023, 0, 30), 9);
    assert.equal(levelFor(0.01, 0, 30), 0);
    assert.equal(levelFor(2 ** 40, 0, 30), 30);
    assert.equal(levelFor(1, 5, 30), 5);
  });
  it("covers a span with neighbouring tiles, and nothing beyond the audio", () => {
    const whole = fc.record({
      start: fc.double({ min: -1e6, max: 1e6, noNaN: true }),
      length: fc.double({ min: 1, max: 1e6, noNaN: true }),
      level: fc.integer({ min: 0, max: 12 }),
      frames: fc.integer({ min: 1, max: 2_000_000 }),
    });
    fc.assert(
      fc.property(whole, ({ start, length, level, frames }) => {
        const tiles = tilesOf({ start, end: start + length }, level, 512, frames);
        const [from, to] = [Math.max(0, start), Math.min(frames, start + length)];
        if (to <= from) return assert.equal(tiles.length, 0);
        const size = tileFrames(level, 512);
        assert.ok(tiles[0]!.index * size <= from);
        assert.ok((tiles.at(-1).index + 1) * size >= to);
        assert.ok(tiles.at(-1).index * size < to);
        tiles.forEach(({ index }, i) => assert.equal(index, tiles[0]!.index + i));
        assert.equal(tiles[0]!.index, tileAt(from, level, 512));
      }),
    );
  });
  it("falls back on coarser levels first, then on finer ones, within the bounds", () => {
    assert.deepEqual(fallbackLevels(28, 0, 30), [29, 30, 27, 26, 25]);
    assert.deepEqual(fallbackLevels(1, 0, 3), [2, 3, 0]);
  });
});
