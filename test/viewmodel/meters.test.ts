import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { CorrelationBallistics, LevelBallistics } from "../../src/viewmodel/levelBallistics.js";
import { ReductionBallistics } from "../../src/viewmodel/reductionBallistics.js";
import { levelToMeter, METER_TICKS, meterToLevel } from "../../src/viewmodel/meterScale.js";

describe("scale of a level meter", () => {
  it("rises from bottom to top and has an inverse", () => {
    assert.equal(levelToMeter(-Infinity), 0);
    assert.equal(levelToMeter(NaN), 0);
    assert.equal(levelToMeter(0), 1);
    assert.equal(levelToMeter(6), 1);
    assert.equal(levelToMeter(-20), 0.5);
    fc.assert(
      fc.property(fc.double({ min: -69.9, max: 0, noNaN: true }), (level) => {
        assert.ok(Math.abs(meterToLevel(levelToMeter(level)) - level) < 1e-9);
        assert.ok(levelToMeter(level + 0.01) >= levelToMeter(level));
      }),
    );
    for (const tick of METER_TICKS) assert.ok(levelToMeter(tick) > 0);
  });
});

describe("ballistics", () => {
  const steps = (seconds: number): number[] => Array.from({ length: Math.round(seconds * 50) }, () => 0.02);

  it("shows a peak at once and lets it fall by 20 dB in 1.7 s", () => {
    const bar = new LevelBallistics();
    bar.push(0.5, 0, 0.02);
    assert.ok(Math.abs(bar.peak + 6.02) < 0.01);
    for (const step of steps(1.7)) bar.push(0, 0, step);
    assert.ok(Math.abs(bar.peak + 26.02) < 0.1, `${bar.peak}`);
  });

  it("holds the highest peak for 2 s, then lets it fall", () => {
    const bar = new LevelBallistics();
    bar.push(0.5, 0, 0.02);
    for (const step of steps(1.9)) bar.push(0.1, 0, step);
    assert.ok(Math.abs(bar.held + 6.02) < 0.01);
    for (const step of steps(1)) bar.push(0.1, 0, step);
    assert.ok(Math.abs(bar.held + 20) < 0.5, `${bar.held}`);
    bar.push(0.9, 0, 0.02);
    assert.ok(bar.held > -1);
  });

  it("shows gain reduction at once, lets it go back, and holds its figure for a second", () => {
    const meter = new ReductionBallistics();
    meter.push(-6, 0.02);
    assert.deepEqual([meter.value, meter.held], [-6, -6]);
    for (const step of steps(0.5)) meter.push(-1, step);
    assert.equal(meter.value, -1);
    assert.equal(meter.held, -6);
    for (const step of steps(0.6)) meter.push(-1, step);
    assert.equal(meter.held, -1);
    meter.push(-9, 0.02);
    assert.deepEqual([meter.value, meter.held], [-9, -9]);
    for (const step of steps(1.1)) meter.push(0, step);
    assert.deepEqual([meter.value, meter.held], [0, 0]);
    meter.push(-3, 0.02);
    meter.reset();
    assert.deepEqual([meter.value, meter.held], [0, 0]);
  });

  it("tells of clipping until it is reset", () => {
    const bar = new LevelBallistics();
    bar.push(0.99, 0, 0.02);
    assert.equal(bar.hasClipped, false);
    bar.push(32767 / 32768, 0, 0.02);
    bar.push(0, 0, 5);
    assert.equal(bar.hasClipped, true);
    bar.resetClip();
    assert.equal(bar.hasClipped, false);
  });

  it("shows 63 % of a mean square after 300 ms, whatever the steps", () => {
    for (const step of [0.01, 0.02, 0.1]) {
      const bar = new LevelBallistics();
      for (let time = 0; time < 0.3 - 1e-9; time += step) bar.push(0, 1, step);
      assert.ok(Math.abs(bar.mean - 10 * Math.log10(1 - Math.exp(-1))) < 0.01, `${bar.mean}`);
    }
  });

  it("knows equal, opposite and unrelated channels, and silence", () => {
    const correlation = (left: number, right: number, product: number): number | null => {
      const bar = new CorrelationBallistics();
      for (const step of steps(1)) bar.push(left, right, product, step);
      return bar.value;
    };
    assert.ok(Math.abs(correlation(0.1, 0.1, 0.1)! - 1) < 1e-9);
    assert.ok(Math.abs(correlation(0.1, 0.4, -0.2)! + 1) < 1e-9);
    assert.equal(correlation(0.1, 0.1, 0), 0);
    assert.equal(correlation(0.1, 0, 0), null);
  });
});
