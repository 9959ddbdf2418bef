import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { both, noise, type Stereo } from "../processorBench.js";
import { stretched } from "./stretchBench.js";

const RATE = 48000;
const SPEEDS = [0.25, 0.5, 0.75, 0.9, 1.1, 1.5, 2, 3, 4];

const tone = (hz: number, seconds: number, rate = RATE): Stereo =>
  both(seconds * rate, (frame) => 0.5 * Math.sin((2 * Math.PI * hz * frame) / rate));

const rms = (samples: Float32Array): number =>
  Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);

const decibels = (factor: number): number => 20 * Math.log10(factor);

/** Level at `hz`, seen through a Hann window. */
function amplitudeAt(samples: Float32Array, hz: number): number {
  let [real, imaginary] = [0, 0];
  samples.forEach((sample, frame) => {
    const weighted = sample * (0.5 - 0.5 * Math.cos((2 * Math.PI * frame) / samples.length));
    real += weighted * Math.cos((2 * Math.PI * hz * frame) / RATE);
    imaginary -= weighted * Math.sin((2 * Math.PI * hz * frame) / RATE);
  });
  return Math.hypot(real, imaginary);
}

/** Frequency of the strongest partial near `hz`, by golden section of the Fourier sum. */
function pitchNear(samples: Float32Array, hz: number): number {
  let [low, high] = [hz * 0.99, hz * 1.01];
  const ratio = (Math.sqrt(5) - 1) / 2;
  while (high - low > hz * 5e-5) {
    const [a, b] = [high - ratio * (high - low), low + ratio * (high - low)];
    if (amplitudeAt(samples, a) > amplitudeAt(samples, b)) high = b;
    else low = a;
  }
  return (low + high) / 2;
}

describe("time-stretch", () => {
  it("passes the signal bit for bit at speed 1", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60_000 }), fc.integer({ min: 1, max: 1000 }), (frames, block) => {
        const input = noise(frames, frames);
        const output = stretched(input, 1, RATE, block);
        assert.deepEqual(output.left, input.left);
        assert.deepEqual(output.right, input.right);
      }),
      { numRuns: 20 },
    );
  });

  it("gives the same whatever the block", () => {
    const input = noise(48_000, 3);
    for (const speed of [0.5, 1.7])
      assert.deepEqual(stretched(input, speed, RATE, 128), stretched(input, speed, RATE, 997));
  });

  for (const speed of SPEEDS) {
    it(`at speed ${speed} has the length that follows, whatever the rate`, () => {
      for (const rate of [8000, 44100, 96000]) {
        const { length } = stretched(noise(2 * rate, 1), speed, rate).left;
        assert.ok(Math.abs(length - (2 * rate) / speed) <= 1 + 1 / speed, `${length} frames at ${rate} Hz`);
      }
    });

    it(`at speed ${speed} keeps pitch within 1 cent and level within 0.5 dB`, () => {
      for (const hz of [55, 440, 3000]) {
        const { left } = stretched(tone(hz, Math.max(1.5, 1.5 * speed)), speed);
        const middle = left.subarray(1000, Math.min(60_000, left.length - 5000));
        const cents = 1200 * Math.log2(pitchNear(middle, hz) / hz);
        assert.ok(Math.abs(cents) < 1, `${hz} Hz: ${cents} cents`);
        const level = decibels(rms(middle) / (0.5 * Math.SQRT1_2));
        assert.ok(Math.abs(level) < 0.5, `${hz} Hz: ${level} dB`);
      }
    });

    it(`at speed ${speed} keeps the level of noise within 0.5 dB`, () => {
      const input = noise(4 * RATE, 7);
      const level = decibels(rms(stretched(input, speed).left) / rms(input.left));
      assert.ok(Math.abs(level) < 0.5, `${level} dB`);
    });

    it(`at speed ${speed} cuts both channels at the same places`, () => {
      const { left } = noise(2 * RATE, 9);
      const output = stretched({ left, right: left.map((sample) => -0.5 * sample) }, speed);
      output.left.forEach((sample, frame) => {
        assert.ok(Math.abs(output.right[frame]! + 0.5 * sample) < 1e-6, `frame ${frame}`);
      });
    });
  }

  it("plays every onset once, and in full, at speeds around 1", () => {
    // Decaying strokes 0.25 s apart over a soft tone.
    const stroke = (frame: number): number => {
      const since = frame % 12_000;
      return 0.02 * Math.sin(frame * 0.02) + 0.8 * Math.exp(-since / 500) * Math.sin(since * 0.9);
    };
    const input = both(4 * RATE, (frame) => (frame < 6000 ? 0 : stroke(frame - 6000)));
    for (const speed of [0.5, 0.7, 0.85, 1.2, 1.5, 2]) {
      const { left } = stretched(input, speed);
      const peaks = strokes(left);
      assert.equal(peaks.length, strokes(input.left).length, `speed ${speed}: ${peaks.length} strokes`);
      for (const { level, at } of peaks) assert.ok(level > 0.7, `speed ${speed}: ${level} at ${at}`);
      peaks.forEach(({ at }, i) => {
        const due = (6000 + i * 12_000) / speed;
        assert.ok(
          Math.abs(at - due) < (0.09 * RATE) / Math.min(1, speed),
          `speed ${speed}: ${at}, due ${due}`,
        );
      });
    }
  });
});

/** Peaks above 0.3 that stand above all of the 20 ms before them. */
function strokes(samples: Float32Array): { at: number; level: number }[] {
  const found: { at: number; level: number }[] = [];
  for (let at = 0; at < samples.length; at++) {
    if (Math.abs(samples[at]!) < 0.3) continue;
    let level = 0;
    const end = Math.min(samples.length, at + 960);
    for (let i = at; i < end; i++) level = Math.max(level, Math.abs(samples[i]!));
    found.push({ at, level });
    at = end;
    while (at < samples.length && Math.abs(samples[at]!) >= 0.3) at++;
  }
  return found;
}
