import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { both, Kind, noise, ProcessorBench, responseDb } from "./processorBench.js";

const [GAIN, POLARITY, CHANNELS, DC_FILTER] = [0, 1, 2, 3];

const gain = (...parameters: (readonly [number, number])[]) =>
  new ProcessorBench(Kind.gain, 48000, parameters);

describe("gain", () => {
  it("leaves the signal alone, bit for bit, at 0 dB", () => {
    const input = noise(500, 1);
    assert.deepEqual(gain().run(input), input);
  });

  it("is there from the first frame on: level, polarity, silence", () => {
    const input = noise(500, 2);
    const factor = 10 ** (-6 / 20);
    assert.deepEqual(
      gain([GAIN, -6], [POLARITY, 1]).run(input).left,
      input.left.map((value) => -value * factor),
    );
    assert.ok(
      gain([GAIN, -Infinity])
        .run(input)
        .right.every((value) => value === 0),
    );
  });

  it("ramps a change over 20 ms in a straight line, the same for any block size", () => {
    const ones = both(2000, () => 1);
    const change = (sizes: number[]) => {
      const bench = gain();
      bench.run(both(100, () => 1));
      bench.set(GAIN, 20 * Math.log10(0.5));
      return bench.run(ones, sizes).left;
    };
    const output = change([2000]);
    for (const frame of [0, 240, 480, 720, 960, 1999]) {
      assert.ok(Math.abs(output[frame]! - (1 - 0.5 * Math.min(1, frame / 960))) < 1e-6, `frame ${frame}`);
    }
    assert.deepEqual(change([1, 77]), output);
  });

  it("lets a sample that is not a number pass and forgets it", () => {
    const input = noise(100, 3);
    input.left[50] = Number.NaN;
    const { left } = gain([GAIN, 3]).run(input);
    assert.ok(left.every((value, frame) => frame === 50 || Number.isFinite(value)));
  });

  it("inverts one side, exchanges the sides, sums them, or gives one of them to both", () => {
    const { left, right } = noise(500, 4);
    const inverted = (side: Float32Array) => side.map((value) => -value);
    const mean = left.map((value, frame) => (value + right[frame]!) / 2);
    const wanted: readonly [polarity: number, channels: number, left: Float32Array, right: Float32Array][] = [
      [2, 0, inverted(left), right],
      [3, 0, left, inverted(right)],
      [0, 1, right, left],
      [2, 1, inverted(right), left],
      [0, 2, mean, mean],
      [1, 2, inverted(mean), inverted(mean)],
      [0, 3, left, left],
      [0, 4, right, right],
    ];
    for (const [polarity, channels, ...sides] of wanted) {
      const output = gain([POLARITY, polarity], [CHANNELS, channels]).run({ left, right });
      assert.deepEqual([output.left, output.right], sides, `polarity ${polarity}, channels ${channels}`);
    }
  });

  it("changes the channels over 20 ms", () => {
    const signal = (frames: number) => ({
      left: new Float32Array(frames).fill(1),
      right: new Float32Array(frames),
    });
    const bench = gain();
    bench.run(signal(100));
    bench.set(CHANNELS, 1);
    const { left, right } = bench.run(signal(2000), [77]);
    left.forEach((value, frame) => {
      const share = Math.min(1, frame / 960);
      assert.ok(Math.abs(value - (1 - share)) < 1e-6 && Math.abs(right[frame]! - share) < 1e-6);
    });
  });

  it("takes DC away and leaves what is heard", () => {
    const { left } = gain([DC_FILTER, 1]).run(both(96000, () => 0.5));
    assert.ok(Math.abs(left.at(-1) ?? 1) < 1e-6);
    const impulse = gain([DC_FILTER, 1]).run(both(48000, (frame) => (frame === 0 ? 1 : 0))).left;
    for (const frequency of [1, 4, 20, 100, 10000]) {
      const wanted = -10 * Math.log10(1 + (4 / frequency) ** 2);
      assert.ok(Math.abs(responseDb(impulse, frequency, 48000) - wanted) < 0.05, `${frequency} Hz`);
    }
  });

  it("gives the same bits for any block size with the filter switched while it runs, and clears it", () => {
    const input = noise(3000, 5);
    input.left[40] = Number.NaN;
    const switched = (sizes: number[]) => {
      const bench = gain([DC_FILTER, 1], [CHANNELS, 2]);
      const first = bench.run(input, sizes);
      bench.set(DC_FILTER, 0);
      const second = bench.run(input, sizes);
      return [first, second, bench.run(input, sizes)];
    };
    const whole = switched([3000]);
    for (const sizes of [[1], [64], [511]]) assert.deepEqual(switched(sizes), whole);
    assert.ok(whole[2]!.left.every((value, frame) => frame === 40 || Number.isFinite(value)));
  });
});
