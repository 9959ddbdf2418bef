import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { residualChart } from "../../../src/mastering/compare/comparisonText.js";
import { textAt } from "../../../src/mastering/compare/textAt.js";

describe("a comparison in words", () => {
  it("draws what is left over time", () => {
    const [, bars, axis] = residualChart([null, -96, -48, -1, -120]).split("\n");
    assert.equal(bars, " \u2581\u2585\u2588 ");
    assert.equal(axis, "0:00 0:05");
  });
  it("keeps to the width of a terminal", () => {
    const chart = residualChart(Array.from({ length: 3600 }, (_, second) => (second === 1800 ? -3 : -90)));
    const [, bars] = chart.split("\n");
    assert.equal(bars!.length, 72);
    assert.equal(bars!.indexOf("\u2588"), 36);
    assert.match(chart, /a column is 50 s/);
  });
  it("takes no revision that would be an option of git", async () => {
    await assert.rejects(textAt("song.mix.json", "--output=/tmp/x"), /begins with a dash/);
  });
});
