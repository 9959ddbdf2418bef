import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { insertDefaults, insertSchema, type Insert } from "../../../src/session/insertTable.js";
import { noise, responseDb, type ProcessorBench, type Stereo } from "../processorBench.js";
import { setInsert } from "./insertBench.js";

type Settings = Partial<Omit<ReturnType<typeof insertDefaults<"delay">>, "type">>;

const delay = (settings: Settings, sampleRate = 48000, tempo?: number): ProcessorBench =>
  setInsert({ ...insertDefaults("delay"), mix: 100, ...settings }, sampleRate, tempo);

const impulse = (frames: number, left = 1, right = 0): Stereo => {
  const signal = { left: new Float32Array(frames), right: new Float32Array(frames) };
  signal.left[0] = left;
  signal.right[0] = right;
  return signal;
};

/** Frames that are not silent, with their values. */
const echoes = (samples: Float32Array): [number, number][] =>
  [...samples].flatMap((sample, frame): [number, number][] => (sample === 0 ? [] : [[frame, sample]]));

const sine = (frames: number, hertz: number, from = 0): Stereo => {
  const left = Float32Array.from(
    { length: frames },
    (_, i) => 0.5 * Math.sin(((from + i) * 2 * Math.PI * hertz) / 48000),
  );
  return { left, right: left.slice() };
};

const steepest = (samples: Float32Array) =>
  samples.reduce((most, sample, i) => (i === 0 ? 0 : Math.max(most, Math.abs(sample - samples[i - 1]!))), 0);

describe("delay", () => {
  it("echoes after the time set, to the frame, each echo weaker by the feedback", () => {
    for (const [sampleRate, time] of [
      [48000, 1],
      [44100, 12.5],
      [48000, 100.02],
      [96000, 33],
      [8000, 1],
    ] as const) {
      const frames = Math.round((time * sampleRate) / 1000);
      const { left, right } = delay({ time, feedback: 50 }, sampleRate).run(impulse(frames * 6 + 1));
      const expected = [1, 2, 3, 4, 5, 6].map((n) => [n * frames, 0.5 ** (n - 1)]);
      assert.deepEqual(echoes(left), expected, `${time} ms at ${sampleRate} Hz`);
      assert.deepEqual(echoes(right), []);
    }
  });

  it("decays exactly: n echoes at 70 % are 0.7^(n - 1), whatever the block size", () => {
    const { left } = delay({ time: 5, feedback: 70 }).run(impulse(240 * 40 + 1), [511]);
    echoes(left).forEach(([frame, value], n) => {
      assert.equal(frame, 240 * (n + 1));
      assert.ok(Math.abs(value / Math.fround(0.7) ** n - 1) < 1e-5, `echo ${n + 1}: ${value}`);
    });
  });

  it("follows the tempo: straight, dotted and triplet note values", () => {
    const first = (sync: Settings["sync"], tempo: number): number =>
      echoes(delay({ sync: sync!, feedback: 0 }, 48000, tempo).run(impulse(48000 * 5 + 1)).left)[0]![0];
    for (const [sync, tempo, seconds] of [
      ["1/4", 120, 0.5],
      ["1/4 dotted", 96, 0.9375],
      ["1/8 triplet", 100, 0.2],
      ["1/16", 150, 0.1],
      ["1/32 dotted", 90, 0.125],
      ["1/1", 60, 4],
      ["1/1 dotted", 60, 3],
      ["1/2", 20, 3],
    ] as const)
      assert.equal(first(sync, tempo), Math.round(seconds * 48000), `${sync} at ${tempo}`);
  });

  it("ping-pong: the middle of the input, first left, then right, and so on", () => {
    const { left, right } = delay({ time: 10, feedback: 50, pingPong: true }).run(impulse(480 * 5, 1, 0.5));
    assert.deepEqual(echoes(left), [
      [480, 0.75],
      [1440, 0.1875],
    ]);
    assert.deepEqual(echoes(right), [
      [960, 0.375],
      [1920, 0.09375],
    ]);
  });

  it("sets the sides off against each other", () => {
    const first = (offset: number) => {
      const { left, right } = delay({ time: 50, offset, feedback: 0 }).run(impulse(9600, 1, 1));
      return [echoes(left)[0]![0], echoes(right)[0]![0]];
    };
    assert.deepEqual(first(7), [2400, 2736]);
    assert.deepEqual(first(-100), [7200, 2400]);
  });

  it("cuts inside the loop: the n-th echo has passed the filters n times", () => {
    const { left } = delay({ time: 100, feedback: 90, lowCut: 200, highCut: 4000 }).run(impulse(4800 * 4));
    const echo = (n: number) => left.slice(n * 4800, (n + 1) * 4800);
    for (const n of [1, 2, 3]) {
      for (const frequency of [200, 4000]) {
        const level = responseDb(echo(n), frequency, 48000) - (n - 1) * 20 * Math.log10(0.9);
        assert.ok(Math.abs(level + 3.01 * n) < 0.15, `echo ${n} at ${frequency} Hz: ${level} dB`);
      }
    }
  });

  it("ducks under a loud input and comes back", () => {
    const bench = delay({ time: 100, feedback: 0, ducking: 20 });
    const input = sine(96000, 1000);
    input.left.fill(0, 48000);
    input.right.fill(0, 48000);
    const { left } = bench.run(input);
    const peak = (from: number) =>
      left.subarray(from, from + 2400).reduce((most, x) => Math.max(most, Math.abs(x)), 0);
    assert.ok(Math.abs(20 * Math.log10(peak(40000) / 0.5) + 20) < 0.5, "20 dB lower while it sounds");
    const undone = delay({ time: 3000, feedback: 0, ducking: 20 }).run({
      left: Float32Array.from({ length: 48000 * 6 }, (_, i) => (i < 48000 ? input.left[i]! : 0)),
      right: new Float32Array(48000 * 6),
    });
    const back = undone.left.subarray(48000 * 3 + 4800, 48000 * 4).reduce((most, x) => Math.max(most, x), 0);
    assert.ok(Math.abs(back - 0.5) < 0.005, `whole again: ${back}`);
  });

  it("takes changes while it sounds without a click, and arrives at the new time", () => {
    for (const [parameter, value] of [
      [0, 350],
      [0, 3],
      [1, 9],
      [2, 80],
      [3, 1],
      [4, 30],
      [5, 500],
      [6, 2000],
      [8, 20],
    ] as const) {
      const bench = delay({ time: 100, feedback: 30 });
      const before = bench.run(sine(24000, 200)).left;
      bench.set(parameter, value);
      const { left } = bench.run(sine(24000, 200, 24000));
      const all = Float32Array.from([...before.subarray(9600), ...left]);
      // Sixfold that of the tone itself, as echoes add up.
      assert.ok(steepest(all) < 0.08, `parameter ${parameter} to ${value}: ${steepest(all)}`);
    }
    const bench = delay({ time: 100, feedback: 0 });
    bench.run(impulse(64, 0));
    bench.set(0, 250);
    bench.run(impulse(4800, 0));
    assert.deepEqual(echoes(bench.run(impulse(24000)).left), [[12000, 1]]);
    assert.equal(bench.dsp.exports.processorHold(bench.address), 12000);
  });

  it("gives the same bits however the signal is cut into blocks", () => {
    const settings = { time: 3.1, offset: 2, feedback: 60, lowCut: 100, highCut: 6000, ducking: 12, mix: 40 };
    const input = noise(9000, 4);
    const whole = delay(settings).run(input, [9000]);
    for (const sizes of [[1], [64], [511], [4096], [3, 77, 20]])
      assert.deepEqual(delay(settings).run(input, sizes), whole);
  });

  it("turns silence into silence, ends for good, and is not poisoned", () => {
    const silence = impulse(4096, 0);
    assert.deepEqual(delay({ lowCut: 100 }).run(silence), silence);
    const bench = delay({ time: 20, feedback: 50 });
    assert.equal(
      bench
        .run(impulse(96000))
        .left.subarray(48000)
        .findIndex((x) => x !== 0),
      -1,
    );
    assert.equal(echoes(bench.run(impulse(2000)).left)[0]![0], 960);
    const input = noise(20000, 5);
    input.left.set([Number.NaN, Number.POSITIVE_INFINITY, 3e38, 1e-40], 1000);
    const { left, right } = delay({ time: 10, feedback: 98, lowCut: 50 }).run(input);
    assert.ok(left.every((x, frame) => (frame >= 1000 && frame < 1003) || Number.isFinite(x)));
    assert.ok(right.every(Number.isFinite));
  });

  it("is valid without any key, and refuses a note value that there is not", () => {
    assert.equal((insertSchema.parse({ type: "delay" }) as Insert & { type: "delay" }).sync, "off");
    assert.ok(!insertSchema.safeParse({ type: "delay", sync: "1/3" }).success);
  });
});
