import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { Kind, noise, ProcessorBench, responseDb, type Stereo } from "./processorBench.js";

const [WIDTH, MONO_BELOW, BALANCE] = [0, 1, 2];

const stereo = (parameters: readonly (readonly [number, number])[]) =>
  new ProcessorBench(Kind.stereo, 48000, parameters);

const side = ({ left, right }: Stereo) => left.map((value, frame) => (value - right[frame]!) / 2);

describe("stereo", () => {
  it("is the signal itself, bit for bit, at 100 % without mono bass", () => {
    const input = noise(1000, 1);
    assert.deepEqual(stereo([[WIDTH, 100]]).run(input), input);
    assert.deepEqual(
      stereo([
        [WIDTH, 100],
        [MONO_BELOW, 0],
        [BALANCE, 0],
      ]).run(input),
      input,
    );
  });

  it("never changes the mono sum", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 200, noNaN: true }),
        fc.double({ min: 0, max: 500, noNaN: true }),
        fc.integer({ min: 1, max: 1000 }),
        (width, monoBelow, seed) => {
          const input = noise(2000, seed);
          const { left, right } = stereo([
            [WIDTH, width],
            [MONO_BELOW, monoBelow],
          ]).run(input);
          // Two roundings to 32-bit floats of values below 1.
          left.forEach((value, frame) =>
            assert.ok(Math.abs(value + right[frame]! - input.left[frame]! - input.right[frame]!) < 2e-7),
          );
        },
      ),
      { seed: 4, numRuns: 40 },
    );
  });

  it("scales the side signal by the width", () => {
    const input = noise(1000, 2);
    for (const width of [0, 50, 200]) {
      const scaled = side(stereo([[WIDTH, width]]).run(input));
      side(input).forEach((value, frame) =>
        assert.ok(Math.abs(scaled[frame]! - (value * width) / 100) < 2e-7, `width ${width}`),
      );
    }
  });

  it("cuts the side signal below the frequency of the mono bass by 24 dB per octave", () => {
    const impulse = { left: new Float32Array(16384), right: new Float32Array(16384) };
    impulse.left[0] = 1;
    impulse.right[0] = -1;
    const response = side(stereo([[MONO_BELOW, 150]]).run(impulse));
    for (const frequency of [37.5, 75, 150, 300, 5000, 20000]) {
      const wanted = -10 * Math.log10(1 + (150 / frequency) ** 8);
      assert.ok(Math.abs(responseDb(response, frequency, 48000) - wanted) < 0.05, `${frequency} Hz`);
    }
  });

  it("balance turns the other side down and leaves its own", () => {
    const input = noise(500, 3);
    const { left, right } = stereo([[BALANCE, 0.5]]).run(input);
    assert.deepEqual(
      left,
      input.left.map((value) => value / 2),
    );
    assert.deepEqual(right, input.right);
  });

  it("gives the same bits however the signal is cut into blocks, and forgets what is not a number", () => {
    const input = noise(3000, 4);
    input.right[700] = Number.NaN;
    const parameters = [
      [WIDTH, 150],
      [MONO_BELOW, 120],
    ] as const;
    const whole = stereo(parameters).run(input, [3000]);
    for (const sizes of [[1], [64], [100, 27]]) assert.deepEqual(stereo(parameters).run(input, sizes), whole);
    assert.ok(whole.left.every((value, frame) => frame === 700 || Number.isFinite(value)));
  });

  for (const [name, parameter, value] of [
    ["width", WIDTH, 0],
    ["mono bass", MONO_BELOW, 300],
    ["balance", BALANCE, -1],
  ] as const) {
    it(`changes the ${name} without a click, in the middle of a block as well`, () => {
      const bench = stereo([]);
      // A constant side signal: whatever jumps is the change.
      const apart = (frames: number) => ({
        left: new Float32Array(frames).fill(0.5),
        right: new Float32Array(frames).fill(-0.5),
      });
      bench.run(apart(1013));
      bench.set(parameter, value);
      const { left, right } = bench.run(apart(9600));
      for (const side of [left, right]) {
        const steps = side.subarray(1).map((sample, frame) => Math.abs(sample - side[frame]!));
        assert.ok(Math.max(...steps) < 0.04, `a step of ${Math.max(...steps)}`);
      }
    });
  }
});
