import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Dsp } from "../../src/engine/dsp.js";
import {
  K_WEIGHTS,
  THIRD_OCTAVES,
  ThirdOctaveMeter,
  type ThirdOctaves,
} from "../../src/engine/thirdOctaves.js";
import { seededRandom } from "../../src/units/random.js";

const RATE = 48000;

function measure(
  left: Float32Array,
  right = left,
  block = 4096,
  sampleRate = RATE,
): ThirdOctaves | undefined {
  const dsp = new Dsp();
  const meter = new ThirdOctaveMeter(dsp, sampleRate);
  const [a, b] = [dsp.allocate(block * 4), dsp.allocate(block * 4)];
  for (let at = 0; at < left.length; at += block) {
    const frames = Math.min(block, left.length - at);
    dsp.float32(a, frames).set(left.subarray(at, at + frames));
    dsp.float32(b, frames).set(right.subarray(at, at + frames));
    meter.process({ left: a, right: b, frames });
  }
  return meter.finish();
}

const sine = (hertz: number, amplitude: number, seconds: number): Float32Array =>
  Float32Array.from(
    { length: seconds * RATE },
    (_, i) => amplitude * Math.sin((2 * Math.PI * hertz * i) / RATE),
  );
const decibels = (power: number): number => 10 * Math.log10(power);

describe("third octaves", () => {
  it("are those of IEC 61260", () => {
    assert.equal(THIRD_OCTAVES.length, 30);
    const nominal = [25, 31.5, 40, 50, 63, 80, 100, 125, 160, 200, 250, 315, 400, 500, 630, 800, 1000];
    nominal.forEach((hertz, i) => assert.ok(Math.abs(THIRD_OCTAVES[i]! / hertz - 1) < 0.02, String(hertz)));
    assert.ok(Math.abs(THIRD_OCTAVES[29]! / 20000 - 1) < 0.01);
  });

  it("read the power of a sine, in its band alone, of the middle or of the sides", () => {
    for (const hertz of [125.9, 1000, 7943]) {
      const { mid, side } = measure(sine(hertz, 0.5, 4))!;
      const band = THIRD_OCTAVES.findIndex((centre) => Math.abs(centre / hertz - 1) < 0.02);
      assert.ok(
        Math.abs(decibels(mid[band]! / 0.125)) < 0.1,
        `${hertz} Hz: ${decibels(mid[band]! / 0.125)} dB`,
      );
      mid.forEach(
        (power, i) => i === band || assert.ok(decibels(power / 0.125) < -25, `${hertz} Hz in band ${i}`),
      );
      assert.ok(side.every((power) => power < 1e-12));
    }
    const tone = sine(1000, 0.5, 4);
    const { mid, side } = measure(
      tone,
      tone.map((value) => -value),
    )!;
    assert.ok(mid.every((power) => power < 1e-12));
    assert.ok(Math.abs(decibels(side[16]! / 0.125)) < 0.1);
  });

  it("read white noise as 1 dB more in every band, 0 dB in all", () => {
    const random = seededRandom(3);
    const noise = Float32Array.from({ length: 60 * RATE }, () => random() - 0.5);
    const { mid } = measure(noise)!;
    // Uniform between -0.5 and 0.5: power 1/12, spread evenly up to half the rate.
    THIRD_OCTAVES.forEach((hertz, band) => {
      const expected = ((hertz * (10 ** 0.05 - 10 ** -0.05)) / (RATE / 2)) * (1 / 12);
      const error = decibels(mid[band]! / expected);
      assert.ok(Math.abs(error) < (hertz < 100 ? 1 : 0.3), `${hertz} Hz: ${error} dB`);
    });
  });

  it("leave quiet passages out", () => {
    const loud = sine(1000, 0.5, 6);
    const both = new Float32Array(12 * RATE);
    both.set(loud);
    both.set(sine(4000, 0.05, 6), 6 * RATE);
    const { mid } = measure(both)!;
    assert.ok(decibels(mid[22]! / 0.125) < -30);
    assert.ok(Math.abs(decibels(mid[16]! / 0.125)) < 0.3);
  });

  it("do not depend on the blocks, and have nothing to say of silence", () => {
    const random = seededRandom(4);
    const noise = Float32Array.from({ length: 3 * RATE + 123 }, () => random() - 0.5);
    const whole = measure(noise)!;
    for (const block of [64, 511, 1000]) assert.deepEqual(measure(noise, noise, block), whole);
    assert.equal(measure(new Float32Array(RATE)), undefined);
    assert.ok(measure(sine(1000, 0.5, 0.05)));
  });

  it("are weighted as loudness is", () => {
    // BS.1770: 997 Hz +0.691 dB in the filters; -3.0 dB at 38 Hz and more is taken from the bass, +4 from the treble.
    assert.ok(Math.abs(decibels(K_WEIGHTS[16]!)) < 0.05);
    assert.ok(Math.abs(decibels(K_WEIGHTS[26]!) - 3.3) < 0.1, String(decibels(K_WEIGHTS[26]!)));
    assert.ok(decibels(K_WEIGHTS[0]!) < -10);
  });
});
