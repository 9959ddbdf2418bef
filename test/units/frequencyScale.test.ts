import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import {
  frequencyToPosition,
  positionToFrequency,
  spectrogramBounds,
  type FrequencyScale,
} from "../../src/units/frequencyScale.js";

const scale = fc.constantFrom<FrequencyScale>("linear", "mel", "log");
const sampleRate = fc.integer({ min: 8, max: 384_000 });

describe("frequency scales", () => {
  it("run from 0 at the low bound to 1 at the high one, upwards", () => {
    fc.assert(
      fc.property(scale, sampleRate, fc.double({ min: 0.001, max: 0.999, noNaN: true }), (kind, rate, at) => {
        const bounds = spectrogramBounds(rate, kind);
        assert.ok(Math.abs(frequencyToPosition(bounds.low, kind, bounds)) < 1e-9);
        assert.ok(Math.abs(frequencyToPosition(bounds.high, kind, bounds) - 1) < 1e-9);
        const hertz = positionToFrequency(at, kind, bounds);
        assert.ok(hertz > bounds.low && hertz < bounds.high);
        assert.ok(Math.abs(frequencyToPosition(hertz, kind, bounds) - at) < 1e-9);
      }),
    );
  });
  it("meet known points", () => {
    const bounds = spectrogramBounds(48000, "log");
    assert.deepEqual(bounds, { low: 20, high: 24000 });
    // Half way in octaves between 20 Hz and 24 kHz: the geometric mean.
    assert.ok(Math.abs(positionToFrequency(0.5, "log", bounds) - Math.sqrt(20 * 24000)) < 1e-6);
    // 1000 Hz is about 1000 mel, 24 kHz about 4016.
    const mel = spectrogramBounds(48000, "mel");
    assert.ok(Math.abs(frequencyToPosition(1000, "mel", mel) * 4016 - 1000) < 1);
  });
});
