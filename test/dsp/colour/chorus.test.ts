import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { keepsTheRules, largestStep, peakOf } from "../dynamics/processorRules.js";
import { both, Kind, noise, ProcessorBench, responseDb } from "../processorBench.js";

const [MODE, RATE, SYNC, DEPTH, DELAY, VOICES, FREQUENCY, STAGES, FEEDBACK, STEREO_PHASE, MIX] = [
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
];
const [CHORUS, FLANGER, PHASER] = [0, 1, 2];

type Parameters = readonly (readonly [number, number])[];
const chorus = (parameters: Parameters, sampleRate = 48000) =>
  new ProcessorBench(Kind.chorus, sampleRate, parameters);

const impulse = (frames: number) => both(frames, (frame) => (frame === 0 ? 1 : 0));

interface Complex {
  readonly re: number;
  readonly im: number;
}
const times = (a: Complex, b: Complex): Complex => ({
  re: a.re * b.re - a.im * b.im,
  im: a.re * b.im + a.im * b.re,
});
const over = (a: Complex, b: Complex): Complex => {
  const power = b.re * b.re + b.im * b.im;
  return { re: (a.re * b.re + a.im * b.im) / power, im: (a.im * b.re - a.re * b.im) / power };
};
const turn = (angle: number): Complex => ({ re: Math.cos(angle), im: Math.sin(angle) });

/** Level in dB of a mix of 50 % dry and `moved`, fed back. */
function mixedDb(moved: Complex, feedback: number): number {
  const wet = over(moved, { re: 1 - feedback * moved.re, im: -feedback * moved.im });
  return 20 * Math.log10(Math.hypot(0.5 + 0.5 * wet.re, 0.5 * wet.im));
}

describe("chorus, flanger, phaser", () => {
  for (const feedback of [0, 60, -80]) {
    it(`flanger at rest with ${feedback} % feedback is the analytic comb, to 18 kHz at 44.1 kHz`, () => {
      const parameters = [
        [MODE, FLANGER],
        [DEPTH, 0],
        [DELAY, 1.234],
        [FEEDBACK, feedback],
        [MIX, 50],
      ] as const;
      const { left } = chorus(parameters, 44100).run(impulse(16384));
      for (let frequency = 100; frequency <= 18000; frequency += 187) {
        const wanted = mixedDb(turn(-2 * Math.PI * frequency * 0.001234), feedback / 100);
        if (wanted < -25) continue;
        const error = responseDb(left, frequency, 44100) - wanted;
        assert.ok(Math.abs(error) < 0.05, `${frequency} Hz: ${error} dB`);
      }
    });

    it(`phaser at rest with ${feedback} % feedback is the analytic chain`, () => {
      const parameters = [
        [MODE, PHASER],
        [DEPTH, 0],
        [FREQUENCY, 900],
        [STAGES, 6],
        [FEEDBACK, feedback],
      ] as const;
      const { left } = chorus(parameters).run(impulse(16384));
      const tangent = Math.tan((Math.PI * 900) / 48000);
      const a = (tangent - 1) / (tangent + 1);
      for (let frequency = 30; frequency <= 20000; frequency *= 1.1) {
        const z = turn((-2 * Math.PI * frequency) / 48000);
        const one = over({ re: a + z.re, im: z.im }, { re: 1 + a * z.re, im: a * z.im });
        const two = times(one, one);
        const wanted = mixedDb(times(times(two, two), two), feedback / 100);
        if (wanted < -40) continue;
        const error = responseDb(left, frequency, 48000) - wanted;
        assert.ok(Math.abs(error) < 0.01, `${frequency} Hz: ${error} dB`);
      }
    });
  }

  it("reads a moving voice exactly where the sine is, from the first frame on", () => {
    const [rate, depth, delay] = [2, 30, 5];
    const bench = chorus([
      [MODE, CHORUS],
      ...([
        [RATE, rate],
        [DEPTH, depth],
        [DELAY, delay],
        [VOICES, 1],
        [STEREO_PHASE, 90],
        [MIX, 100],
      ] as const),
    ]);
    const tone = (frame: number) => Math.sin((2 * Math.PI * 3000 * frame) / 48000);
    const { left, right } = bench.run(both(48000, (frame) => 0.5 * tone(frame)));
    for (const [side, ahead] of [
      [left, 0],
      [right, 0.25],
    ] as const) {
      for (let frame = 1000; frame < 48000; frame++) {
        const swing = Math.sin(2 * Math.PI * ((rate * frame) / 48000 + ahead));
        const late = 48 * delay * (1 + 0.95 * (depth / 100) * swing);
        const difference = Math.abs(side[frame]! - 0.5 * tone(frame - late));
        assert.ok(difference < 1e-3, `frame ${frame}: ${difference}`);
      }
    }
  });

  it("spreads its voices and keeps their power", () => {
    const input = noise(48000, 1);
    const power = (samples: Float32Array) => samples.reduce((sum, value) => sum + value * value, 0);
    for (const voices of [2, 4, 6]) {
      const { left } = chorus([
        [VOICES, voices],
        [DEPTH, 60],
        [DELAY, 20],
        [MIX, 100],
      ]).run(input);
      const change = 10 * Math.log10(power(left.subarray(4000)) / power(input.left.subarray(4000)));
      assert.ok(Math.abs(change) < 1, `${voices} voices: ${change} dB`);
    }
  });

  it("follows the tempo", () => {
    const input = noise(20000, 2);
    const synced = () => {
      const bench = chorus([]);
      const { processorNew, processorTempo, processorSet, processorPrepare } = bench.dsp.exports;
      const address = processorNew(Kind.chorus, 48000);
      processorTempo(address, 90);
      processorSet(address, SYNC, 5); // 1/4
      processorPrepare(address);
      return Object.assign(bench, { address });
    };
    // A quarter note at 90 beats per minute.
    assert.deepEqual(synced().run(input), chorus([[RATE, 1.5]]).run(input));
  });

  it("moves both sides alike without a stereo phase", () => {
    const { left, right } = chorus([
      [STEREO_PHASE, 0],
      [FEEDBACK, 30],
    ]).run(both(9600, (frame) => Math.sin(frame / 9)));
    assert.deepEqual(left, right);
  });

  it("is the signal itself, bit for bit, at a mix of 0 %", () => {
    const input = noise(2000, 3);
    for (const mode of [CHORUS, FLANGER, PHASER])
      assert.deepEqual(
        chorus([
          [MODE, mode],
          [MIX, 0],
        ]).run(input),
        input,
      );
  });

  it("stays below its bounds with the most feedback, and falls silent: exact zeros", () => {
    for (const parameters of [
      [
        [MODE, CHORUS],
        [VOICES, 6],
        [DEPTH, 0],
        [FEEDBACK, 95],
      ],
      [
        [MODE, FLANGER],
        [DELAY, 2],
        [FEEDBACK, -95],
      ],
      [
        [MODE, PHASER],
        [STAGES, 12],
        [FEEDBACK, 95],
      ],
    ] as const) {
      const bench = chorus(parameters);
      assert.ok(peakOf(bench.run(noise(48000, 4)).left) < 15);
      bench.run(both(48000 * 20, () => 0));
      assert.equal(peakOf(bench.run(both(1000, () => 0)).left), 0);
    }
  });

  for (const [name, parameter, value] of [
    ["mode", MODE, PHASER],
    ["depth", DEPTH, 80],
    ["delay", DELAY, 30],
    ["voices", VOICES, 6],
    ["feedback", FEEDBACK, 40],
    ["mix", MIX, 100],
  ] as const) {
    it(`changes the ${name} without a click`, () => {
      const bench = chorus([[VOICES, 1]]);
      const step = largestStep(bench, 0.5, () => bench.set(parameter, value));
      assert.ok(step < 0.003, `a step of ${step}`);
    });
  }

  keepsTheRules(
    [
      () =>
        chorus([
          [VOICES, 3],
          [DEPTH, 70],
        ]),
      () =>
        chorus([
          [MODE, FLANGER],
          [DELAY, 2],
          [FEEDBACK, -50],
          [RATE, 5],
        ]),
      () =>
        chorus([
          [MODE, PHASER],
          [DEPTH, 60],
          [FEEDBACK, 50],
          [RATE, 5],
        ]),
    ],
    { isMono: false },
  );
});
