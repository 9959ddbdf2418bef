import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import fc from "fast-check";
import { Dsp } from "../../src/engine/dsp.js";
import { createCurve } from "../../src/engine/strip.js";
import type { Breakpoint } from "../../src/session/automation.js";
import { CURVE_SHAPES } from "../../src/session/curveShape.js";
import { RATE, SessionBench } from "./sessionBench.js";

const FRAMES = 9600;
const GRID = 32;

/** A curve by its definition: `points` in order of time, `at` in seconds. */
function plainCurve(points: readonly Breakpoint[], at: number): number {
  const next = points.findIndex(([time]) => time > at);
  if (next === 0) return points[0]![1];
  if (next < 0) return points.at(-1)![1];
  const [time, value, shape = "linear"] = points[next - 1]!;
  const [end, target] = points[next]!;
  const t = (at - time) / (end - time);
  if (t === 0 || value === target) return value;
  const bent = {
    linear: t,
    hold: 0,
    smooth: 3 * t ** 2 - 2 * t ** 3,
    slow: t ** 2,
    fast: 1 - (1 - t) ** 2,
  }[shape];
  if (bent === 0) return value;
  const heard = (level: number): number => (level === -Infinity ? -144 : level);
  return heard(value) + (heard(target) - heard(value)) * bent;
}

const factor = (db: number): number => 10 ** (db / 20);

/** What is interpolated linearly between the points of the grid. */
function onGrid(frame: number, value: (seconds: number) => number): number {
  const start = Math.floor(frame / GRID) * GRID;
  const share = (frame - start) / GRID;
  return value(start / RATE) * (1 - share) + value((start + GRID) / RATE) * share;
}

const breakpoints = (value: fc.Arbitrary<number>): fc.Arbitrary<Breakpoint[]> =>
  fc
    .array(
      fc.tuple(
        fc.oneof(fc.constantFrom(0, 0.05), fc.double({ min: 0, max: 0.25, noNaN: true })),
        value,
        fc.constantFrom(...CURVE_SHAPES),
      ),
      { minLength: 1, maxLength: 6 },
    )
    .map((points) => points.sort(([a], [b]) => a - b));
const levels = fc.oneof(
  { weight: 9, arbitrary: fc.double({ min: -40, max: 12, noNaN: true }) },
  { weight: 1, arbitrary: fc.constant(-Infinity) },
);
/** As the document has it. */
const written = (points: readonly Breakpoint[]) =>
  points.map(([time, value, shape]) => [time, value === -Infinity ? "-inf" : value, shape]);

describe("a curve", () => {
  it("has at any time the value of its definition, asked in any order", () => {
    const dsp = new Dsp();
    fc.assert(
      fc.property(
        breakpoints(levels),
        fc.array(fc.integer({ min: -100, max: 13_000 }), { minLength: 1 }),
        (points, frames) => {
          const curve = createCurve(dsp, points, RATE);
          for (const frame of frames) {
            const expected = plainCurve(points, frame / RATE);
            const actual = dsp.exports.curveValue(curve, frame);
            // Where a curve steps, the rounding of the time decides on which side of the step a frame lies.
            const near = [frame - 1e-6, frame + 1e-6].map((each) => plainCurve(points, each / RATE));
            assert.ok(
              [expected, ...near].some((value) => value === actual || Math.abs(value - actual) < 1e-6),
            );
          }
        },
      ),
    );
  });

  it("finds its place among 100,000 points", () => {
    const dsp = new Dsp();
    const points = Array.from({ length: 100_000 }, (_, i): Breakpoint => [i / RATE, i % 1000]);
    const curve = createCurve(dsp, points, RATE);
    for (const frame of [0, 1, 2, 50_000, 99_998, 99_999, 200_000, 7, 31_999.5])
      assert.ok(Math.abs(dsp.exports.curveValue(curve, frame) - plainCurve(points, frame / RATE)) < 1e-6);
  });
});

describe("automation", () => {
  const bench = new SessionBench();
  before(() => {
    bench.write("ones.wav", [new Float32Array(FRAMES).fill(1)]);
    bench.write("sides.wav", [new Float32Array(FRAMES).fill(1), new Float32Array(FRAMES).fill(0.5)]);
    bench.write("sine.wav", [
      Float32Array.from({ length: FRAMES }, (_, i) => 0.5 * Math.sin((2 * Math.PI * 1000 * i) / RATE)),
    ]);
  });
  after(() => bench.remove());

  const track = (automation: object, extra: object = {}): object => ({
    id: "a",
    clips: [{ file: "ones.wav" }],
    automation,
    ...extra,
  });
  /** Asserts that frame by frame the left side is `expected`. */
  function assertLeft(session: object, expected: (frame: number) => number, tolerance = 2e-7): void {
    const { left } = bench.render(session, FRAMES);
    left.forEach((sample, frame) => {
      const error = Math.abs(sample - expected(frame));
      assert.ok(
        error <= tolerance * Math.max(1, Math.abs(expected(frame))),
        `frame ${frame}: ${sample} instead of ${expected(frame)}`,
      );
    });
  }

  it("moves faders, trims, send levels, groups and the master along their curves", () => {
    fc.assert(
      fc.property(
        breakpoints(levels),
        fc.constantFrom("fader", "trim", "send", "group", "master"),
        (points, what) => {
          const curve = { fader: written(points) };
          const to = { output: "silent", sends: [{ to: "heard", tap: "pre" }] };
          const buses = [{ id: "silent", fader: "-inf" }, { id: "heard" }];
          const session = {
            fader: { tracks: [track(curve)] },
            trim: { tracks: [track({ trim: written(points.map(([t, v, s]) => [t, Math.max(-60, v), s])) })] },
            send: { tracks: [track({ "sends/0/level": written(points) }, to)], buses },
            group: { tracks: [track({})], groups: [{ id: "g", members: ["a"], automation: curve }] },
            master: { tracks: [track({})], master: { automation: curve } },
          }[what];
          const heard =
            what === "trim" ? points.map(([t, v, s]): Breakpoint => [t, Math.max(-60, v), s]) : points;
          assertLeft(
            { panLaw: 0, ...session },
            (frame) => onGrid(frame, (at) => factor(plainCurve(heard, at))),
            1e-5,
          );
        },
      ),
      { numRuns: 60 },
    );
  });

  it("moves pan and width", () => {
    const points: Breakpoint[] = [
      [0, -1],
      [0.05, 1, "smooth"],
      [0.15, -0.5],
    ];
    assertLeft({ tracks: [track({ pan: points })] }, (frame) =>
      onGrid(frame, (at) => Math.cos(((plainCurve(points, at) + 1) * Math.PI) / 4)),
    );
    const clips = [{ file: "sides.wav" }];
    assertLeft({ tracks: [track({ width: points.map(([t, v]) => [t, 100 * v]) }, { clips })] }, (frame) =>
      onGrid(
        frame,
        (at) =>
          0.75 +
          0.25 *
            plainCurve(
              points.map(([t, v]) => [t, v]),
              at,
            ),
      ),
    );
  });

  it("moves the parameters of inserts, entries of lists too", () => {
    const points: Breakpoint[] = [
      [0, 0],
      [0.05, -12],
      [0.1, 6],
    ];
    const gain = { inserts: [{ type: "gain" }] };
    assertLeft(
      { panLaw: 0, tracks: [track({ "inserts/0/gain": points }, gain)] },
      (frame) => onGrid(frame, (at) => factor(plainCurve(points, at))),
      1e-6,
    );
  });

  it("acts on the frame of the song that it is meant for, behind any latency", () => {
    const step: Breakpoint[] = [
      [0.1, -144, "hold"],
      [0.1, 0],
    ];
    const late = { type: "limiter", ceiling: 0, lookahead: 3.7, truePeak: false };
    const behind = [
      { tracks: [track({ fader: step }, { inserts: [late] })] },
      { tracks: [track({ "inserts/1/gain": step }, { inserts: [late, { type: "gain" }] })] },
      {
        tracks: [track({}, { inserts: [late], output: "b" })],
        buses: [{ id: "b", inserts: [late], automation: { fader: step } }],
      },
      { tracks: [track({}, { inserts: [late] })], master: { inserts: [late], automation: { fader: step } } },
    ];
    for (const session of behind) {
      const { left } = bench.render({ panLaw: 0, ...session }, FRAMES);
      const at = left.findIndex((sample) => sample > 0.5);
      assert.ok(at > 4800 - GRID && at <= 4800 + GRID, `at frame ${at}`);
      assert.ok(left.subarray(0, 4800 - GRID).every((sample) => Math.abs(sample) < 1e-6));
      assert.ok(left.subarray(4800 + GRID, FRAMES - 400).every((sample) => Math.abs(sample - 1) < 1e-4));
    }
  });

  it("lets an equalizer follow within a step of the grid", () => {
    const bands = [{ type: "lowshelf", frequency: 4000, gain: 0, q: 0.7 }];
    const points: Breakpoint[] = [
      [0, 0],
      [0.02, 0],
      [0.12, 12],
      [0.2, 12],
    ];
    const { left } = bench.render(
      {
        panLaw: 0,
        tracks: [track({ "inserts/0/bands/0/gain": points }, { inserts: [{ type: "eq", bands }] })],
      },
      FRAMES,
    );
    // A constant signal takes the shelf's full gain; slowly, as it moves far below the filter's corner.
    left.forEach((sample, frame) => {
      const level = 20 * Math.log10(sample);
      const [behind, ahead] = [frame - 2 * GRID, frame + GRID].map((each) => plainCurve(points, each / RATE));
      assert.ok(level > behind! - 0.02 && level < ahead! + 0.02, `frame ${frame}: ${level} dB`);
    });
  });

  it("is free of zipper noise: a sine whose fader swings keeps its neighbours quiet", () => {
    const swing: Breakpoint[] = Array.from({ length: 400 }, (_, i) => [
      i / 2000,
      -10 + 8 * Math.sin((2 * Math.PI * 10 * i) / 2000),
    ]);
    for (const session of [
      { tracks: [track({ fader: swing }, { clips: [{ file: "sine.wav" }] })] },
      {
        tracks: [
          track({ "inserts/0/gain": swing }, { clips: [{ file: "sine.wav" }], inserts: [{ type: "gain" }] }),
        ],
      },
    ]) {
      const { left } = bench.render({ panLaw: 0, ...session }, FRAMES);
      // The grid's rate is 1500 Hz: steps would be heard 1500 Hz on either side of the sine.
      for (const frequency of [2500, 4000, 5500]) {
        const level = amplitudeAt(left, frequency) / amplitudeAt(left, 1000);
        assert.ok(level < 10 ** (-90 / 20), `${frequency} Hz: ${20 * Math.log10(level)} dB`);
      }
    }
  });
});

/** Amplitude of a frequency, under a Hann window squared. */
function amplitudeAt(signal: Float32Array, frequency: number): number {
  let [re, im] = [0, 0];
  signal.forEach((sample, i) => {
    const window = Math.sin((Math.PI * i) / signal.length) ** 4;
    re += window * sample * Math.cos((2 * Math.PI * frequency * i) / RATE);
    im += window * sample * Math.sin((2 * Math.PI * frequency * i) / RATE);
  });
  return Math.hypot(re, im);
}
