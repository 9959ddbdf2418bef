import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { movedPoint, nearestPoint, placeOf } from "../../src/viewmodel/automationPoints.js";
import { curveLevel, type CurvePoint } from "../../src/viewmodel/curveLevel.js";

const POINTS: readonly CurvePoint[] = [
  [1, -6],
  [3, 0, "smooth"],
  [5, -12],
];

describe("breakpoints under a hand", () => {
  it("move up to their neighbours, and keep their shape", () => {
    assert.deepEqual(movedPoint(POINTS, 1, 2.5, -3)[1], [2.5, -3, "smooth"]);
    assert.deepEqual(movedPoint(POINTS, 1, 9, -3)[1], [4.999, -3, "smooth"]);
    assert.deepEqual(movedPoint(POINTS, 0, -4, 1)[0], [0, 1]);
    assert.deepEqual(movedPoint(POINTS, 2, 100, 1)[2], [100, 1]);
    assert.deepEqual(movedPoint(POINTS, 1, 2, 0)[0], POINTS[0]);
  });
  it("are put in order of time", () => {
    assert.deepEqual(
      [0, 1, 2, 3, 9].map((seconds) => placeOf(POINTS, seconds)),
      [0, 1, 1, 2, 3],
    );
  });
  it("are taken hold of within reach, the nearest first", () => {
    const places = [
      { x: 0, y: 0 },
      { x: 10, y: 0 },
    ];
    assert.equal(nearestPoint(places, { x: 6, y: 0 }, 8), 1);
    assert.equal(nearestPoint(places, { x: 4, y: 0 }, 8), 0);
    assert.equal(nearestPoint(places, { x: 5, y: 20 }, 8), undefined);
  });
});

describe("a curve as the timeline draws it", () => {
  it("holds before and after, and bends between", () => {
    assert.deepEqual(
      [0, 1, 2, 3, 4, 5, 99].map((seconds) => curveLevel(POINTS, seconds)),
      [-6, -6, -3, 0, -6, -12, -12],
    );
  });
  it("comes out of silence at -144 dB", () => {
    assert.equal(
      curveLevel(
        [
          [0, -Infinity],
          [2, 0],
        ],
        1,
      ),
      -72,
    );
    assert.equal(
      curveLevel(
        [
          [0, -Infinity],
          [2, 0],
        ],
        0,
      ),
      -Infinity,
    );
  });
});
