import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import {
  limitedPlan,
  NORMALIZE_KINDS,
  NORMALIZE_UNITS,
  parseLevel,
  passes,
  planNormalizing,
  SUGGESTED_TARGETS,
  type MeasuredLevels,
  type NormalizePlan,
} from "../../src/mastering/normalizing.js";
import { dB } from "../../src/units/decibels.js";
import { lufs } from "../../src/units/loudness.js";

/** Rounding of sums of decibels. */
const EXACT = 1e-9;

const levels = (integrated: number | null, truePeak: number, samplePeak: number): MeasuredLevels => ({
  integrated: integrated === null ? null : lufs(integrated),
  truePeak: dB(truePeak),
  samplePeak: dB(samplePeak),
});
const level = fc.double({ min: -60, max: 3, noNaN: true });
const measured = fc.tuple(level, level, level).map(([a, b, c]) => levels(a, b, c));

function planned(of: MeasuredLevels, kind: (typeof NORMALIZE_KINDS)[number], to: number): NormalizePlan {
  const plan = planNormalizing(of, { kind, level: to });
  assert.ok(typeof plan !== "string", "no plan");
  return plan;
}

function refusal(of: MeasuredLevels, kind: (typeof NORMALIZE_KINDS)[number]): string {
  const plan = planNormalizing(of, { kind, level: -1 });
  return typeof plan === "string" ? plan : "a plan";
}

describe("planNormalizing", () => {
  it("reaches the level asked for, and moves the other levels as far", () => {
    const plan = planned(levels(-20, -3, -4), "loudness", -14);
    assert.deepEqual(plan, { gain: 6, after: { integrated: -14, truePeak: 3, samplePeak: 2 } });
    fc.assert(
      fc.property(measured, fc.constantFrom(...NORMALIZE_KINDS), level, (of, kind, to) => {
        const { after } = planned(of, kind, to);
        const reached = {
          loudness: after.integrated,
          truePeak: after.truePeak,
          samplePeak: after.samplePeak,
        }[kind];
        assert.ok(Math.abs(reached! - to) < EXACT);
      }),
    );
  });
  it("says why silence and very short files cannot be normalized", () => {
    const silent = levels(null, -Infinity, -Infinity);
    for (const kind of NORMALIZE_KINDS) assert.match(refusal(silent, kind), /silent/);
    const short = levels(null, -3, -3);
    assert.match(refusal(short, "loudness"), /0\.4 s.*peak instead/);
    assert.equal(planned(short, "samplePeak", -1).gain, 2);
  });
});

describe("limitedPlan", () => {
  it("never passes the ceiling, and never adds gain", () => {
    fc.assert(
      fc.property(measured, level, fc.double({ min: -6, max: 0, noNaN: true }), (of, to, ceiling) => {
        const plan = planned(of, "loudness", to);
        const limited = limitedPlan(of, plan, ceiling);
        assert.ok(!passes(limited, ceiling) && limited.gain <= plan.gain);
        if (!passes(plan, ceiling)) assert.equal(limited, plan);
      }),
    );
  });
});

describe("parseLevel", () => {
  it("reads numbers as people write them", () => {
    assert.equal(parseLevel("-14", "loudness"), -14);
    assert.equal(parseLevel(" -14,5 lufs ", "loudness"), -14.5);
    assert.equal(parseLevel("−1 dBTP", "truePeak"), -1);
    assert.equal(parseLevel("-.5dB", "samplePeak"), -0.5);
  });
  it("says what is wrong otherwise", () => {
    assert.match(String(parseLevel("-14 dBTP", "loudness")), /in LUFS, not in dBTP/);
    for (const text of ["", "loud", "3", "-100", "1e1", "--1", "NaN", "Infinity"])
      assert.match(String(parseLevel(text, "loudness")), /from -60 to 0 LUFS/, text);
  });
  it("takes every suggested level", () => {
    for (const { kind, level: suggested } of SUGGESTED_TARGETS)
      assert.equal(parseLevel(`${suggested} ${NORMALIZE_UNITS[kind]}`, kind), suggested);
  });
});
