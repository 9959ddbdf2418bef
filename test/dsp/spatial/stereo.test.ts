import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { both, Kind, noise, ProcessorBench, responseDb, type Stereo } from "../processorBench.js";

const [WIDTH, MONO_BELOW, BALANCE, MID, SIDE, LOW_FREQUENCY, LOW_WIDTH, HIGH_FREQUENCY, HIGH_WIDTH] = [
  0, 1, 2, 3, 4, 5, 6, 7, 8,
];
const [SPREAD, SPREAD_DELAY, ROTATION] = [9, 10, 11];

const stereo = (parameters: readonly (readonly [number, number])[]) =>
  new ProcessorBench(Kind.stereo, 48000, parameters);

const middle = ({ left, right }: Stereo) => left.map((value, frame) => (value + right[frame]!) / 2);
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
        fc.double({ min: 0, max: 100, noNaN: true }),
        fc.double({ min: 0, max: 30, noNaN: true }),
        fc.integer({ min: 1, max: 1000 }),
        (width, monoBelow, spread, delay, seed) => {
          const input = noise(2000, seed);
          const { left, right } = stereo([
            [WIDTH, width],
            [MONO_BELOW, monoBelow],
            [SPREAD, spread],
            [SPREAD_DELAY, delay],
          ]).run(input);
          // Two roundings to 32-bit floats of values below 4.
          left.forEach((value, frame) =>
            assert.ok(Math.abs(value + right[frame]! - input.left[frame]! - input.right[frame]!) < 4e-7),
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

  it("sets the levels of middle and side", () => {
    const input = noise(1000, 5);
    const output = stereo([
      [MID, -6],
      [SIDE, -Infinity],
    ]).run(input);
    const factor = 10 ** (-6 / 20);
    middle(input).forEach((value, frame) => {
      assert.ok(Math.abs(output.left[frame]! - value * factor) < 1e-7);
      assert.equal(output.left[frame], output.right[frame]);
    });
  });

  const bands = [
    [LOW_FREQUENCY, 250],
    [LOW_WIDTH, 20],
    [WIDTH, 130],
    [HIGH_FREQUENCY, 3000],
    [HIGH_WIDTH, 70],
  ] as const;

  it("gives each band its width, as Linkwitz and Riley's crossover says", () => {
    const response = side(stereo(bands).run(apart(16384)));
    for (const frequency of [40, 125, 250, 500, 900, 3000, 6000, 18000]) {
      const [low, high] = [250, 3000].map((corner) => linkwitzRiley(frequency, corner));
      const widths = [
        scaled(times(low!.low, high!.all), 0.2),
        scaled(times(low!.high, high!.low), 1.3),
        scaled(times(low!.high, high!.high), 0.7),
      ];
      const wanted = 20 * Math.log10(Math.hypot(sum(widths, 0), sum(widths, 1)));
      assert.ok(Math.abs(responseDb(response, frequency, 48000) - wanted) < 0.01, `${frequency} Hz`);
    }
  });

  it("keeps the mono sum of split bands flat within 0.001 dB, and the side where the widths are alike", () => {
    const mono = middle(stereo(bands).run(together(16384)));
    const alike = stereo([
      [LOW_FREQUENCY, 100],
      [HIGH_FREQUENCY, 6000],
    ]);
    const whole = side(alike.run(apart(16384)));
    for (const frequency of [20, 250, 1000, 3000, 12000, 20000])
      for (const response of [mono, whole])
        assert.ok(Math.abs(responseDb(response, frequency, 48000)) < 0.001, `${frequency} Hz`);
  });

  it("spreads a mono signal into two that are not alike, as loud as each other, and leaves the bass", () => {
    const { left: white } = noise(96000, 6);
    let brown = 0;
    // Mostly bass and middle, as music.
    const music = white.map((value) => value + (brown = 0.97 * brown + value));
    for (const delay of [0, 12]) {
      const bench = stereo([
        [SPREAD, 100],
        [SPREAD_DELAY, delay],
      ]);
      const { left, right } = bench.run({ left: music, right: music });
      const [l, r, across] = [product(left, left), product(right, right), product(left, right)];
      assert.ok(Math.abs(10 * Math.log10(l / r)) < 0.5, `${10 * Math.log10(l / r)} dB apart`);
      assert.ok(across / Math.sqrt(l * r) < 0.25, `correlation ${across / Math.sqrt(l * r)}`);
      const response = side(stereo([[SPREAD, 100]]).run(together(16384)));
      assert.ok(responseDb(response, 40, 48000) < -22);
      assert.ok(Math.abs(responseDb(response, 1000, 48000)) < 0.01);
    }
  });

  it("delays what it spreads, to the frame, and nothing else", () => {
    const bench = stereo([
      [SPREAD, 50],
      [SPREAD_DELAY, 10],
    ]);
    const output = bench.run(together(2000));
    assert.equal(
      side(output).findIndex((value) => value !== 0),
      480,
    );
    assert.deepEqual([...middle(output).subarray(0, 3)], [1, 0, 0]);
  });

  it("ends the spread with what is on its way, without a click, and is then the signal itself again", () => {
    const bench = stereo([
      [SPREAD, 80],
      [SPREAD_DELAY, 30],
    ]);
    const tone = (frames: number) =>
      both(frames, (frame) => 0.5 * Math.sin((2 * Math.PI * 100 * frame) / 48000));
    bench.run(tone(48000));
    bench.set(SPREAD, 0);
    const { left } = bench.run(tone(48000));
    const steps = left.subarray(1).map((sample, frame) => Math.abs(sample - left[frame]!));
    assert.ok(Math.max(...steps) < 0.013, `a step of ${Math.max(...steps)}`);
    const input = noise(500, 7);
    assert.deepEqual(bench.run(input), input);
  });

  it("turns the image", () => {
    const input = noise(500, 8);
    const { left, right } = stereo([[ROTATION, 30]]).run(input);
    const [cosine, sine] = [Math.sqrt(3) / 2, 0.5];
    left.forEach((value, frame) => {
      const [l, r] = [input.left[frame]!, input.right[frame]!];
      assert.ok(Math.abs(value - (cosine * l - sine * r)) < 1e-7);
      assert.ok(Math.abs(right[frame]! - (sine * l + cosine * r)) < 1e-7);
    });
    const turned = stereo([[ROTATION, 45]]).run(both(10, () => 0.5));
    assert.ok(turned.left.every((value) => Math.abs(value) < 1e-9));
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
      [LOW_FREQUENCY, 250],
      [LOW_WIDTH, 40],
      [HIGH_FREQUENCY, 5000],
      [SPREAD, 60],
      [SPREAD_DELAY, 7],
      [ROTATION, -12],
    ] as const;
    const changed = (sizes: number[]) => {
      const bench = stereo(parameters);
      const before = bench.run(input, sizes);
      bench.set(LOW_FREQUENCY, 0);
      bench.set(HIGH_FREQUENCY, 20000);
      bench.set(SPREAD_DELAY, 20);
      bench.set(SIDE, -3);
      return [before, bench.run(input, sizes)] as const;
    };
    const [whole, after] = changed([3000]);
    for (const sizes of [[1], [64], [100, 27]]) assert.deepEqual(changed(sizes), [whole, after]);
    assert.ok(whole.left.every((value, frame) => frame === 700 || Number.isFinite(value)));
  });

  for (const [name, parameter, value] of [
    ["width", WIDTH, 0],
    ["mono bass", MONO_BELOW, 300],
    ["balance", BALANCE, -1],
    ["level of the side", SIDE, -60],
    ["rotation", ROTATION, 30],
    ["lower band", LOW_FREQUENCY, 400],
  ] as const) {
    it(`changes the ${name} without a click, in the middle of a block as well`, () => {
      const bench = stereo([[LOW_WIDTH, 0]]);
      // A constant side signal: whatever jumps is the change.
      const constant = (frames: number) => ({
        left: new Float32Array(frames).fill(0.5),
        right: new Float32Array(frames).fill(-0.5),
      });
      bench.run(constant(1013));
      bench.set(parameter, value);
      const { left, right } = bench.run(constant(9600));
      for (const side of [left, right]) {
        const steps = side.subarray(1).map((sample, frame) => Math.abs(sample - side[frame]!));
        assert.ok(Math.max(...steps) < 0.04, `a step of ${Math.max(...steps)}`);
      }
    });
  }
});

/** An impulse in the side signal, and one in the middle. */
function apart(frames: number): Stereo {
  const { left, right } = together(frames);
  return { left, right: right.map((value) => -value) };
}
const together = (frames: number): Stereo => both(frames, (frame) => (frame === 0 ? 1 : 0));

const product = (a: Float32Array, b: Float32Array): number =>
  a.reduce((total, value, frame) => total + value * b[frame]!, 0);

type Complex = readonly [real: number, imaginary: number];

const times = ([a, b]: Complex, [c, d]: Complex): Complex => [a * c - b * d, a * d + b * c];
const scaled = ([a, b]: Complex, factor: number): Complex => [a * factor, b * factor];
const sum = (values: readonly Complex[], part: 0 | 1): number =>
  values.reduce((total, value) => total + value[part], 0);

/** The analogue crossover of fourth order by the bilinear transform: 1 and s^4 over (1 + sqrt 2 s + s^2)^2. */
function linkwitzRiley(frequency: number, corner: number): Record<"low" | "high" | "all", Complex> {
  const w = Math.tan((Math.PI * frequency) / 48000) / Math.tan((Math.PI * corner) / 48000);
  const root: Complex = [1 - w * w, Math.SQRT2 * w];
  const over = times(root, root);
  const size = over[0] ** 2 + over[1] ** 2;
  const low: Complex = [over[0] / size, -over[1] / size];
  const high = scaled(low, w ** 4);
  return { low, high, all: [low[0] + high[0], low[1] + high[1]] };
}
