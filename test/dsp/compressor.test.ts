import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { both, Kind, noise, ProcessorBench, type Stereo } from "./processorBench.js";

const SAMPLE_RATE = 48000;

/** In the order of their numbers in src/dsp/dynamics/compressor.ts. */
const PARAMETERS = [
  ...(["threshold", "ratio", "attack", "release", "knee", "makeup", "detector"] as const),
  ...(["sidechainHighpass", "mix", "lookahead", "autoRelease"] as const),
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
};

function compressor(settings: Partial<Settings> = {}): ProcessorBench {
  const all = { ...DEFAULTS, ...settings };
  return new ProcessorBench(
    Kind.compressor,
    SAMPLE_RATE,
    PARAMETERS.map((name, number) => [number, all[name]] as const),
  );
}

const amplitude = (level: number) => 10 ** (level / 20);
const level = (value: number) => 20 * Math.log10(Math.abs(value));

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
          const input = noise(6000, seed, 1);
          for (const channel of [input.left, input.right]) {
            channel.forEach((value, frame) => (channel[frame] = value * Math.sin(frame / 900) ** 4));
          }
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

  it("gives the same bits however the signal is cut into blocks", () => {
    const input = noise(4001, 10, 1);
    for (const settings of [{}, { detector: 1, sidechainHighpass: 100, lookahead: 3, autoRelease: 1 }]) {
      const whole = compressor(settings).run(input, [4001]);
      for (const sizes of [[1], [63, 65], [128], [7, 500, 31]]) {
        assert.deepEqual(compressor(settings).run(input, sizes), whole);
      }
    }
  });

  it("forgets a sample that is not a number", () => {
    for (const settings of [{}, { detector: 1, sidechainHighpass: 100 }]) {
      for (const bad of [Number.NaN, Infinity]) {
        const input = noise(2000, 11, 1);
        const clean = compressor(settings).run({
          left: input.left.with(500, 0),
          right: input.right.with(500, 0),
        });
        input.left[500] = bad;
        input.right[500] = 0;
        const { left } = compressor(settings).run(input);
        assert.ok(left.every((value, frame) => frame === 500 || Number.isFinite(value)));
        assert.deepEqual(left.subarray(501), clean.left.subarray(501));
      }
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
