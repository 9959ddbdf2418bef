import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { FADE_SHAPES } from "../../src/session/fadeShape.js";
import {
  largestDifference,
  mono,
  noise,
  plainClips,
  RATE,
  renderClips,
  sine,
  toDb,
  type ClipInput,
} from "./clipBench.js";

/** A few roundings to 32-bit floats of sums below 2. */
const FLOAT_STEPS = 2 ** -21;
const seconds = (frames: number): number => frames / RATE;

const FILES = { a: mono(noise(1, 9000)), b: mono(noise(2, 5000)) };

const fade = fc.record({
  length: fc.integer({ min: 0, max: 3000 }).map(seconds),
  shape: fc.constantFrom(...FADE_SHAPES),
});
const clip: fc.Arbitrary<ClipInput> = fc.record(
  {
    file: fc.constantFrom("a", "b"),
    start: fc.integer({ min: 0, max: 12000 }).map(seconds),
    offset: fc.integer({ min: 0, max: 6000 }).map(seconds),
    length: fc.integer({ min: 1, max: 9000 }).map(seconds),
    gain: fc.double({ min: -30, max: 0, noNaN: true }),
    loop: fc.integer({ min: 1, max: 4 }),
    reverse: fc.boolean(),
    mute: fc.boolean(),
    fadeIn: fade,
    fadeOut: fade,
  },
  { requiredKeys: ["file"] },
);
const blocks = fc.array(fc.integer({ min: 1, max: 4096 }), { minLength: 1, maxLength: 5 });

describe("clips", () => {
  it("sound where, how long and how loud the document says: any clips, to the sample", () => {
    fc.assert(
      fc.property(fc.array(clip, { maxLength: 5 }), blocks, (clips, sizes) => {
        const { left } = renderClips(FILES, clips, { overlap: "mix", frames: 20000, blocks: sizes });
        const expected = plainClips(FILES, clips, 20000);
        assert.ok(largestDifference(left, expected) < FLOAT_STEPS);
      }),
      { numRuns: 60 },
    );
  });

  it("give the same bytes however the song is cut into blocks, at any rate", () => {
    const files = { ...FILES, c: mono(noise(3, 9000), 44100) };
    const clips: ClipInput[] = [
      { file: "c", start: 0.01, fadeOut: { length: 0.05, shape: "sCurve" } },
      { file: "a", start: 0.1, speed: 1.2345678, reverse: true, loop: 2 },
      { file: "b", start: 0.15, speed: 0.5, gain: -3 },
    ];
    const render = (sizes: number[]): Float32Array =>
      renderClips(files, clips, { frames: 24000, blocks: sizes }).left;
    const whole = render([4096]);
    assert.ok(Math.max(...whole) > 0.3);
    for (const sizes of [[64], [128], [511], [4096, 1, 37]]) assert.deepEqual(render(sizes), whole);
  });

  it("play from any position of the song", () => {
    const clips: ClipInput[] = [{ file: "a" }, { file: "b", start: 0.1, speed: 1.1 }];
    const whole = renderClips(FILES, clips, { frames: 12000 }).left;
    const late = renderClips(FILES, clips, { frames: 12000, delay: -5000 }).left;
    assert.deepEqual(late.subarray(0, 7000), whole.subarray(5000));
  });

  it("start later by the delay of their track", () => {
    const { left } = renderClips(FILES, [{ file: "a" }], { frames: 10000, delay: 321 });
    assert.equal(largestDifference(left.subarray(321, 9321), FILES.a.channels[0]!), 0);
    assert.equal(left[320], 0);
  });

  it("keep the sides of stereo files, and give mono ones to both", () => {
    const stereo = { sampleRate: RATE, channels: [noise(4, 3000), noise(5, 3000)] };
    const files = { stereo, b: FILES.b };
    const both = renderClips(files, [{ file: "stereo", speed: 1 }], { frames: 3000 });
    assert.deepEqual([both.left, both.right], stereo.channels);
    const mixed = renderClips(
      files,
      [
        { file: "stereo", length: 0.01 },
        { file: "b", start: 0.02 },
      ],
      { frames: 5960 },
    );
    assert.deepEqual(mixed.left.subarray(960), mixed.right.subarray(960));
  });

  it("sound as one when a clip is cut in two at any frame", () => {
    const cases = [
      { rate: 48000, speed: 1 },
      { rate: 44100, speed: 1 },
      { rate: 96000, speed: 1 },
      { rate: 44100, speed: 1.5 },
      { rate: 48000, speed: 2 ** (1 / 12) },
      { rate: 11025, speed: 0.7071067811865476 },
    ];
    const offset = fc.double({ min: 0, max: 0.1, noNaN: true });
    fc.assert(
      fc.property(
        fc.constantFrom(...cases),
        offset,
        fc.integer({ min: 1, max: 3999 }),
        ({ rate, speed }, from, cut) => {
          const files = { c: mono(noise(7, rate), rate) };
          const whole: ClipInput = { file: "c", start: 0.02, offset: from, length: seconds(4000), speed };
          const parts: ClipInput[] = [
            { ...whole, length: seconds(cut) },
            {
              ...whole,
              start: 0.02 + seconds(cut),
              offset: from + seconds(cut) * speed,
              length: seconds(4000 - cut),
            },
          ];
          const one = renderClips(files, [whole], { frames: 6000 }).left;
          const two = renderClips(files, parts, { frames: 6000 }).left;
          assert.ok(largestDifference(one, two) < 10 ** (-140 / 20), `${rate} Hz, ${speed}`);
        },
      ),
      { numRuns: 24 },
    );
  });

  it("played backwards are what they are forwards, last frame first, at any rate", () => {
    for (const [rate, speed] of [
      [48000, 1],
      [44100, 1],
      [48000, 1.2345678],
    ] as const) {
      const files = { c: mono(noise(8, 8000), rate) };
      const render = (reverse: boolean): Float32Array =>
        renderClips(files, [{ file: "c", offset: 0.01, length: 0.1, speed, reverse }], { frames: 4800 }).left;
      assert.deepEqual(render(true), render(false).reverse());
    }
  });

  it("loop without a seam: at any rate as a file that holds the passes one after the other", () => {
    const [rate, passes, length] = [44100, 5, 1001];
    const pass = noise(9, length);
    const unrolled = new Float32Array(passes * length);
    for (let i = 0; i < passes; i++) unrolled.set(pass, i * length);
    for (const speed of [1, 0.75, 1.1111111]) {
      const looped = renderClips({ pass: mono(pass, rate) }, [{ file: "pass", loop: passes, speed }], {
        frames: 9000,
      });
      const whole = renderClips({ all: mono(unrolled, rate) }, [{ file: "all", speed }], { frames: 9000 });
      assert.ok(largestDifference(looped.left, whole.left) < 1e-7, String(speed));
    }
  });

  it("do not drift when the passes of a loop are no whole frames", () => {
    const click = new Float32Array(2000);
    click[0] = 1;
    const length = 1000.4 / RATE;
    const { left } = renderClips({ click: mono(click) }, [{ file: "click", length, loop: 40 }], {
      frames: 41000,
    });
    const found = [...left.keys()].filter((i) => left[i] === 1);
    assert.deepEqual(
      found,
      Array.from({ length: 40 }, (_, k) => Math.round(k * 1000.4)),
    );
  });

  it("bad: count samples that are no numbers once, though a resampled file is read with overlaps", () => {
    const samples = noise(10, 20000);
    samples[9000] = NaN;
    samples[4100] = Infinity;
    const { left, warnings } = renderClips({ "x/c.wav": mono(samples, 44100) }, [{ file: "x/c.wav" }], {
      frames: 22000,
      blocks: [64],
    });
    assert.ok(left.every(Number.isFinite));
    assert.deepEqual(warnings, [
      "c.wav: 2 samples are not finite numbers, the first at 0.093 s; silence stands in for them.",
    ]);
  });
});

describe("clips at another rate", () => {
  const level = (signal: Float32Array): number =>
    Math.sqrt(signal.reduce((sum, x) => sum + x * x, 0) / signal.length);

  it("are as long as source / speed, and no tone is off by more than -110 dB", () => {
    for (const [rate, speed] of [
      [44100, 1],
      [44100, 2],
      [48000, 2 ** (1 / 12)],
      [96000, 0.7],
      [22050, 1.3717],
    ] as const) {
      const frames = rate / 2;
      const length = Math.round((frames * RATE) / rate / speed);
      const highest = 0.45 * Math.min(rate * speed, RATE);
      for (const frequency of [100, 0.3 * highest, highest]) {
        const files = { c: mono(sine(frames, frequency / speed, rate), rate) };
        const { left } = renderClips(files, [{ file: "c", speed }], { frames: length + 10 });
        assert.ok(left.subarray(length).every((value) => value === 0));
        assert.notEqual(left[length - 1], 0);
        // Away from the ends, where the file begins and stops abruptly.
        const rest = Float32Array.from({ length: length / 2 }, (_, i) => {
          const n = i + Math.floor(length / 4);
          return left[n]! - Math.sin((2 * Math.PI * frequency * n) / RATE);
        });
        const residue = toDb(level(rest) * Math.SQRT2);
        assert.ok(residue < -110, `${rate} Hz x ${speed}, ${frequency} Hz: ${residue} dB`);
      }
    }
  });

  it("have no alias above -100 dB when they are played faster", () => {
    for (const speed of [1.5, 1.999, 2.7182818, 8]) {
      for (const part of [1.05, 1.3, 1.9]) {
        const frequency = (part * RATE) / 2 / speed;
        if (frequency > 0.49 * RATE) continue;
        const files = { c: mono(sine(RATE, frequency, RATE), RATE) };
        const frames = Math.floor(RATE / speed);
        const { left } = renderClips(files, [{ file: "c", speed }], { frames });
        const alias = toDb(level(left.subarray(frames / 4, (frames * 3) / 4)) * Math.SQRT2);
        assert.ok(alias < -100, `x ${speed}, ${frequency} Hz: ${alias} dB`);
      }
    }
  });

  it("place an impulse where its time falls, within a hundredth of a frame", () => {
    for (const [rate, speed, at] of [
      [44100, 1, 1234],
      [44100, 1.1, 1234],
      [96000, 1, 2001],
      [48000, 1.234567, 3000],
    ] as const) {
      const impulse = new Float32Array(8000);
      impulse[at] = 1;
      const { left } = renderClips({ c: mono(impulse, rate) }, [{ file: "c", start: 0.01, speed }], {
        frames: 12000,
      });
      // The centroid of its square: the filter's response is symmetrical.
      let [energy, moment] = [0, 0];
      left.forEach((value, n) => {
        energy += value * value;
        moment += n * value * value;
      });
      const expected = 480 + ((at / rate) * RATE) / speed;
      assert.ok(Math.abs(moment / energy - expected) < 0.01, `${moment / energy} instead of ${expected}`);
    }
  });

  it("take the wanted piece: an offset is a time of the file", () => {
    const files = { c: mono(sine(44100, 997, 44100), 44100) };
    const { left } = renderClips(files, [{ file: "c", offset: 0.25, length: 0.5 }], { frames: 24000 });
    for (let n = 100; n < 23900; n += 7) {
      assert.ok(Math.abs(left[n]! - Math.sin(2 * Math.PI * 997 * (n / RATE + 0.25))) < 2e-6);
    }
  });
});

describe("a track of many clips", () => {
  it("opens files only while they sound, and takes no memory for each clip", () => {
    const files = Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`f${i}`, mono(noise(i, 480))]));
    const many = (count: number): ClipInput[] =>
      Array.from({ length: count }, (_, i) => ({ file: `f${i % 500}`, start: i * 0.01, length: 0.01 }));
    const small = renderClips(files, many(10), { frames: 4800 });
    const large = renderClips(files, many(10_000), { frames: 10_000 * 480 });
    // A block of 4096 frames plays ten; those of the block before and eight older ones are still open.
    assert.ok(large.mostOpen <= 28, `${large.mostOpen} files`);
    assert.equal(large.leftOpen, 0);
    assert.ok(large.memory <= small.memory + 65536, `${large.memory} bytes`);
  });

  it("keeps a bounded number of filters, however many speeds there are", () => {
    const files = { a: mono(noise(1, 4800)) };
    const clips = Array.from({ length: 24 }, (_, i): ClipInput => {
      return { file: "a", start: i * 0.1, length: 0.05, speed: 1.1 + i * 0.0312345678 };
    });
    const { memory, left } = renderClips(files, clips, { frames: 115200 });
    // Eight of 1 MB; the memory grows by doubling.
    assert.ok(memory <= 16 * 2 ** 20, `${memory} bytes`);
    // One that is designed anew sounds as it does alone.
    const alone = renderClips(files, [{ ...clips[0]!, start: 0 }], { frames: 2400 }).left;
    const again = renderClips(files, [...clips, { ...clips[0]!, start: 2.4 }], { frames: 117600 }).left;
    assert.deepEqual(again.subarray(115200), alone);
    assert.deepEqual(left.subarray(0, 2400), alone);
  });
});
