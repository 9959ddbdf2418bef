import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { both, Kind, noise, ProcessorBench } from "../processorBench.js";
import {
  amplitude,
  keepsTheRules,
  largestBend,
  level,
  peakOf,
  SAMPLE_RATE,
  sine,
  timeConstant,
} from "./processorRules.js";

/** In the order of their numbers in src/dsp/dynamics/deesser.ts. */
const PARAMETERS = [
  ...(["frequency", "shape", "q", "detection", "threshold"] as const),
  ...(["ratio", "range", "attack", "release", "listen"] as const),
];
type Settings = Record<(typeof PARAMETERS)[number], number>;

const [SHELF, BELL] = [0, 1];
const [RELATIVE, ABSOLUTE] = [0, 1];

const DEFAULTS: Settings = {
  frequency: 6000,
  shape: SHELF,
  q: 1,
  detection: ABSOLUTE,
  threshold: -30,
  ratio: 4,
  range: -24,
  attack: 1,
  release: 60,
  listen: 0,
};

function deesser(settings: Partial<Settings> = {}): ProcessorBench {
  const all = { ...DEFAULTS, ...settings };
  return new ProcessorBench(
    Kind.deesser,
    SAMPLE_RATE,
    PARAMETERS.map((name, number) => [number, all[name]] as const),
  );
}

/** Frequency in the plane of the bilinear transform, as a part of the filter's. */
const warped = (frequency: number, corner: number): number =>
  Math.tan((Math.PI * frequency) / SAMPLE_RATE) / Math.tan((Math.PI * corner) / SAMPLE_RATE);

/** Level in dB of the part at `frequency` Hz, over whole periods of 100 Hz at the end. */
function levelAt(samples: Float32Array, frequency: number): number {
  const step = (2 * Math.PI * frequency) / SAMPLE_RATE;
  let real = 0;
  let imaginary = 0;
  samples.subarray(-4800).forEach((value, frame) => {
    real += value * Math.cos(step * frame);
    imaginary += value * Math.sin(step * frame);
  });
  return level(Math.hypot(real, imaginary) / 2400);
}

describe("de-esser", () => {
  keepsTheRules(
    [
      () => deesser(),
      () => deesser({ detection: RELATIVE, threshold: -12, range: -8 }),
      () => deesser({ shape: BELL, q: 2, threshold: -40 }),
      () => deesser({ listen: 1 }),
    ],
    { isMono: true },
  );

  it("leaves the signal alone, bit for bit, while the band is below the threshold", () => {
    const input = noise(9600, 2, 0.5);
    assert.deepEqual(deesser({ threshold: 0 }).run(input), input);
    // Once the onset of the tone, which has treble, is over.
    const bass = sine(200, 0.8, SAMPLE_RATE * 2).left;
    for (const shape of [SHELF, BELL]) {
      const { left } = deesser({ shape, detection: RELATIVE, threshold: -20 }).run({
        left: bass,
        right: bass,
      });
      assert.deepEqual(left.subarray(-9600), bass.subarray(-9600));
    }
  });

  it("shelf: reduction and response as documented, within 0.1 dB", () => {
    for (const frequency of [4000, 6000, 9000, 15000]) {
      for (const input of [-30, -20, -6]) {
        const w = warped(frequency, 6000);
        const heard = input - 10 * Math.log10(2) + 10 * Math.log10(w ** 4 / (1 + w ** 4));
        const gain = amplitude(-Math.min(24, 0.75 * Math.max(0, heard + 30)));
        // |(1 - g w^2) + j sqrt(2 g) w| / |(1 - w^2) + j sqrt(2) w|
        const response = Math.hypot(1 - gain * w * w, Math.sqrt(2 * gain) * w) / Math.sqrt(1 + w ** 4);
        const { left } = deesser({ release: 400 }).run(sine(frequency, amplitude(input)));
        const actual = levelAt(left, frequency);
        assert.ok(
          Math.abs(actual - input - level(response)) < 0.1,
          `${frequency} Hz, ${input} dB: ${actual}`,
        );
      }
    }
  });

  it("bell: reduction at its frequency within 0.1 dB, the rest untouched", () => {
    for (const input of [-26, -16, -6]) {
      const wanted = -0.75 * Math.max(0, input - 10 * Math.log10(2) + 30);
      const { left } = deesser({ shape: BELL, q: 2, release: 400 }).run(sine(6000, amplitude(input)));
      assert.ok(Math.abs(levelAt(left, 6000) - input - wanted) < 0.1, `${input} dB`);
    }
    const pair = both(
      SAMPLE_RATE,
      (frame) =>
        0.4 * Math.sin((2 * Math.PI * 6000 * frame) / SAMPLE_RATE) +
        0.4 * Math.sin((2 * Math.PI * 500 * frame) / SAMPLE_RATE),
    );
    const { left } = deesser({ shape: BELL, q: 4 }).run(pair);
    assert.ok(levelAt(left, 6000) < level(0.4) - 12);
    assert.ok(Math.abs(levelAt(left, 500) - level(0.4)) < 0.1);
  });

  it("range: never turns down further, and reaches it exactly", () => {
    for (const range of [-3, -8, -20]) {
      const bench = deesser({ shape: BELL, threshold: -60, ratio: 20, range });
      const { left } = bench.run(sine(6000, 0.5));
      assert.ok(Math.abs(levelAt(left, 6000) - level(0.5) - range) < 0.01);
      const telemetry = bench.dsp.float64(bench.dsp.exports.processorReduction(bench.address), 2);
      assert.ok(Math.abs(telemetry[0]! - range) < 0.001);
    }
  });

  it("relative detection: treats quiet and loud words alike, within 0.1 dB", () => {
    const reduction = (peak: number) => {
      const input = both(SAMPLE_RATE, (frame) => {
        const t = (2 * Math.PI * frame) / SAMPLE_RATE;
        return peak * (Math.sin(300 * t) + Math.sin(9000 * t)) * 0.5;
      });
      const bench = deesser({ detection: RELATIVE, threshold: -14, release: 300 });
      return levelAt(bench.run(input).left, 9000) - level(peak * 0.5);
    };
    assert.ok(reduction(0.9) < -5);
    assert.ok(Math.abs(reduction(0.9) - reduction(0.05)) < 0.1);
  });

  it("attack and release are time constants, within 5 %", () => {
    // A bell at its frequency has no phase; eight samples a period, and every eighth is a peak.
    const gains = (settings: Partial<Settings>, from: number, to: number) => {
      const input = sine(6000, 1, SAMPLE_RATE * 4);
      const loud = (frame: number) => amplitude(frame < SAMPLE_RATE * 2 ? from : to);
      const left = input.left.map((value, frame) => value * loud(frame));
      const output = deesser({ shape: BELL, ...settings }).run({ left, right: left }).left;
      return Array.from({ length: SAMPLE_RATE / 4 }, (_, period) => {
        const frame = SAMPLE_RATE * 2 + 8 * period + 2;
        return level(output[frame]! / left[frame]!);
      });
    };
    for (const time of [80, 150]) {
      const attack = timeConstant(gains({ attack: time }, -80, -10), 0, SAMPLE_RATE / 8);
      assert.ok(Math.abs(attack / time - 1) < 0.05, `attack of ${time} ms: ${attack}`);
    }
    for (const time of [200, 300]) {
      // The first 2 ms still hold what the filter remembers of the loud part.
      const reduced = gains({ release: time }, -20, -60).slice(12);
      const before = -0.75 * (10 - 10 * Math.log10(2));
      const release = 2 + timeConstant(reduced, before, SAMPLE_RATE / 8);
      assert.ok(Math.abs(release / time - 1) < 0.05, `release of ${time} ms: ${release}`);
    }
  });

  it("listen: plays what the detector hears", () => {
    const gain = (frequency: number) =>
      level(peakOf(deesser({ listen: 1 }).run(sine(frequency, 0.5)).left.subarray(-4800)) / 0.5);
    assert.ok(gain(300) < -45);
    assert.ok(Math.abs(gain(14900)) < 0.2);
  });

  it("changes live without a click", () => {
    const changes = {
      frequency: 9000,
      shape: BELL,
      threshold: -50,
      range: -3,
      listen: 1,
      detection: RELATIVE,
    };
    for (const [name, value] of Object.entries(changes)) {
      const bench = deesser({ attack: 0, release: 5 });
      const change = () => bench.set(PARAMETERS.indexOf(name as keyof Settings), value);
      const bend = largestBend(bench, 7000, 0.5, change);
      assert.ok(bend < 0.01, `${name}: ${bend}`);
    }
  });
});
