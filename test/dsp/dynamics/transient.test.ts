import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { Kind, noise, ProcessorBench, type Stereo } from "../processorBench.js";
import {
  amplitude,
  keepsTheRules,
  largestStep,
  level,
  peakOf,
  SAMPLE_RATE,
  sine,
  swelling,
} from "./processorRules.js";

/** In the order of their numbers in src/dsp/dynamics/transient.ts. */
const PARAMETERS = ["attack", "sustain", "attackTime", "sustainTime", "output"] as const;
type Settings = Record<(typeof PARAMETERS)[number], number>;

const DEFAULTS: Settings = { attack: 0, sustain: 0, attackTime: 20, sustainTime: 300, output: 0 };

function transient(settings: Partial<Settings> = {}): ProcessorBench {
  const all = { ...DEFAULTS, ...settings };
  return new ProcessorBench(
    Kind.transient,
    SAMPLE_RATE,
    PARAMETERS.map((name, number) => [number, all[name]] as const),
  );
}

/** Drum-like: a burst of noise every half second that decays by 60 dB in 300 ms. */
function drum(peak: number): Stereo {
  const { left } = noise(SAMPLE_RATE, 5, 1);
  const hit = left.map((value, frame) => {
    const time = (frame % (SAMPLE_RATE / 2)) / SAMPLE_RATE;
    return time < 0.05 ? 0 : value * peak * 10 ** (-(time - 0.05) * 10);
  });
  return { left: hit, right: hit };
}

/** The shaper in plain words. */
function plainTransient({ left, right }: Stereo, settings: Settings): Float32Array {
  const part = (milliseconds: number) => 1 - Math.exp(-1000 / (milliseconds * SAMPLE_RATE));
  const peaks = left.map((value, frame) => Math.max(Math.abs(value), Math.abs(right[frame]!)));
  let [quick, late, long] = [1e-12, 1e-12, 1e-12];
  const follow = (from: number, to: number, rise: number, fall: number) =>
    from + (to - from) * part(to > from ? rise : fall);
  return left.map((value, frame) => {
    const from = Math.max(0, Math.floor(frame / 64) * 64 - 8 * 64);
    const peak = Math.hypot(peakOf(peaks.subarray(from, frame + 1)), 1e-12);
    quick = follow(quick, peak, 1, 20);
    late = follow(late, peak, settings.attackTime, 20);
    long = follow(long, peak, 1, settings.sustainTime);
    const gain = settings.attack * (1 - late / quick) + settings.sustain * (1 - quick / long);
    return value * amplitude(gain + settings.output);
  });
}

describe("transient shaper", () => {
  keepsTheRules(
    [() => transient({ attack: 9, sustain: -6 }), () => transient({ attack: -12, sustain: 6, output: -3 })],
    { isMono: true },
  );

  it("leaves the signal alone, bit for bit, with nothing to do", () => {
    const input = drum(0.9);
    assert.deepEqual(transient().run(input), input);
  });

  it("passes a steady tone unchanged, within 0.02 dB, from 50 Hz", () => {
    for (const frequency of [50, 440, 5000]) {
      const input = sine(frequency, 0.25, SAMPLE_RATE * 2);
      const { left } = transient({ attack: 15, sustain: 15 }).run(input);
      left.subarray(SAMPLE_RATE).forEach((value, frame) => {
        const before = input.left[SAMPLE_RATE + frame]!;
        assert.ok(Math.abs(value - before) <= 0.25 * 0.0023, `${frequency} Hz, frame ${frame}`);
      });
    }
  });

  it("does the same at any level, within 0.01 dB", () => {
    const settings = { attack: 9, sustain: -9 };
    const loud = transient(settings).run(drum(0.9)).left;
    const quiet = transient(settings).run(drum(0.9 * amplitude(-50))).left;
    loud.forEach((value, frame) =>
      assert.ok(Math.abs(quiet[frame]! * amplitude(50) - value) < 0.9 * 0.0012, `frame ${frame}`),
    );
  });

  it("attack acts on the onset, sustain on the decay", () => {
    const from = 2400;
    const energy = (samples: Float32Array, start: number, end: number) =>
      10 *
      Math.log10(samples.subarray(from + start, from + end).reduce((sum, value) => sum + value * value, 0));
    const plain = drum(0.2);
    const gains = (settings: Partial<Settings>) => {
      const { left } = transient(settings).run(plain);
      return [
        energy(left, 24, 240) - energy(plain.left, 24, 240),
        energy(left, 6000, 9600) - energy(plain.left, 6000, 9600),
      ] as const;
    };
    const [onset, tail] = gains({ attack: 12 });
    assert.ok(onset > 6 && Math.abs(tail) < 0.5, `attack: ${onset} dB, ${tail} dB`);
    const [onsetKept, tailCut] = gains({ sustain: -12 });
    assert.ok(Math.abs(onsetKept) < 0.5 && tailCut < -4, `sustain: ${onsetKept} dB, ${tailCut} dB`);
  });

  it("output gain is exact", () => {
    const { left } = transient({ output: -6 }).run(drum(0.9));
    const input = drum(0.9).left;
    left.forEach((value, frame) => assert.ok(Math.abs(value - input[frame]! * amplitude(-6)) < 1e-7));
  });

  it("agrees with a plain twin on noise that swells and fades", () => {
    fc.assert(
      fc.property(
        fc.record({
          attack: fc.double({ min: -24, max: 12, noNaN: true }),
          sustain: fc.double({ min: -24, max: 12, noNaN: true }),
          attackTime: fc.double({ min: 2, max: 200, noNaN: true }),
          sustainTime: fc.double({ min: 50, max: 2000, noNaN: true }),
          output: fc.double({ min: -24, max: 0, noNaN: true }),
        }),
        fc.integer({ min: 1, max: 1000 }),
        (settings, seed) => {
          const input = swelling(4000, seed);
          const wanted = plainTransient(input, settings);
          const { left } = transient(settings).run(input);
          left.forEach((value, frame) =>
            assert.ok(Math.abs(value - wanted[frame]!) < 1e-5, `frame ${frame}`),
          );
        },
      ),
      { seed: 5, numRuns: 15 },
    );
  });

  it("changes live without a click", () => {
    const bench = transient();
    const step = largestStep(bench, 0.25, () => bench.set(PARAMETERS.indexOf("output"), 12));
    assert.ok(step < 0.01 * 0.25 * amplitude(12), `step of ${level(step)} dB`);
  });
});
