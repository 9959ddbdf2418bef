import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as formats from "../../src/viewmodel/formats.js";

describe("levels", () => {
  it("carry their units", () => {
    assert.equal(formats.formatLufs(-14), "-14.0 LUFS");
    assert.equal(formats.formatLu(8.24), "8.2 LU");
    assert.equal(formats.formatTruePeak(-1), "-1.00 dBTP");
    assert.equal(formats.formatNumber(-14.06), "-14.1");
  });
  it("are n/a where there is no value", () => {
    for (const value of [null, undefined, -Infinity, Number.NaN]) {
      assert.equal(formats.formatLufs(value), "n/a");
      assert.equal(formats.formatTruePeak(value), "n/a");
      assert.equal(formats.formatGain(value), "n/a");
    }
  });
  it("never show a negative zero", () => {
    assert.equal(formats.formatLufs(-0.04), "0.0 LUFS");
    assert.equal(formats.formatTruePeak(-0.004), "0.00 dBTP");
  });
  it("show the sign of a gain, but none of nothing", () => {
    assert.equal(formats.formatGain(3.21), "+3.2 dB");
    assert.equal(formats.formatGain(12), "+12.0 dB");
    assert.equal(formats.formatGain(-1.5), "-1.5 dB");
    assert.equal(formats.formatGain(0.04), "0.0 dB");
    assert.equal(formats.formatGain(-0.04), "0.0 dB");
  });
});

describe("time", () => {
  it("is minutes and seconds to a tenth, with hours when there are any", () => {
    assert.equal(formats.formatTime(185.2), "3:05.2");
    assert.equal(formats.formatTime(0), "0:00.0");
    assert.equal(formats.formatTime(3723), "1:02:03.0");
  });
  it("carries when it rounds up", () => {
    assert.equal(formats.formatTime(59.96), "1:00.0");
    assert.equal(formats.formatClock(59.5), "1:00");
    assert.equal(formats.formatClock(3599.7), "1:00:00");
  });
});

it("sample rates are in kHz without needless digits", () => {
  assert.equal(formats.formatSampleRate(44100), "44.1 kHz");
  assert.equal(formats.formatSampleRate(48000), "48 kHz");
  assert.equal(formats.formatSampleRate(11025), "11.025 kHz");
});

it("a task that is not done never shows 100 %", () => {
  assert.equal(formats.formatPercent(0.9999), "99 %");
  assert.equal(formats.formatPercent(1), "100 %");
  assert.equal(formats.formatPercent(-1), "0 %");
});
