import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { colorTable } from "../../src/viewmodel/colorMaps.js";
import { channelNames } from "../../src/viewmodel/channelNames.js";
import { frequencyLabel, frequencyTicks } from "../../src/viewmodel/frequencyTicks.js";
import { interpolate } from "../../src/viewmodel/interpolate.js";
import { noteName } from "../../src/viewmodel/noteNames.js";
import { levelAt, spectrumColumns, spectrumPeak } from "../../src/viewmodel/spectrumCurve.js";

describe("spectrum curve", () => {
  const levels = new Float32Array(101).fill(-100);
  levels.set([-20, -10, -16], 40);
  const spectrum = { binHz: 10, levels };
  it("finds the peak between the bins", () => {
    const peak = spectrumPeak(spectrum);
    // Vertex of the parabola through (-1, -20), (0, -10), (1, -16): 0.5 (-20 + 16) / (-20 + 20 - 16) = 0.125.
    assert.ok(peak && Math.abs(peak.hertz - 411.25) < 1e-6);
    assert.ok(peak.level > -10 && peak.level < -9.7);
    assert.equal(spectrumPeak({ binHz: 1, levels: new Float32Array(8).fill(-Infinity) }), undefined);
  });
  it("loses no line where many bins share a column", () => {
    const columns = spectrumColumns(spectrum, 10, (x) => 1 + x * 100);
    assert.equal(columns[4], -10);
    assert.equal(columns[7], -100);
  });
  it("reads between the bins", () => {
    assert.equal(levelAt(spectrum, 405), -15);
    assert.ok(Number.isNaN(levelAt(spectrum, 5000)));
  });
});

describe("names and colours", () => {
  it("names notes with their distance in cents", () => {
    assert.equal(noteName(440), "A4");
    assert.equal(noteName(261.6256), "C4");
    assert.equal(noteName(443), "A4 +12 ct");
    assert.equal(noteName(27.5), "A0");
  });
  it("names channels by the file's speakers, or by number", () => {
    assert.deepEqual(channelNames(2, 0), ["L", "R"]);
    assert.deepEqual(channelNames(6, 0x3f), ["L", "R", "C", "LFE", "Lb", "Rb"]);
    assert.deepEqual(channelNames(3, 0x3f), ["1", "2", "3"]);
    assert.deepEqual(channelNames(1, 4), ["M"]);
  });
  it("labels round frequencies", () => {
    assert.equal(frequencyLabel(1500), "1.5k");
    const place = (hertz: number): number => Math.log10(hertz / 20) * 100;
    const ticks = frequencyTicks({ low: 20, high: 20_000 }, place, 30).map(({ label }) => label);
    for (const label of ["100", "1k", "10k"]) assert.ok(ticks.includes(label), label);
  });
  it("run from dark to light between the ends of the range", () => {
    const table = colorTable("gray", [-100, 0]);
    // -150 + 150 x 85 / 255 = -100 dB.
    assert.equal(table[85], 0xff000000);
    assert.equal(table[255], 0xffffffff);
    const brightness = [...table].map((color) => color & 0xff);
    brightness.forEach((value, i) => assert.ok(i === 0 || value >= brightness[i - 1]!));
  });
});

it("interpolation goes through the samples, and follows a sine between them", () => {
  const samples = Float32Array.from({ length: 64 }, (_, i) => Math.sin(i * 0.9));
  assert.equal(interpolate(samples, 30), samples[30]);
  for (let at = 20; at < 40; at += 0.23) {
    // A Lanczos window of 8 keeps 0.29 of the Nyquist frequency to within 1 %.
    assert.ok(Math.abs(interpolate(samples, at) - Math.sin(at * 0.9)) < 0.01);
  }
});
