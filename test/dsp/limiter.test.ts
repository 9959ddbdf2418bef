import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readReduction } from "../../src/engine/reduction.js";
import { seededRandom } from "../../src/units/random.js";
import { both, Kind, noise, ProcessorBench, type Stereo } from "./processorBench.js";
import { truePeakDb } from "./sincMeter.js";

/** In the order of their numbers in src/dsp/dynamics/limiter.ts. */
const DEFAULTS = { ceiling: -1, lookahead: 5, release: 100, autoRelease: 1, truePeak: 1, inputGain: 0 };

function limiter(settings: Partial<typeof DEFAULTS> = {}, sampleRate = 44100): ProcessorBench {
  const values = Object.values({ ...DEFAULTS, ...settings });
  return new ProcessorBench(Kind.limiter, sampleRate, [...values.entries()]);
}

const latencyOf = ({ dsp, address }: ProcessorBench) => dsp.exports.processorLatency(address);

/** Bursts of sines of random level (up to 12 dB over full scale), frequency and length. */
function bursts(frames: number, seed: number): Stereo {
  const random = seededRandom(seed);
  let [end, level, step] = [0, 0, 0];
  return both(frames, (frame) => {
    if (frame >= end) {
      end = frame + 1 + Math.floor(random() * 2500);
      level = random() < 0.4 ? 0 : 4 * random();
      step = Math.PI * 0.9 * random();
    }
    return level * Math.sin(step * frame);
  });
}

const squareWave = (frames: number): Stereo =>
  both(frames, (frame) => ((frame * 0.02274) % 1 < 0.5 ? 1.2 : -1.2));
const clicks = (frames: number): Stereo => both(frames, (frame) => (frame % 1501 === 700 ? 3 : 0));

/** True peak of the limiter's whole output; the signal's last frames are silenced, so that none is cut off. */
function outputPeak(bench: ProcessorBench, { left, right }: Stereo): number {
  const end = left.length - latencyOf(bench);
  return truePeakDb(bench.run({ left: left.slice().fill(0, end), right: right.slice().fill(0, end) }).left);
}

describe("limiter: ceiling", () => {
  // The tolerance is the detector's: 0.03 dB of ripple in its long filters. White noise reaches
  // up to the Nyquist frequency, where any two finite meters differ: 0.1 dB.
  const cases: [string, Stereo, number][] = [
    ["square wave", squareWave(6000), 0.03],
    ["clicks", clicks(6000), 0.03],
    [
      "quarter of the sample rate at 45 degrees",
      both(6000, (n) => 1.41 * Math.sin(((n + 0.5) * Math.PI) / 2)),
      0.03,
    ],
    ["white noise", noise(10000, 5, 1.5), 0.1],
    ...[1, 2, 3, 4].map((seed): [string, Stereo, number] => [
      `bursts, seed ${seed}`,
      bursts(10000, seed),
      0.03,
    ]),
  ];
  for (const [name, signal, tolerance] of cases) {
    it(`${name}: never above it between the samples`, () => {
      const peak = outputPeak(limiter(), signal);
      assert.ok(peak <= -1 + tolerance, `${peak} dBTP`);
    });
  }

  it("holds at 96 kHz", () => {
    const peak = outputPeak(limiter({}, 96000), bursts(10000, 9));
    assert.ok(peak <= -1 + 0.03, `${peak} dBTP`);
  });

  it("is reached, not undercut, by a steady tone", () => {
    const tone = both(22050, (frame) => 1.5 * Math.sin(0.14247 * frame));
    const steady = limiter().run(tone).left.subarray(11025, 21000);
    assert.ok(Math.abs(truePeakDb(steady.map((v, i) => v * fade(i, steady.length))) + 1) < 0.02);
  });

  it("without true peak is kept by the samples themselves", () => {
    const { left } = limiter({ truePeak: 0 }).run(noise(20000, 6, 3));
    const peak = left.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    // Half an ulp of the ceiling, and as much of the gain.
    assert.ok(peak <= 10 ** (-1 / 20) * (1 + 2e-7), `${peak}`);
  });

  it("links the channels", () => {
    const signal = { left: bursts(9000, 3).left, right: new Float32Array(9000).fill(0.1) };
    const bench = limiter();
    const output = bench.run(signal);
    const latency = latencyOf(bench);
    for (let frame = latency; frame < 9000; frame++) {
      const gain = output.right[frame]! / 0.1;
      assert.ok(
        Math.abs(output.left[frame]! - gain * signal.left[frame - latency]!) < 1e-5,
        `frame ${frame}`,
      );
    }
  });
});

/** Fades a stretch in and out, so that its ends are no jumps. */
const fade = (index: number, length: number) => Math.min(1, index / 1000, (length - 1 - index) / 1000);

describe("limiter: transparency", () => {
  it("below the ceiling is a delay by its latency, bit for bit", () => {
    for (const lookahead of [0.5, 5, 20]) {
      const bench = limiter({ lookahead });
      const signal = noise(6000, 7, 0.34);
      const output = bench.run(signal);
      const latency = latencyOf(bench);
      assert.ok(latency > (lookahead * 44100) / 1000);
      assert.deepEqual(output.left.subarray(latency), signal.left.subarray(0, 6000 - latency));
      assert.deepEqual(output.right.subarray(latency), signal.right.subarray(0, 6000 - latency));
      assert.deepEqual(readReduction(bench.dsp, bench.address), { reductionP95: 0, reductionMax: 0 });
    }
  });

  it("is so again, bit for bit, once it has recovered from a peak", () => {
    const signal = noise(88200, 8, 0.3);
    signal.left[1000] = 2;
    const bench = limiter({ autoRelease: 0, release: 50 });
    const output = bench.run(signal);
    const latency = latencyOf(bench);
    assert.deepEqual(output.left.subarray(44100 + latency), signal.left.subarray(44100, 88200 - latency));
  });

  it("gives the same bits whatever the blocks", () => {
    const signal = bursts(12000, 11);
    const whole = limiter().run(signal, [8192]);
    assert.deepEqual(limiter().run(signal, [1, 7, 512, 31, 33]), whole);
  });

  it("passes over samples that are no numbers", () => {
    const signal = noise(6000, 12, 0.3);
    const clean = limiter().run({
      left: signal.left.map((v, i) => (i % 1000 < 3 ? 0 : v)),
      right: signal.right,
    });
    for (let i = 0; i < 6000; i += 1000) signal.left.set([NaN, Infinity, -Infinity], i);
    assert.deepEqual(limiter().run(signal).left, clean.left);
  });
});

/** The limiter's gain after each frame, without latency, read off a steady level beside `signal`. */
function gainOf(bench: ProcessorBench, signal: Float32Array): Float32Array {
  const output = bench.run({ left: signal, right: new Float32Array(signal.length).fill(0.125) });
  return output.right.subarray(latencyOf(bench)).map((value) => value * 8);
}

describe("limiter: gain", () => {
  const click = (frames: number, at: number) =>
    Float32Array.from({ length: frames }, (_, i) => (i === at ? 1.7825 : 0));

  it("glides down over the look-ahead to what the peak needs, without a corner", () => {
    const gain = gainOf(limiter(), click(4000, 2000));
    // 1.7825 is 6.02 dB over the ceiling of -1 dBTP: a gain of one half.
    assert.ok(Math.abs(gain[2000]! - 0.5) < 2e-3, `${gain[2000]}`);
    assert.equal(gain[2000 - 260], 1);
    for (let frame = 1; frame <= 2000; frame++) {
      const step = gain[frame - 1]! - gain[frame]!;
      // A triangle's steepest slope is twice the depth over its length of 220 frames.
      assert.ok(step >= -1e-6 && step < (1.1 * 2 * 0.5) / 220, `frame ${frame}: ${step}`);
    }
  });

  it("recovers with the release's time constant", () => {
    const gain = gainOf(limiter({ autoRelease: 0, release: 200 }), click(30000, 2000));
    const [early, late] = [1 - gain[5000]!, 1 - gain[5000 + 8820]!];
    assert.ok(Math.abs(late / early - Math.exp(-1)) < 0.01, `${late / early}`);
  });

  it("with automatic release recovers slower from sustained reduction than from one peak", () => {
    const sustained = Float32Array.from({ length: 88200 }, (_, i) =>
      i < 44100 ? 1.7825 * Math.sin(0.1 * i) : 0,
    );
    const recovered = (signal: Float32Array, end: number) => {
      const gain = gainOf(limiter(), signal);
      return (gain[end + 13230]! - gain[end]!) / (1 - gain[end]!);
    };
    // 300 ms are three fast time constants, and 0.6 of a slow one.
    const afterPeak = recovered(click(88200, 44100), 44100);
    const afterSustained = recovered(sustained, 44100);
    assert.ok(afterPeak > 0.8, `${afterPeak}`);
    assert.ok(afterSustained > 0.3 && afterSustained < 0.65, `${afterSustained}`);
  });

  it("is told in the telemetry", () => {
    const bench = limiter({ inputGain: 7 });
    bench.run(both(44100, (frame) => Math.sin(0.1 * frame)));
    const { reductionMax, reductionP95 } = readReduction(bench.dsp, bench.address);
    assert.ok(Math.abs(reductionMax + 8) < 0.02, `${reductionMax}`);
    assert.ok(Math.abs(reductionP95 + 8) < 0.11, `${reductionP95}`);
  });
});
