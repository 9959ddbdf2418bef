import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { both, Kind, noise, ProcessorBench, responseDb, type Stereo } from "../processorBench.js";
import { amplitude, keepsTheRules, largestBend, level, peakOf, SAMPLE_RATE, sine } from "./processorRules.js";

/** In the order of their numbers in src/dsp/dynamics/multiband.ts. */
const FIELDS = ["frequency", "threshold", "ratio", "attack", "release", "knee", "makeup"] as const;
type Band = Record<(typeof FIELDS)[number], number>;
const [DETECTOR, MIX] = [128, 129];

const DEFAULTS: Band = {
  frequency: 20000,
  threshold: -20,
  ratio: 4,
  attack: 5,
  release: 100,
  knee: 0,
  makeup: 0,
};
const REST = { ratio: 1 };
/** Gain of a band that is not to be heard. */
const OFF = { ratio: 1, makeup: -400 };

function multiband(
  bands: readonly Partial<Band>[],
  { sampleRate = SAMPLE_RATE, others = [] as readonly (readonly [number, number])[] } = {},
): ProcessorBench {
  const values = bands.flatMap((band, index) =>
    FIELDS.map((name, field) => [index * 8 + field, { ...DEFAULTS, ...band }[name]] as const),
  );
  return new ProcessorBench(Kind.multiband, sampleRate, [...values, [DETECTOR, 0], ...others]);
}

const at = (frequency: number, band: Partial<Band> = REST): Partial<Band> => ({ frequency, ...band });

function impulseResponse(bench: ProcessorBench, frames = 1 << 15): Float32Array {
  return bench.run(both(frames, (frame) => (frame === 0 ? 1 : 0))).left;
}

/** Frequencies from 20 Hz to 20 kHz, a sixth of an octave apart. */
const SWEEP = Array.from({ length: 60 }, (_, step) => 20 * 2 ** (step / 6));

describe("multiband compressor", () => {
  keepsTheRules(
    [
      () => multiband([at(500, {}), {}]),
      () =>
        multiband([at(120, {}), at(900, {}), at(3000, REST), {}], {
          others: [
            [DETECTOR, 1],
            [MIX, 60],
          ],
        }),
    ],
    { isMono: false, recovery: 1 },
  );

  for (const sampleRate of [44100, 48000, 96000]) {
    it(`2 to 5 bands at rest add up flat within 0.01 dB at ${sampleRate} Hz`, () => {
      const corners = [90, 400, 2000, 8000];
      for (let bands = 2; bands <= 5; bands++) {
        const settings = [...corners.slice(0, bands - 1).map((frequency) => at(frequency)), REST];
        const impulse = impulseResponse(multiband(settings, { sampleRate }));
        for (const frequency of SWEEP) {
          const response = responseDb(impulse, frequency, sampleRate);
          assert.ok(Math.abs(response) < 0.01, `${bands} bands, ${frequency} Hz: ${response} dB`);
        }
      }
    });
  }

  it("is flat with corners that coincide or are out of order, too", () => {
    for (const corners of [
      [1000, 1000],
      [5000, 300],
    ]) {
      const impulse = impulseResponse(multiband([...corners.map((frequency) => at(frequency)), REST]));
      for (const frequency of SWEEP) assert.ok(Math.abs(responseDb(impulse, frequency, SAMPLE_RATE)) < 0.01);
    }
  });

  it("its bands are Linkwitz-Riley filters of 24 dB per octave: -6 dB where they meet", () => {
    const low = impulseResponse(multiband([at(1000), OFF]));
    const high = impulseResponse(multiband([at(1000, OFF), REST]));
    for (const frequency of SWEEP.filter((each) => each > 100 && each < 10000)) {
      const w = Math.tan((Math.PI * frequency) / SAMPLE_RATE) / Math.tan((Math.PI * 1000) / SAMPLE_RATE);
      const wanted = -20 * Math.log10(1 + w ** 4);
      assert.ok(Math.abs(responseDb(low, frequency, SAMPLE_RATE) - wanted) < 0.02, `low, ${frequency} Hz`);
      const wantedHigh = wanted + 80 * Math.log10(w);
      assert.ok(
        Math.abs(responseDb(high, frequency, SAMPLE_RATE) - wantedHigh) < 0.02,
        `high, ${frequency} Hz`,
      );
    }
  });

  it("without bands leaves the signal alone, bit for bit; with one is the compressor", () => {
    const input = noise(4800, 7, 0.9);
    assert.deepEqual(multiband([]).run(input), input);
    const single = multiband([{ knee: 6, makeup: 2 }]).run(input);
    const compressor = new ProcessorBench(Kind.compressor, SAMPLE_RATE, [
      ...([
        [0, -20],
        [1, 4],
        [2, 5],
        [3, 100],
      ] as const),
      ...([
        [4, 6],
        [5, 2],
        [6, 0],
      ] as const),
    ]).run(input);
    single.left.forEach((value, frame) => assert.ok(Math.abs(value - compressor.left[frame]!) < 1e-6));
  });

  it("each band follows its own static curve within 0.1 dB, and leaves the others alone", () => {
    const release = 5000;
    const bands = [
      at(200, { threshold: -30, release }),
      at(6000, { threshold: -20, ratio: 2, makeup: 3, release }),
      { threshold: -10, release },
    ];
    const gain = (frequency: number, peak: number) =>
      level(
        peakOf(
          multiband(bands)
            .run(sine(frequency, peak, SAMPLE_RATE * 2))
            .left.subarray(-9600),
        ) / peak,
      );
    // Far from the corners.
    assert.ok(Math.abs(gain(30, amplitude(-10)) + 15) < 0.1, `${gain(30, amplitude(-10))}`);
    assert.ok(Math.abs(gain(1095, amplitude(-10)) - (3 - 5)) < 0.1, `${gain(1095, amplitude(-10))}`);
    assert.ok(Math.abs(gain(17977, amplitude(-2)) + 6) < 0.1, `${gain(17977, amplitude(-2))}`);
    const pair: Stereo = both(SAMPLE_RATE, (frame) => {
      const t = (2 * Math.PI * frame) / SAMPLE_RATE;
      return 0.5 * Math.sin(40 * t) + 0.01 * Math.sin(18000 * t);
    });
    const { left } = multiband(bands).run(pair);
    // Mean of the output against the quiet treble: the loud bass has not turned it down.
    let treble = 0;
    left.subarray(-24000).forEach((value, frame) => (treble += value * Math.sin((Math.PI * 3 * frame) / 4)));
    let other = 0;
    left.subarray(-24000).forEach((value, frame) => (other += value * Math.cos((Math.PI * 3 * frame) / 4)));
    assert.ok(Math.abs(level(Math.hypot(treble, other) / 12000 / 0.01)) < 0.1);
  });

  it("mix: the dry part has the same phase, so that it only lessens the reduction", () => {
    const input = sine(960, amplitude(-8), SAMPLE_RATE);
    const bands = [at(1000, {}), {}];
    const { left } = multiband(bands, { others: [[MIX, 0]] }).run(input);
    const power = left.subarray(-4800).reduce((sum, value) => sum + value * value, 0) / 4800;
    assert.ok(Math.abs(10 * Math.log10(2 * power) + 8) < 0.01);
  });

  it("changes live without a click", () => {
    for (const [parameter, value] of [
      [1, -50],
      [6, 12],
      [8 + 2, 20],
      [MIX, 0],
    ] as const) {
      const bench = multiband([at(500, { attack: 0, release: 500 }), { attack: 0, release: 500 }]);
      const bend = largestBend(bench, 700, 0.3, () => bench.set(parameter, value));
      assert.ok(bend < 0.002, `parameter ${parameter}: ${bend}`);
    }
    // The bands at rest: what is left is the crossover's move.
    const bench = multiband([at(500), { ...REST, makeup: 3 }]);
    const bend = largestBend(bench, 700, 0.3, () => bench.set(0, 3000));
    assert.ok(bend < 0.002, `crossover: ${bend}`);
  });

  it("counts the reduction of the band that is turned down most", () => {
    const bench = multiband([at(300, { attack: 1 }), { threshold: 0 }]);
    bench.run(sine(40, amplitude(-4)));
    const telemetry = bench.dsp.float64(bench.dsp.exports.processorReduction(bench.address), 2);
    assert.ok(Math.abs(telemetry[0]! + 12) < 0.2, `${telemetry[0]}`);
  });
});
