import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { both, Kind, noise, ProcessorBench, type Stereo } from "../processorBench.js";
import { amplitude, keepsTheRules, largestStep, level, peakOf, SAMPLE_RATE, sine } from "./processorRules.js";

/** In the order of their numbers in src/dsp/dynamics/compressor.ts. */
const PARAMETERS = [
  ...(["threshold", "ratio", "attack", "release", "knee", "makeup", "detector"] as const),
  ...(["sidechainHighpass", "mix", "lookahead", "autoRelease", "autoMakeup", "sidechainLowpass"] as const),
];
type Settings = Record<(typeof PARAMETERS)[number], number>;

const DEFAULTS: Settings = {
  threshold: -20,
  ratio: 4,
  attack: 10,
  release: 100,
  knee: 0,
  makeup: 0,
  detector: 0,
  sidechainHighpass: 0,
  mix: 100,
  lookahead: 0,
  autoRelease: 0,
  autoMakeup: 0,
  sidechainLowpass: 0,
};

function compressor(settings: Partial<Settings> = {}): ProcessorBench {
  const all = { ...DEFAULTS, ...settings };
  return new ProcessorBench(
    Kind.compressor,
    SAMPLE_RATE,
    PARAMETERS.map((name, number) => [number, all[name]] as const),
  );
}

/** Reduction in dB, positive, of the static curve: Giannoulis, Massberg and Reiss 2012, eq. 4, case by case. */
function staticReduction(input: number, { threshold, ratio, knee }: Settings): number {
  const over = input - threshold;
  const slope = 1 - 1 / ratio;
  if (2 * over < -knee) return 0;
  if (knee > 0 && 2 * Math.abs(over) <= knee) return (slope * (over + knee / 2) ** 2) / (2 * knee);
  return slope * over;
}

/** The compressor in plain words: peak detector, no side-chain filter, no lookahead. */
function plainCompressor({ left, right }: Stereo, settings: Settings): Stereo {
  const decay = (milliseconds: number) =>
    milliseconds > 0 ? Math.exp(-1000 / (milliseconds * SAMPLE_RATE)) : 0;
  const [attack, release] = [decay(settings.attack), decay(settings.release)];
  const slow = decay(8 * settings.release);
  const output = { left: new Float32Array(left.length), right: new Float32Array(left.length) };
  let follower = 0;
  let mean = 0;
  let applied = 0;
  left.forEach((value, frame) => {
    const peak = Math.max(Math.abs(value), Math.abs(right[frame]!), 1e-15);
    const wanted = staticReduction(level(peak), settings);
    follower = Math.max(wanted, mean + release * (follower - mean));
    if (settings.autoRelease) mean = wanted + slow * (mean - wanted);
    applied = Math.min(follower, follower + attack * (applied - follower));
    const mix = settings.mix / 100;
    const gain = 1 - mix + mix * amplitude(settings.makeup - applied);
    output.left[frame] = value * gain;
    output.right[frame] = right[frame]! * gain;
  });
  return output;
}

/**
 * The same with an RMS detector that is read once every `stride` frames: the gain moves in a straight line to that of
 * the step before.
 */
function plainRmsCompressor({ left, right }: Stereo, settings: Settings, stride: number): Stereo {
  const rate = SAMPLE_RATE / stride;
  const decay = (seconds: number) => (seconds > 0 ? Math.exp(-1 / (seconds * rate)) : 0);
  const [keep, attack, release] = [0.01, settings.attack / 1000, settings.release / 1000].map(decay) as [
    number,
    number,
    number,
  ];
  const output = { left: new Float32Array(left.length), right: new Float32Array(left.length) };
  const means = [0, 0];
  let follower = 0;
  let applied = 0;
  let gains = [1, 1];
  for (let start = 0; start + stride <= left.length; start += stride) {
    const powers = [0, 0];
    for (let frame = start; frame < start + stride; frame++) {
      const gain = gains[0]! + ((gains[1]! - gains[0]!) * (frame + 1 - start)) / stride;
      [left, right].forEach((channel, i) => (powers[i]! += channel[frame]! ** 2 / stride));
      output.left[frame] = left[frame]! * gain;
      output.right[frame] = right[frame]! * gain;
    }
    powers.forEach((power, i) => (means[i] = power + keep * (means[i]! - power)));
    const wanted = staticReduction(10 * Math.log10(Math.max(1e-30, ...means)), settings);
    follower = Math.max(wanted, release * follower);
    applied = Math.min(follower, follower + attack * (applied - follower));
    gains = [gains[1]!, 1 + (settings.mix / 100) * (amplitude(settings.makeup - applied) - 1)];
  }
  return output;
}

/** Noise that swells and fades 17 times a second. */
function swells(frames: number, seed: number): Stereo {
  const input = noise(frames, seed, 1);
  for (const channel of [input.left, input.right]) {
    channel.forEach((value, frame) => (channel[frame] = value * Math.sin(frame / 900) ** 4));
  }
  return input;
}

/** First frame of the settled output after a step of a constant level to another one. */
function afterStep(bench: ProcessorBench, from: number, to: number): Float32Array {
  const frames = SAMPLE_RATE * 2;
  const input = both(frames, (frame) => amplitude(frame < frames / 2 ? from : to));
  const { left } = bench.run(input);
  return left.subarray(frames / 2);
}

/** Milliseconds until the gain has gone 63 % of the way from its first to its last value, in dB. */
function timeConstant(output: Float32Array, input: number, firstReduction: number): number {
  const last = level(output.at(-1)) - input;
  const wanted = last + (-firstReduction - last) / Math.E;
  const rises = last > -firstReduction;
  const frame = output.findIndex((value) =>
    rises ? level(value) - input >= wanted : level(value) - input <= wanted,
  );
  return (1000 * frame) / SAMPLE_RATE;
}

describe("compressor", () => {
  keepsTheRules(
    [
      () => compressor(),
      () => compressor({ detector: 1, sidechainHighpass: 100, lookahead: 3, autoRelease: 1 }),
      () => compressor({ detector: 1, mix: 70, makeup: 3, knee: 6, sidechainLowpass: 5000 }),
      () => compressor({ detector: 1, autoMakeup: 1 }),
    ],
    { isMono: true },
  );

  for (const knee of [0, 6, 12]) {
    for (const ratio of [1.5, 4, 20, Infinity]) {
      it(`follows the static curve within 0.1 dB: ratio ${ratio}, knee ${knee} dB`, () => {
        const settings = { ...DEFAULTS, knee, ratio, attack: 1 };
        for (let input = -50; input <= 0; input += 2.5) {
          const { left } = compressor(settings).run(both(4800, () => amplitude(input)));
          const reduction = input - level(left.at(-1));
          assert.ok(
            Math.abs(reduction - staticReduction(input, settings)) < 0.1,
            `${input} dB: ${reduction}`,
          );
        }
      });
    }
  }

  it("attack and release are time constants, within 5 %", () => {
    for (const time of [1, 10, 80]) {
      const attack = timeConstant(afterStep(compressor({ attack: time }), -60, -8), -8, 0);
      assert.ok(Math.abs(attack / time - 1) < 0.05, `attack of ${time} ms: ${attack}`);
    }
    for (const time of [20, 100, 250]) {
      const release = timeConstant(afterStep(compressor({ release: time, attack: 5 }), -8, -40), -40, 9);
      assert.ok(Math.abs(release / time - 1) < 0.05, `release of ${time} ms: ${release}`);
    }
  });

  it("automatic release: quick after a peak, slow after a lasting reduction", () => {
    const recovery = (milliseconds: number) => {
      const loud = (SAMPLE_RATE * milliseconds) / 1000;
      const bench = compressor({ autoRelease: 1, attack: 1, release: 60 });
      const { left } = bench.run(both(SAMPLE_RATE * 4, (frame) => amplitude(frame < loud ? -8 : -40)));
      return (left.subarray(loud).findIndex((value) => level(value) > -41) * 1000) / SAMPLE_RATE;
    };
    assert.ok(recovery(20) < 200);
    assert.ok(recovery(1500) > 600);
  });

  it("agrees with a plain twin on noise that swells and fades", () => {
    fc.assert(
      fc.property(
        fc.record({
          threshold: fc.double({ min: -40, max: -5, noNaN: true }),
          ratio: fc.double({ min: 1, max: 20, noNaN: true }),
          attack: fc.double({ min: 0, max: 50, noNaN: true }),
          release: fc.double({ min: 5, max: 400, noNaN: true }),
          knee: fc.double({ min: 0, max: 18, noNaN: true }),
          makeup: fc.double({ min: 0, max: 12, noNaN: true }),
          mix: fc.double({ min: 0, max: 100, noNaN: true }),
          autoRelease: fc.constantFrom(0, 1),
        }),
        fc.integer({ min: 1, max: 1000 }),
        (settings, seed) => {
          const input = swells(6000, seed);
          const wanted = plainCompressor(input, { ...DEFAULTS, ...settings });
          const actual = compressor(settings).run(input);
          // Polynomials within 1e-5 dB: 1.2e-6 of the value, which makeup keeps below 4.
          actual.left.forEach((value, frame) => assert.ok(Math.abs(value - wanted.left[frame]!) < 1e-5));
          actual.right.forEach((value, frame) => assert.ok(Math.abs(value - wanted.right[frame]!) < 1e-5));
        },
      ),
      { seed: 3, numRuns: 40 },
    );
  });

  it("RMS: agrees with a plain twin that reads the mean every four frames, however the signal is cut", () => {
    fc.assert(
      fc.property(
        fc.record({
          threshold: fc.double({ min: -40, max: -5, noNaN: true }),
          ratio: fc.double({ min: 1, max: 20, noNaN: true }),
          attack: fc.double({ min: 0, max: 50, noNaN: true }),
          release: fc.double({ min: 5, max: 400, noNaN: true }),
          knee: fc.double({ min: 0, max: 18, noNaN: true }),
          makeup: fc.double({ min: 0, max: 12, noNaN: true }),
          mix: fc.double({ min: 0, max: 100, noNaN: true }),
        }),
        fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 1, max: 1000 }),
        (settings, blocks, seed) => {
          const input = swells(6000, seed);
          const wanted = plainRmsCompressor(input, { ...DEFAULTS, ...settings }, 4);
          const actual = compressor({ ...settings, detector: 1 }).run(input, blocks);
          actual.left.forEach((value, frame) => assert.ok(Math.abs(value - wanted.left[frame]!) < 1e-5));
          actual.right.forEach((value, frame) => assert.ok(Math.abs(value - wanted.right[frame]!) < 1e-5));
        },
      ),
      { seed: 5, numRuns: 40 },
    );
  });

  it("RMS: reading the mean every four frames instead of each is within 0.1 dB at a common attack", () => {
    const settings = { ...DEFAULTS, threshold: -30, ratio: 8, attack: 5, release: 60 };
    const input = swells(SAMPLE_RATE, 12);
    const each = plainRmsCompressor(input, settings, 1);
    const { left } = compressor({ ...settings, detector: 1 }).run(input);
    left.forEach((value, frame) => {
      if (Math.abs(value) < 1e-4) return;
      const difference = level(value / each.left[frame]!);
      assert.ok(Math.abs(difference) < 0.1, `${difference} dB at frame ${frame}`);
    });
  });

  it("RMS: a sine reads 3 dB below its peak", () => {
    const sine = both(
      SAMPLE_RATE,
      (frame) => Math.SQRT1_2 * Math.sin((2 * Math.PI * 1000 * frame) / SAMPLE_RATE),
    );
    const bench = compressor({ detector: 1, attack: 20, release: 200, ratio: Infinity });
    const output = bench.run(sine).left.subarray(-4800);
    const peak = Math.max(...output.map(Math.abs));
    assert.ok(Math.abs(level(peak) - (-20 + 3.01)) < 0.1, `${level(peak)} dB`);
  });

  it("the side-chain's high-pass keeps the bass from turning the signal down", () => {
    const bass = both(SAMPLE_RATE, (frame) => 0.5 * Math.sin((2 * Math.PI * 40 * frame) / SAMPLE_RATE));
    const peak = (output: Stereo) => level(Math.max(...output.left.subarray(-4800).map(Math.abs)));
    assert.ok(peak(compressor({ knee: 0 }).run(bass)) < -12);
    // 40 Hz lies 2.32 octaves below 200 Hz: 27.9 dB down, below the threshold.
    assert.ok(Math.abs(peak(compressor({ sidechainHighpass: 200 }).run(bass)) - level(0.5)) < 0.1);
  });

  it("lookahead: reports its latency, and is in time with it", () => {
    const bench = compressor({ lookahead: 5, threshold: 0 });
    assert.equal(bench.dsp.exports.processorLatency(bench.address), 240);
    const input = noise(3000, 8);
    const { left } = bench.run(input, [100, 333]);
    assert.deepEqual(left.subarray(240), input.left.subarray(0, 2760));
    assert.ok(left.subarray(0, 240).every((value) => value === 0));
  });

  it("leaves the signal alone, bit for bit, below the threshold", () => {
    const input = noise(2000, 9, 0.05);
    assert.deepEqual(compressor({ knee: 6 }).run(input), input);
  });

  it("is driven by another signal", () => {
    const input = noise(SAMPLE_RATE, 14, 0.05);
    const key = both(SAMPLE_RATE, (frame) => (frame < SAMPLE_RATE / 2 ? 0 : amplitude(-8)));
    const { left, right } = compressor().run(input, [333], key);
    assert.deepEqual(left.subarray(0, 24000), input.left.subarray(0, 24000));
    for (const [output, channel] of [
      [left, input.left],
      [right, input.right],
    ] as const)
      assert.ok(Math.abs(level(output.at(-1) / channel.at(-1)) + 9) < 0.1);
  });

  it("the side-chain's low-pass keeps the treble from turning the signal down", () => {
    const gain = (frequency: number) =>
      level(
        peakOf(compressor({ sidechainLowpass: 500 }).run(sine(frequency, 0.5)).left.subarray(-4800)) / 0.5,
      );
    assert.ok(gain(100) < -9);
    assert.ok(Math.abs(gain(7919)) < 0.1);
  });

  it("automatic make-up: half of the reduction at 0 dB", () => {
    for (const knee of [0, 12, 48]) {
      const settings = { ...DEFAULTS, autoMakeup: 1, makeup: 2, knee };
      const { left } = compressor(settings).run(both(100, () => amplitude(-60)));
      const wanted = 2 + staticReduction(0, settings) / 2;
      assert.ok(Math.abs(level(left.at(-1)) + 60 - wanted) < 0.001, `knee ${knee}`);
    }
  });

  it("changes live without a click, and arrives", () => {
    const changes = { threshold: -30, ratio: 20, knee: 20, makeup: 12, mix: 0, autoMakeup: 1, attack: 80 };
    for (const [name, value] of Object.entries(changes)) {
      const bench = compressor({ attack: 0, release: 5 });
      const change = () => bench.set(PARAMETERS.indexOf(name as keyof Settings), value);
      const step = largestStep(bench, amplitude(-15), change);
      assert.ok(step < 0.01 * amplitude(-15), `${name}: step of ${level(step)} dB`);
      const settled = bench.run(both(100, () => amplitude(-15))).left.at(-1);
      const fresh = compressor({ attack: 0, release: 5, [name]: value });
      const wanted = fresh.run(both(SAMPLE_RATE, () => amplitude(-15))).left.at(-1);
      assert.ok(Math.abs(level(settled / wanted)) < 0.001, name);
    }
  });

  it("counts its reduction: deepest, frames, histogram", () => {
    const bench = compressor({ attack: 1, ratio: 4 });
    bench.run(both(SAMPLE_RATE, () => amplitude(-8)));
    const { dsp, address } = bench;
    const telemetry = dsp.float64(dsp.exports.processorReduction(address), 303);
    assert.ok(Math.abs(telemetry[0]! + 9) < 0.01, `deepest ${telemetry[0]} dB`);
    assert.equal(telemetry[1], SAMPLE_RATE);
    assert.equal(
      telemetry.subarray(2).reduce((sum, count) => sum + count, 0),
      SAMPLE_RATE,
    );
    // Settled at 9.0 dB for all but the first dozen milliseconds.
    assert.ok(telemetry[2 + 90]! > 0.98 * SAMPLE_RATE);
  });
});
