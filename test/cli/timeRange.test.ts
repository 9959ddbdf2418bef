import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { timeRange } from "../../src/cli/timeRange.js";

describe("a range on the command line", () => {
  it("is read in seconds or as m:ss.mmm", () => {
    assert.deepEqual(timeRange("30.5-45"), { from: 30.5, to: 45 });
    assert.deepEqual(timeRange("1:02.500-1:30"), { from: 62.5, to: 90 });
    assert.deepEqual(timeRange("90-2:00"), { from: 90, to: 120 });
    assert.deepEqual(timeRange("75-"), { from: 75, to: undefined });
  });

  it("is refused where it is negative, out of order or no time", () => {
    for (const text of ["-5-10", "10-5", "10-10", "1:75-2:00", "a-b", "", "5", "-"])
      assert.throws(() => timeRange(text), /It must be FROM-TO|TO must be later/, text);
  });
});
