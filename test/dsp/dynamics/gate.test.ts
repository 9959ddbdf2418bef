import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { both, Kind, noise, ProcessorBench, type Stereo } from "../processorBench.js";
import {
  amplitude,
  keepsTheRules,
  largestStep,
  level,
  peakOf,
  SAMPLE_RATE,
  sine,
  swelling,
  timeConstant,
} from "./processorRules.js";

/** In the order of their numbers in src/dsp/dynamics/gate.ts. */
const PARAMETERS = [
  ...(["mode", "threshold", "hysteresis", "range", "ratio", "attack", "hold", "release"] as const),
  ...(["lookahead", "sidechainHighpass", "sidechainLowpass"] as const),
];
type Settings = Record<(typeof PARAMETERS)[number], number>;

const DEFAULTS: Settings = {
  mode: 0,
  threshold: -40,
  hysteresis: 0,
  range: -60,
  ratio: 2,
  attack: 1,
  hold: 10,
  release: 20,
  lookahead: 0,
  sidechainHighpass: 0,
  sidechainLowpass: 0,
};

function gate(settings: Partial<Settings> = {}): ProcessorBench {
  const all = { ...DEFAULTS, ...settings };
  return new ProcessorBench(
    Kind.gate,
    SAMPLE_RATE,
    PARAMETERS.map((name, number) => [number, all[name]] as const),
  );
}

/** Gain in dB of each frame of a constant signal whose level follows `levels`: [dB, frames]. */
function gainsOf(bench: ProcessorBench, ...levels: (readonly [number, number])[]): number[] {
  const input = levels.flatMap(([dB, frames]) => Array<number>(frames).fill(amplitude(dB)));
  const { left } = bench.run(both(input.length, (frame) => input[frame]!));
  return Array.from(left, (value, frame) => level(value / input[frame]!));
}

/** The gate in plain words: no side-chain filter, no look-ahead. */
function plainGate({ left, right }: Stereo, settings: Settings): Stereo {
  const decay = (milliseconds: number) =>
    milliseconds > 0 ? Math.exp(-1000 / (milliseconds * SAMPLE_RATE)) : 0;
  const [attack, release] = [decay(settings.attack), decay(settings.release)];
  const peaks = left.map((value, frame) => Math.max(Math.abs(value), Math.abs(right[frame]!), 1e-15));
  const output = { left: new Float32Array(left.length), right: new Float32Array(left.length) };
  const hold = Math.round((settings.hold / 1000) * SAMPLE_RATE);
  let held = 0;
  let closing = -settings.range;
  let applied = -settings.range;
  peaks.forEach((peak, frame) => {
    const needed = settings.threshold - (held > 0 ? settings.hysteresis : 0);
    held = level(peak) >= needed ? hold : Math.max(0, held - 1);
    // The expander's level: the greatest since the beginning of the 64 frames, eight times 64 frames ago.
    const from = Math.max(0, Math.floor(frame / 64) * 64 - 8 * 64);
    const below = settings.threshold - level(peakOf(peaks.subarray(from, frame + 1)));
    const asked = settings.mode === 1 ? (settings.ratio - 1) * Math.max(0, below) : Infinity;
    const wanted = held > 0 ? 0 : Math.min(-settings.range, asked);
    closing = Math.min(wanted, wanted + release * (closing - wanted));
    applied = Math.max(closing, closing + attack * (applied - closing));
    output.left[frame] = left[frame]! * amplitude(-applied);
    output.right[frame] = right[frame]! * amplitude(-applied);
  });
  return output;
}

describe("gate", () => {
  keepsTheRules(
    [
      () => gate(),
      () => gate({ mode: 1, ratio: 3, hysteresis: 6, range: -30 }),
      () => gate({ lookahead: 3, sidechainHighpass: 200, sidechainLowpass: 6000 }),
    ],
    { isMono: true },
  );

  it("passes what reaches the threshold, bit for bit, and turns the rest down by exactly the range", () => {
    for (const range of [-6, -20, -80, -120]) {
      const open = gainsOf(gate({ range }), [-39.9, 4800]);
      assert.ok(Math.abs(open.at(-1)) < 1e-6, `open: ${open.at(-1)} dB`);
      const closed = gainsOf(gate({ range }), [-10, 4800], [-40.1, 24000]);
      assert.ok(Math.abs(closed.at(-1) - range) < 0.001, `closed: ${closed.at(-1)} dB, range ${range} dB`);
    }
    const bench = gate({ attack: 0 });
    const loud = sine(1000, 0.5);
    bench.run(loud);
    assert.deepEqual(bench.run(loud), loud);
  });

  it("expander: follows the static curve within 0.1 dB, on a constant and on sines from 50 Hz", () => {
    for (const ratio of [1.5, 2, 4]) {
      for (let input = -70; input <= -30; input += 5) {
        const wanted = Math.max(-60, Math.min(0, (ratio - 1) * (input + 40)));
        const constant = gainsOf(gate({ mode: 1, ratio }), [input, 24000]).at(-1);
        assert.ok(Math.abs(constant - wanted) < 0.1, `${input} dB: ${constant}`);
        for (const frequency of [50, 1000]) {
          const { left } = gate({ mode: 1, ratio }).run(sine(frequency, amplitude(input)));
          const gain = level(peakOf(left.subarray(-4800))) - input;
          assert.ok(Math.abs(gain - wanted) < 0.1, `${frequency} Hz, ${input} dB: ${gain}`);
        }
      }
    }
  });

  it("attack and release are time constants in dB, within 5 %", () => {
    for (const time of [0.5, 5, 60]) {
      const gains = gainsOf(gate({ attack: time, range: -40 }), [-90, 4800], [-10, SAMPLE_RATE]);
      const attack = timeConstant(gains.slice(4800), -40);
      assert.ok(Math.abs(attack / time - 1) < 0.05, `attack of ${time} ms: ${attack}`);
    }
    for (const time of [10, 100, 300]) {
      const gains = gainsOf(gate({ release: time, range: -40 }), [-10, 4800], [-90, SAMPLE_RATE * 3]);
      const release = timeConstant(gains.slice(4800 + 480 - 1), 0);
      assert.ok(Math.abs(release / time - 1) < 0.05, `release of ${time} ms: ${release}`);
    }
  });

  it("stays open for the hold, to the frame", () => {
    for (const hold of [10, 35, 200]) {
      const gains = gainsOf(gate({ hold }), [-10, 4800], [-90, SAMPLE_RATE]).slice(4800);
      assert.equal(
        gains.findIndex((gain) => gain < -0.001),
        (hold * SAMPLE_RATE) / 1000 - 1,
      );
    }
  });

  it("hysteresis: opens at the threshold, closes below threshold less hysteresis", () => {
    const settled = (...levels: number[]) =>
      gainsOf(gate({ hysteresis: 6 }), ...levels.map((dB) => [dB, 24000] as const)).at(-1);
    assert.ok(settled(-41) < -59.9, "not opened between the two");
    assert.ok(settled(-39, -45.9) > -0.001, "open");
    assert.ok(settled(-39, -46.1) < -59.9, "closed");
    assert.ok(settled(-39, -46.1, -41) < -59.9, "closed until the threshold is reached again");
  });

  it("is opened by another signal", () => {
    const input = noise(SAMPLE_RATE, 4, 0.5);
    const burst = both(SAMPLE_RATE, (frame) => (frame < SAMPLE_RATE / 2 ? 0 : 0.5));
    const { left } = gate({ attack: 0 }).run(input, [333], burst);
    assert.ok(peakOf(left.subarray(0, 24000)) < 0.5 * amplitude(-59.9));
    assert.deepEqual(left.subarray(24000), input.left.subarray(24000));
  });

  it("its side-chain's filters keep bass and treble from opening it", () => {
    const settings = { threshold: -20, range: -40, sidechainHighpass: 500, sidechainLowpass: 2000 };
    const gain = (frequency: number) =>
      level(peakOf(gate(settings).run(sine(frequency, 0.5)).left.subarray(-4800)) / 0.5);
    assert.ok(gain(60) < -39.9);
    assert.ok(gain(12000) < -39.9);
    assert.ok(gain(1000) > -0.01);
  });

  it("look-ahead: reports its latency and is open when the sound arrives", () => {
    const bench = gate({ lookahead: 10, attack: 1 });
    assert.equal(bench.dsp.exports.processorLatency(bench.address), 480);
    const input = both(4800, (frame) => (frame < 2400 ? 0 : 0.5));
    const { left } = bench.run(input);
    assert.equal(left[2400 + 479], 0);
    assert.ok(Math.abs(level(left[2400 + 480]! / 0.5)) < 0.01);
  });

  it("agrees with a plain twin on noise that swells and fades", () => {
    fc.assert(
      fc.property(
        fc.record({
          mode: fc.constantFrom(0, 1),
          threshold: fc.double({ min: -40, max: -5, noNaN: true }),
          hysteresis: fc.double({ min: 0, max: 12, noNaN: true }),
          range: fc.double({ min: -90, max: 0, noNaN: true }),
          ratio: fc.double({ min: 1, max: 8, noNaN: true }),
          attack: fc.double({ min: 0, max: 50, noNaN: true }),
          hold: fc.double({ min: 10, max: 40, noNaN: true }),
          release: fc.double({ min: 5, max: 200, noNaN: true }),
        }),
        fc.integer({ min: 1, max: 1000 }),
        (settings, seed) => {
          const input = swelling(5000, seed);
          const wanted = plainGate(input, { ...DEFAULTS, ...settings });
          const actual = gate(settings).run(input);
          for (const side of ["left", "right"] as const)
            actual[side].forEach((value, frame) =>
              assert.ok(Math.abs(value - wanted[side][frame]!) < 1e-5, `frame ${frame}`),
            );
        },
      ),
      { seed: 3, numRuns: 30 },
    );
  });

  it("changes live without a click", () => {
    const range = gate({ range: -6, attack: 0, release: 5 });
    const step = largestStep(range, amplitude(-60), () => range.set(PARAMETERS.indexOf("range"), -40));
    assert.ok(step < 0.01 * amplitude(-66), `range: step of ${level(step)} dB`);
    const opened = gate({ mode: 1, range: -80, attack: 0 });
    const other = largestStep(opened, amplitude(-60), () => opened.set(PARAMETERS.indexOf("ratio"), 1));
    assert.ok(other < 0.01 * amplitude(-60), `ratio: step of ${level(other)} dB`);
  });

  it("counts its reduction", () => {
    const bench = gate({ range: -20 });
    bench.run(both(SAMPLE_RATE, () => 0));
    const telemetry = bench.dsp.float64(bench.dsp.exports.processorReduction(bench.address), 303);
    assert.ok(Math.abs(telemetry[0]! + 20) < 0.001);
    assert.equal(telemetry[2 + 200], SAMPLE_RATE);
  });
});
