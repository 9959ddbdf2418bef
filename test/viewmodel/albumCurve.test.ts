import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { albumCurve, songAt, type CurveSong } from "../../src/viewmodel/albumCurve.js";

const song = (duration: number, change: Partial<CurveSong> = {}): CurveSong => ({
  title: "Song",
  duration,
  gap: 0,
  before: Array.from({ length: Math.floor(duration) }, () => -20),
  after: [],
  ...change,
});

describe("albumCurve", () => {
  it("lays songs out one after the other, gaps included", () => {
    const { spans } = albumCurve([song(3.5, { gap: 2 }), song(4, { gap: 9 })]);
    assert.deepEqual(
      spans.map(({ start, end }) => [start, end]),
      [
        [0, 3.5],
        [5.5, 9.5],
      ],
    );
  });
  it("puts each value at the end of the time that it was measured over", () => {
    const { times, before } = albumCurve([song(2.5, { before: [-20, -19] })]);
    assert.deepEqual(times.slice(0, 2), [1, 2]);
    assert.deepEqual(before.slice(0, 2), [-20, -19]);
  });
  it("breaks both lines between songs without a gap", () => {
    const { times, before, after } = albumCurve([song(2), song(2)]);
    assert.deepEqual(times, [1, 2, 2.5, 3, 4, 4.5]);
    assert.deepEqual(before, [-20, -20, null, -20, -20, null]);
    assert.deepEqual(after, [null, null, null, null, null, null]);
  });
  it("leaves out the silence that a master carries after the song", () => {
    const { after } = albumCurve([song(2, { after: [-14, -14, null, null], gap: 2 })]);
    assert.deepEqual(after, [-14, -14, null]);
  });
  it("has times that only increase, whatever the songs", () => {
    const anySong = fc.record({
      title: fc.string(),
      duration: fc.double({ min: 0, max: 30, noNaN: true }),
      gap: fc.double({ min: 0, max: 5, noNaN: true }),
      before: fc.array(fc.option(fc.double({ min: -70, max: 0, noNaN: true })), { maxLength: 30 }),
      after: fc.array(fc.option(fc.double({ min: -70, max: 0, noNaN: true })), { maxLength: 30 }),
    });
    fc.assert(
      fc.property(fc.array(anySong, { maxLength: 6 }), (songs) => {
        const { times, before, after } = albumCurve(songs);
        assert.ok(times.every((time, i) => i === 0 || time > times[i - 1]!));
        assert.equal(before.length, times.length);
        assert.equal(after.length, times.length);
      }),
    );
  });
});

it("songAt names the song that sounds, and the earlier one in a gap", () => {
  const { spans } = albumCurve([song(3, { gap: 2 }), song(3)]);
  assert.equal(songAt(spans, 0), 0);
  assert.equal(songAt(spans, 4), 0);
  assert.equal(songAt(spans, 5), 1);
  assert.equal(songAt(spans, 99), 1);
  assert.equal(songAt([], 1), -1);
});
