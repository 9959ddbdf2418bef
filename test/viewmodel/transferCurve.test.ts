import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { transferCurve } from "../../src/viewmodel/transferCurve.js";

const compressor = { threshold: -20, ratio: 4, knee: 0, makeup: 0, mix: 100, autoMakeup: false };
const curveOf = (type: string, values: object): ((level: number) => number) => {
  const curve = transferCurve(type, values as Record<string, unknown>);
  assert.ok(curve);
  return curve;
};
const near = (value: number, wanted: number): void =>
  assert.ok(Math.abs(value - wanted) < 1e-9, `${value}, not ${wanted}`);

describe("static curves", () => {
  it("of a compressor: nothing below the threshold, a quarter above it", () => {
    const curve = curveOf("compressor", compressor);
    near(curve(-40), -40);
    near(curve(-20), -20);
    near(curve(0), -15);
  });
  it("of a soft knee: half-way at the threshold, straight beyond the knee", () => {
    const curve = curveOf("compressor", { ...compressor, knee: 12 });
    near(curve(-26), -26);
    near(curve(-20), -20 - (0.75 * 36) / 24);
    near(curve(-14), -14 - 0.75 * 6);
  });
  it("of automatic makeup and of a parallel mix", () => {
    near(curveOf("compressor", { ...compressor, autoMakeup: true, makeup: 1 })(-60), -60 + 7.5 + 1);
    const half = curveOf("compressor", { ...compressor, mix: 50 });
    near(half(0), 20 * Math.log10(0.5 * 10 ** (-15 / 20) + 0.5));
    near(curveOf("compressor", { ...compressor, mix: 0 })(0), 0);
  });
  it("of a gate, and of an expander down to its range", () => {
    const gate = { mode: "gate", threshold: -50, range: -80, ratio: 2 };
    near(curveOf("gate", gate)(-49), -49);
    near(curveOf("gate", gate)(-51), -131);
    const expander = curveOf("gate", { ...gate, mode: "expander", range: -20, ratio: 3 });
    near(expander(-50), -50);
    near(expander(-55), -65);
    near(expander(-80), -100);
  });
  it("of a de-esser down to its range, and of a limiter up to its ceiling", () => {
    const deesser = curveOf("deesser", { threshold: -12, ratio: 4, range: -6 });
    near(deesser(-8), -8 - 3);
    near(deesser(0), -6);
    const limiter = curveOf("limiter", { ceiling: -1, gain: 6 });
    near(limiter(-20), -14);
    near(limiter(-3), -1);
  });
  it("are not there for what has none", () => {
    assert.equal(transferCurve("reverb", {}), undefined);
  });
});
