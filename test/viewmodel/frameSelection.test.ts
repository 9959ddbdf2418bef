import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  clampSelection,
  isEmpty,
  moveCursor,
  moveNearestEdge,
  nearestZeroCrossing,
  nextMark,
  selectionSpan,
  spanBetween,
} from "../../src/viewmodel/frameSelection.js";

describe("selection of frames", () => {
  it("runs from anchor to cursor, whichever comes first", () => {
    assert.deepEqual(selectionSpan({ anchor: 30, cursor: 10 }), { start: 10, end: 30 });
    assert.ok(isEmpty({ anchor: 5, cursor: 5 }));
  });
  it("follows the cursor only when it is extended", () => {
    assert.deepEqual(moveCursor({ anchor: 10, cursor: 20 }, 25.4, 100, true), { anchor: 10, cursor: 25 });
    assert.deepEqual(moveCursor({ anchor: 10, cursor: 20 }, 25.6, 100, false), { anchor: 26, cursor: 26 });
    assert.deepEqual(moveCursor({ anchor: 10, cursor: 20 }, -5, 100, true), { anchor: 10, cursor: 0 });
    assert.deepEqual(moveCursor({ anchor: 10, cursor: 20 }, 500, 100, true), { anchor: 10, cursor: 100 });
  });
  it("moves the nearer edge", () => {
    const selection = { anchor: 40, cursor: 10 };
    assert.deepEqual(selectionSpan(moveNearestEdge(selection, 5, 100)), { start: 5, end: 40 });
    assert.deepEqual(selectionSpan(moveNearestEdge(selection, 60, 100)), { start: 10, end: 60 });
  });
  it("keeps within audio that has become shorter", () => {
    assert.deepEqual(clampSelection({ anchor: 50, cursor: 90 }, 60), { anchor: 50, cursor: 60 });
  });
  it("finds the stretch between two marks, and the marks around", () => {
    const marks = [20, 50, 80];
    assert.deepEqual(spanBetween(marks, 60, 100), { start: 50, end: 80 });
    assert.deepEqual(spanBetween(marks, 50, 100), { start: 50, end: 80 });
    assert.deepEqual(spanBetween(marks, 5, 100), { start: 0, end: 20 });
    assert.deepEqual(spanBetween([], 5, 100), { start: 0, end: 100 });
    assert.equal(nextMark(marks, 50, 100, 1), 80);
    assert.equal(nextMark(marks, 50, 100, -1), 20);
    assert.equal(nextMark(marks, 90, 100, 1), 100);
    assert.equal(nextMark(marks, 10, 100, -1), 0);
  });
  it("finds the nearest zero crossing on either side", () => {
    const samples = Float32Array.of(1, 1, -1, -1, -1, -1, 1, 1);
    assert.equal(nearestZeroCrossing(samples, 3), 2);
    assert.equal(nearestZeroCrossing(samples, 5), 6);
    assert.equal(nearestZeroCrossing(Float32Array.of(1, 1, 1), 1), 1);
  });
});
