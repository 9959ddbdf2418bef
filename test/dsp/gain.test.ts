import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { both, Kind, noise, ProcessorBench } from "./processorBench.js";

const [GAIN, POLARITY] = [0, 1];

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
});
