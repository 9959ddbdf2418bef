import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import {
  amplitudeTicks,
  amplitudeToHeight,
  heightToAmplitude,
  type AmplitudeScale,
} from "../../src/viewmodel/amplitudeScale.js";

const scale = fc.record({
  kind: fc.constantFrom<AmplitudeScale["kind"]>("dB", "linear"),
  zoom: fc.double({ min: 1, max: 64, noNaN: true }),
});

describe("amplitude scale", () => {
  it("puts full scale at the edges and silence in the middle", () => {
    for (const kind of ["dB", "linear"] as const) {
      assert.equal(amplitudeToHeight(1, { kind, zoom: 1 }), 1);
      assert.equal(amplitudeToHeight(-1, { kind, zoom: 1 }), -1);
      assert.equal(amplitudeToHeight(0, { kind, zoom: 1 }) + 0, 0);
    }
    assert.ok(Math.abs(amplitudeToHeight(10 ** (-30 / 20), { kind: "dB", zoom: 1 }) - 0.5) < 1e-9);
    assert.equal(amplitudeToHeight(0.25, { kind: "linear", zoom: 2 }), 0.5);
    assert.equal(amplitudeToHeight(0.9, { kind: "linear", zoom: 2 }), 1);
  });
  it("goes back from heights to amplitudes", () => {
    fc.assert(
      fc.property(scale, fc.double({ min: -0.99, max: 0.99, noNaN: true }), (of, height) => {
        const back = amplitudeToHeight(heightToAmplitude(height, of), of);
        assert.ok(Math.abs(back - height) < 1e-6);
      }),
    );
  });
  it("labels stand apart, inside the lane, and the middle has one", () => {
    fc.assert(
      fc.property(scale, fc.integer({ min: 30, max: 800 }), (of, pixels) => {
        const heights = amplitudeTicks(of, pixels)
          .map(({ height }) => height)
          .sort((a, b) => a - b);
        assert.ok(heights.includes(0));
        heights.forEach((height, i) => {
          assert.ok(Math.abs(height) <= 1);
          if (i > 0) assert.ok(((height - heights[i - 1]!) * pixels) / 2 >= 15.99);
        });
      }),
    );
  });
});
