import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import {
  FADER_BOTTOM,
  FADER_MARKS,
  FADER_TOP,
  faderToLevel,
  levelToFader,
} from "../../src/viewmodel/faderScale.js";

describe("the travel of a fader", () => {
  it("has 0 dB at about three quarters, +12 dB at the top and silence at the bottom", () => {
    assert.ok(Math.abs(levelToFader(0) - 0.75) < 0.02);
    assert.equal(levelToFader(FADER_TOP), 1);
    assert.equal(levelToFader(-Infinity), 0);
    assert.equal(faderToLevel(0), -Infinity);
    assert.equal(faderToLevel(1), FADER_TOP);
  });
  it("keeps levels beyond its ends at the ends", () => {
    assert.equal(levelToFader(24), 1);
    assert.equal(levelToFader(-144), 0);
    assert.equal(levelToFader(NaN), 0);
    assert.equal(faderToLevel(1.5), FADER_TOP);
  });
  it("comes back to the level that it shows", () => {
    fc.assert(
      fc.property(fc.double({ min: FADER_BOTTOM + 0.01, max: FADER_TOP, noNaN: true }), (level) => {
        assert.ok(Math.abs(faderToLevel(levelToFader(level)) - level) < 1e-9);
      }),
    );
  });
  it("rises, and gives a decibel the more room the louder it is, up to 0 dB", () => {
    const room = (level: number): number => levelToFader(level + 1) - levelToFader(level);
    for (let level = FADER_BOTTOM; level < FADER_TOP; level++) assert.ok(room(level) > 0, `${level} dB`);
    for (let level = FADER_BOTTOM; level < -1; level++) assert.ok(room(level + 1) >= room(level) - 1e-12);
  });
  it("has its marks apart enough to be read on a fader of 150 pixels", () => {
    const places = FADER_MARKS.map((level) => levelToFader(level) * 150);
    places.slice(1).forEach((place, i) => assert.ok(places[i]! - place >= 9, String(FADER_MARKS[i])));
  });
});
