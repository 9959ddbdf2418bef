import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Dsp } from "../../src/engine/dsp.js";
import { noise } from "./processorBench.js";

/** Resamples planar channels, cut into blocks of the given sizes over and over. */
function resample(
  channels: readonly Float32Array[],
  inputRate: number,
  outputRate: number,
  blockSizes: readonly number[] = [4096],
): Float32Array[] {
  const dsp = new Dsp();
  const { exports } = dsp;
  const largest = Math.max(...blockSizes);
  const resampler = exports.resamplerNew(inputRate, outputRate, channels.length, largest);
  const maxOutput = exports.resamplerMaxOutput(resampler);
  const table = (frames: number) => {
    const addresses = channels.map(() => dsp.allocate(frames * 4));
    const address = dsp.allocate(channels.length * 4);
    dsp.int32(address, channels.length).set(addresses);
    return { address, addresses };
  };
  const [inputs, outputs] = [table(largest), table(maxOutput)];
  const results = channels.map((): number[] => []);
  const collect = (frames: number) => {
    assert.ok(frames <= maxOutput);
    results.forEach((result, i) => result.push(...dsp.float32(outputs.addresses[i]!, frames)));
  };
  const length = channels[0]!.length;
  for (let start = 0, block = 0; start < length; block++) {
    const frames = Math.min(blockSizes[block % blockSizes.length]!, length - start);
    channels.forEach((channel, i) =>
      dsp.float32(inputs.addresses[i]!, frames).set(channel.subarray(start, start + frames)),
    );
    collect(exports.resamplerProcess(resampler, inputs.address, frames, outputs.address));
    start += frames;
  }
  collect(exports.resamplerFlush(resampler, outputs.address));
  return results.map((result) => Float32Array.from(result));
}

const sine = (frames: number, frequency: number, rate: number) =>
  Float32Array.from({ length: frames }, (_, n) => Math.sin((2 * Math.PI * frequency * n) / rate));

/** Level of what is left of `signal` without its ends, less `wanted`, in dB of a full-scale sine. */
function residueDb(signal: Float32Array, wanted: (frame: number) => number): number {
  const margin = Math.floor(signal.length / 4);
  let sum = 0;
  for (let n = margin; n < signal.length - margin; n++) sum += (signal[n]! - wanted(n)) ** 2;
  return 10 * Math.log10((2 * sum) / (signal.length - 2 * margin));
}

const RATES: [number, number][] = [
  [96000, 44100],
  [48000, 44100],
  [44100, 48000],
  [88200, 44100],
  [44100, 96000],
  [192000, 48000],
  [8000, 44100],
  [48000, 11025],
  [44100, 48001],
];

describe("resampler", () => {
  for (const [from, to] of RATES) {
    const nyquist = Math.min(from, to) / 2;
    // A sine is told by its values: level, phase and instant must all be right. -120 dB is the promise.
    it(`${from} to ${to} Hz: sines up to 20/22.05 of the Nyquist frequency within -120 dB`, () => {
      for (const part of [0.05, 0.5, 20 / 22.05]) {
        const frequency = part * nyquist;
        const [output] = resample([sine(from / 16, frequency, from)], from, to);
        const residue = residueDb(output!, (n) => Math.sin((2 * Math.PI * frequency * n) / to));
        assert.ok(residue < -120, `${frequency} Hz: ${residue} dB`);
      }
    });
    if (from > to) {
      it(`${from} to ${to} Hz: nothing folds down from 23/22.05 of the Nyquist frequency on`, () => {
        for (const frequency of [(nyquist * 23) / 22.05, Math.min(1.3 * nyquist, 0.49 * from)]) {
          const [output] = resample([sine(from / 16, frequency, from)], from, to);
          const alias = residueDb(output!, () => 0);
          assert.ok(alias < -120, `${frequency} Hz: ${alias} dB`);
        }
      });
    }
    it(`${from} to ${to} Hz: as many frames as instants before the end`, () => {
      for (const frames of [1, 2, 147, 1000, 4097]) {
        const [output] = resample([new Float32Array(frames)], from, to);
        assert.equal(output!.length, Math.ceil((frames * to) / from), `${frames} frames`);
      }
    });
    it(`${from} to ${to} Hz: a steady level stays one, without ripple`, () => {
      const [output] = resample([new Float32Array(from / 16).fill(0.5)], from, to);
      const quarter = output!.length >> 2;
      // A few ulps of 32-bit sums.
      for (const value of output!.subarray(quarter, 3 * quarter)) assert.ok(Math.abs(value - 0.5) < 5e-7);
    });
  }

  it("gives the same bits whatever the blocks", () => {
    const { left, right } = noise(9000, 1);
    for (const [from, to] of [
      [96000, 44100],
      [44100, 48000],
      [44100, 48001],
    ] as const) {
      const whole = resample([left, right], from, to, [9000]);
      assert.deepEqual(resample([left, right], from, to, [1, 100, 63, 4096]), whole);
    }
  });

  it("treats every channel alike, however many there are", () => {
    const { left, right } = noise(3000, 2);
    const three = resample([left, right, left], 48000, 44100);
    assert.deepEqual(three[2], three[0]);
    assert.deepEqual(resample([right], 48000, 44100)[0], three[1]);
  });

  it("copies bit for bit at equal rates", () => {
    const { left, right } = noise(5000, 3);
    assert.deepEqual(resample([left, right], 48000, 48000, [1000, 17]), [left, right]);
  });

  it("is as new after its flush", () => {
    const { left } = noise(2000, 4);
    const dsp = new Dsp();
    const resampler = dsp.exports.resamplerNew(48000, 44100, 1, 2000);
    const [input, output, inputs, outputs] = [8000, 40000, 4, 4].map((bytes) => dsp.allocate(bytes));
    dsp.int32(inputs!, 1)[0] = input!;
    dsp.int32(outputs!, 1)[0] = output!;
    const once = () => {
      dsp.float32(input!, 2000).set(left);
      const first = dsp.exports.resamplerProcess(resampler, inputs!, 2000, outputs!);
      const head = dsp.float32(output!, first).slice();
      const rest = dsp.exports.resamplerFlush(resampler, outputs!);
      return [head, dsp.float32(output!, rest).slice()];
    };
    assert.deepEqual(once(), once());
  });
});
