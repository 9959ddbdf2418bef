/** Equalizer and multiband compressor of linear phase: their curves, their delay, their changes. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { both, Kind, noise, ProcessorBench, responseDb, type Stereo } from "./processorBench.js";

/** As in src/dsp/filters/eq.ts and src/dsp/dynamics/multiband.ts. */
const EQ_PHASE = 128;
const MULTIBAND_PHASE = 130;
const HIGH_PASS = [1, 40, 0, Math.SQRT1_2, 24] as const;
const PEAK = [4, 1000, 9, 2, 12] as const;
const SHELF = [3, 8000, -6, 0.7, 12] as const;

const bands = (...all: (readonly number[])[]) =>
  all.flatMap((fields, band) => fields.map((value, field) => [band * 8 + field, value] as const));
const linearEq = (sampleRate: number) =>
  new ProcessorBench(Kind.eq, sampleRate, [[EQ_PHASE, 1], ...bands(HIGH_PASS, PEAK, SHELF)]);
const latencyOf = ({ dsp, address }: ProcessorBench) => dsp.exports.processorLatency(address);

const impulseOf = (bench: ProcessorBench, frames: number) =>
  bench.run(both(frames, (frame) => (frame === 0 ? 1 : 0))).left;

/** Bands of 120 and 2500 Hz with a ratio of 1: they only split and add up. */
const linearSplit = () =>
  new ProcessorBench(Kind.multiband, 48000, [
    [MULTIBAND_PHASE, 1],
    [0, 120],
    [8, 2500],
    [16, 20000],
    [2, 1],
    [10, 1],
    [18, 1],
  ]);

function largestDifference(a: Stereo, b: Stereo, shift: number, from: number): number {
  let largest = 0;
  for (let i = from; i < a.left.length; i++) {
    largest = Math.max(
      largest,
      Math.abs(a.left[i]! - b.left[i - shift]!),
      Math.abs(a.right[i]! - b.right[i - shift]!),
    );
  }
  return largest;
}

describe("equalizer of linear phase", () => {
  for (const sampleRate of [44100, 48000, 96000]) {
    it(`has the magnitude of minimum phase at ${sampleRate} Hz, and a symmetric impulse response`, () => {
      const bench = linearEq(sampleRate);
      const latency = latencyOf(bench);
      const impulse = impulseOf(bench, 2 * latency);
      for (const hertz of [40, 60, 100, 500, 900, 1000, 1100, 3000, 8000, 12000, 18000]) {
        const wanted = bench.dsp.exports.eqMagnitude(bench.address, hertz);
        const found = responseDb(impulse, hertz, sampleRate);
        // The corner at 40 Hz is rounder than its analogue model by what the impulse response's length costs.
        assert.ok(
          Math.abs(found - wanted) < (hertz < 50 ? 0.12 : 0.05),
          `${hertz} Hz: ${found} dB, not ${wanted} dB`,
        );
      }
      assert.ok(responseDb(impulse, 5, sampleRate) < -40, "5 Hz pass");
      for (let i = 1; i < 8000; i++)
        assert.ok(Math.abs(impulse[latency + i]! - impulse[latency - i]!) < 1e-6, `${i} frames beside`);
    });
  }

  it("does not depend on the blocks, nor on whether the signal is mono", () => {
    const signal = noise(30000, 5);
    const whole = linearEq(48000).run(signal, [30000]);
    assert.deepEqual(linearEq(48000).run(signal, [64, 511, 7]), whole);
    assert.deepEqual(linearEq(48000).runMono(signal.left, [128]), whole.left);
  });

  it("delays a signal by its latency and no more where it is flat", () => {
    const bench = new ProcessorBench(Kind.eq, 48000, [[EQ_PHASE, 1]]);
    const signal = noise(40000, 6);
    const latency = latencyOf(bench);
    assert.equal(latency, 8191 + 4096);
    assert.ok(largestDifference(bench.run(signal), signal, latency, latency) < 1e-6);
  });

  it("fades into another curve without a step", () => {
    const bench = linearEq(48000);
    const sine = (from: number) =>
      both(20000, (frame) => 0.1 * Math.sin((2 * Math.PI * 997 * (from + frame)) / 48000));
    bench.run(sine(0));
    bench.set(8 + 2, 0);
    const { left } = bench.run(sine(20000));
    const { left: after } = bench.run(sine(40000));
    const bound = (0.1 * 10 ** (9.1 / 20) * (2 * Math.PI * 997)) / 48000;
    for (let i = 1; i < left.length; i++)
      assert.ok(Math.abs(left[i]! - left[i - 1]!) < bound, `a step at ${i}`);
    const level = 20 * Math.log10(Math.max(...after) / 0.1);
    assert.ok(Math.abs(level - bench.dsp.exports.eqMagnitude(bench.address, 997)) < 0.05, `${level} dB`);
  });
});

describe("multiband compressor of linear phase", () => {
  it("adds up to its input, later", () => {
    const bench = linearSplit();
    const latency = latencyOf(bench);
    const signal = noise(40000, 7);
    assert.ok(largestDifference(bench.run(signal, [64, 500]), signal, latency, latency) < 1e-6);
  });

  it("splits with the amplitudes of Linkwitz-Riley filters", () => {
    const bench = linearSplit();
    // Of the three bands only the middle one is left: the others go down by 60 dB of makeup.
    bench.set(6, -60);
    bench.set(16 + 6, -60);
    bench.run(both(20000, () => 0));
    const impulse = impulseOf(bench, 2 * latencyOf(bench));
    for (const hertz of [120, 400, 1000, 2500, 4000]) {
      const low = 1 / (1 + (hertz / 2500) ** 4) - 1 / (1 + (hertz / 120) ** 4);
      const found = responseDb(impulse, hertz, 48000);
      assert.ok(Math.abs(found - 20 * Math.log10(low)) < 0.1, `${hertz} Hz: ${found} dB`);
    }
  });
});
