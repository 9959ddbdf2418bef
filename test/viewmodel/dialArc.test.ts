import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { dialAngle, dialArc, dialPoint } from "../../src/viewmodel/dialArc.js";

describe("a knob's way", () => {
  it("goes from 135 degrees left of the top to 135 degrees right of it", () => {
    assert.equal(dialAngle(0), -135);
    assert.equal(dialAngle(0.5), 0);
    assert.equal(dialAngle(1), 135);
    assert.equal(dialAngle(7), 135);
  });
  it("points upwards in the middle", () => {
    assert.equal(dialPoint(0, 9), "0.00 -9.00");
    assert.equal(dialPoint(90, 9), "9.00 -0.00");
  });
  it("takes the long way round only where the arc is longer than half a turn", () => {
    assert.match(dialArc(0, 1, 9), /A9 9 0 1 1 /);
    assert.match(dialArc(0.5, 1, 9), /A9 9 0 0 1 /);
    assert.equal(dialArc(1, 0.5, 9), dialArc(0.5, 1, 9));
  });
});
