import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { parseQuantity } from "../../src/viewmodel/parseQuantity.js";
import { LEVEL_SCALE, levelText, numberScale, PAN_SCALE, panText } from "../../src/viewmodel/valueScale.js";

describe("typed quantities", () => {
  it("are read with or without their unit, with comma or point", () => {
    assert.equal(parseQuantity("-6"), -6);
    assert.equal(parseQuantity(" +3.5 dB ", "dB"), 3.5);
    assert.equal(parseQuantity("-6,5DB", "dB"), -6.5);
    assert.equal(parseQuantity("\u22122"), -2);
    assert.equal(parseQuantity(".5"), 0.5);
    assert.equal(parseQuantity("-inf"), -Infinity);
    assert.equal(parseQuantity("-∞ dB", "dB"), -Infinity);
  });
  it("are nothing else", () => {
    for (const text of ["", "dB", "six", "1e3", "0x10", "--1", "1.2.3", "inf", "5 Hz"])
      assert.equal(parseQuantity(text, "dB"), undefined, text);
  });
});

describe("levels of faders and sends", () => {
  const { step, round, parse, text } = LEVEL_SCALE;
  it("move by half a dB, finely by a tenth, and go on into silence", () => {
    assert.equal(round(step(-6, 1, false), false), -5.5);
    assert.equal(round(step(-6, -3, true), true), -6.3);
    assert.equal(step(-90, -1, false), -Infinity);
    assert.equal(step(-Infinity, -1, false), -Infinity);
    assert.equal(step(-Infinity, 1, false), -60);
  });
  it("end at +12 dB by hand, at +24 dB typed, and nothing typed is lost to a step", () => {
    assert.equal(step(11.8, 1, false), 12);
    assert.equal(parse("24"), 24);
    assert.equal(parse("24.1"), undefined);
    assert.equal(step(20, 1, false), 20);
    assert.equal(step(20, -1, false), 19.5);
  });
  it("are written with their unit, and read as they are written", () => {
    assert.equal(text(-6), "-6.0 dB");
    assert.equal(levelText(3.04), "+3.0 dB");
    assert.equal(levelText(-0.01), "0.0 dB");
    assert.equal(levelText(-Infinity), "-inf dB");
    fc.assert(
      fc.property(fc.integer({ min: -1440, max: 240 }), (tenths) => {
        assert.equal(parse(text(tenths / 10)), tenths / 10);
      }),
    );
    assert.equal(parse(text(-Infinity)), -Infinity);
  });
});

describe("pan", () => {
  const { step, round, parse, text } = PAN_SCALE;
  it("stays in the middle for a hand that is near it, unless the hand is fine", () => {
    assert.equal(round(0.03, false), 0);
    assert.equal(round(-0.03, true), -0.03);
    assert.equal(round(0.304, false), 0.3);
  });
  it("ends at its sides", () => {
    assert.equal(step(0.98, 1, false), 1);
    assert.equal(step(-0.995, -1, true), -1);
  });
  it("is written in per cent of a side, and read as it is written", () => {
    assert.equal(panText(0), "C");
    assert.equal(panText(-0.3), "L 30 %");
    for (let pan = -100; pan <= 100; pan++) assert.equal(parse(text(pan / 100)), pan / 100);
    assert.equal(parse("30R"), 0.3);
    assert.equal(parse("-30"), -0.3);
    assert.equal(parse("centre"), 0);
    for (const wrong of ["101", "L -3", "LR3", "x"]) assert.equal(parse(wrong), undefined, wrong);
  });
});

describe("numbers on a knob", () => {
  const trim = numberScale({
    ...{ unit: "dB", min: -60, max: 60, rest: 0, low: -24, high: 24 },
    ...{ step: 0.5, fineStep: 0.1, digits: 1, isSigned: true },
  });
  it("reach by hand what the hand needs, and typed what the format has", () => {
    assert.equal(trim.position(0), 0.5);
    assert.equal(trim.position(60), 1);
    assert.equal(trim.valueAt(1), 24);
    assert.equal(trim.parse("60 dB"), 60);
    assert.equal(trim.parse("61"), undefined);
    assert.equal(trim.step(60, 1, false), 60);
    assert.equal(trim.step(23.9, 1, false), 24);
  });
  it("are written with sign and unit", () => {
    assert.equal(trim.text(1.25), "+1.3 dB");
    assert.equal(trim.text(-0.04), "0.0 dB");
  });
});
