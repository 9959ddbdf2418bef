import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { TrackRows } from "../../src/viewmodel/trackRows.js";
import { snapped, snappedShift } from "../../src/viewmodel/snapping.js";

describe("rows of tracks", () => {
  const rows = new TrackRows([40, 60, 40]);

  it("lie below each other", () => {
    assert.equal(rows.height, 140);
    assert.deepEqual(rows.row(1), { index: 1, top: 40, height: 60 });
    assert.equal(rows.at(39.9)?.index, 0);
    assert.equal(rows.at(40)?.index, 1);
    assert.equal(rows.at(140), undefined);
    assert.equal(rows.at(-1), undefined);
  });

  it("are in sight when a part of them is", () => {
    const shown = (top: number, bottom: number) => rows.between(top, bottom).map(({ index }) => index);
    assert.deepEqual(shown(0, 40), [0]);
    assert.deepEqual(shown(39, 101), [0, 1, 2]);
    assert.deepEqual(shown(200, 300), []);
    assert.deepEqual(new TrackRows([]).between(0, 100), []);
  });
});

describe("snapping", () => {
  it("goes to the nearest place within reach", () => {
    assert.equal(snapped(10.4, [0, 10, 11], 1), 10);
    assert.equal(snapped(13, [0, 10, 11], 1), 13);
  });

  it("moves a stretch by the end that is nearer to a place", () => {
    assert.equal(snappedShift([10.4, 15.9], [10, 16], 1).toFixed(3), "0.100");
    assert.equal(snappedShift([12.5, 13.5], [10, 16], 1), 0);
  });
});
