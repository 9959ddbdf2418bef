import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { BYTES_PER_SAMPLE, SAMPLE_LAYOUTS, type SampleLayout } from "../../src/audio/audioFile.js";
import { Dsp } from "../../src/engine/dsp.js";
import { seededRandom } from "../../src/units/random.js";

/** In the order of their numbers in src/dsp/dither/dither.ts. */
const DITHERS = ["none", "tpdf", "shaped"] as const;

interface Settings {
  readonly layout: SampleLayout;
  readonly dither?: (typeof DITHERS)[number];
  readonly sampleRate?: number;
  readonly seed?: number;
  readonly blockFrames?: number;
}

/** @returns the interleaved bytes, and how many samples were clipped */
function encode(channels: readonly Float32Array[], settings: Settings): { bytes: Buffer; clipped: number } {
  const { layout, dither = "none", sampleRate = 44100, seed = 1, blockFrames = 4096 } = settings;
  const dsp = new Dsp();
  const [layoutNumber, ditherNumber] = [SAMPLE_LAYOUTS.indexOf(layout), DITHERS.indexOf(dither)];
  const encoder = dsp.exports.encoderNew(layoutNumber, channels.length, ditherNumber, sampleRate, seed);
  const frameBytes = channels.length * BYTES_PER_SAMPLE[layout];
  const sources = channels.map(() => dsp.allocate(blockFrames * 4));
  const pointers = dsp.allocate(channels.length * 4);
  const target = dsp.allocate(blockFrames * frameBytes);
  dsp.int32(pointers, channels.length).set(sources);
  const blocks: Uint8Array[] = [];
  let clipped = 0;
  for (let start = 0; start < channels[0]!.length; start += blockFrames) {
    const frames = Math.min(blockFrames, channels[0]!.length - start);
    channels.forEach((channel, i) =>
      dsp.float32(sources[i]!, frames).set(channel.subarray(start, start + frames)),
    );
    clipped += dsp.exports.encoderProcess(encoder, pointers, frames, target);
    blocks.push(dsp.bytes.slice(target, target + frames * frameBytes));
  }
  return { bytes: Buffer.concat(blocks), clipped };
}

/** Reads sample `index` as it stands in a file. */
function readSample(bytes: Buffer, layout: SampleLayout, index: number): number {
  const offset = index * BYTES_PER_SAMPLE[layout];
  switch (layout) {
    case "u8":
      return bytes.readUInt8(offset) - 128;
    case "f32":
      return bytes.readFloatLE(offset);
    case "f64":
      return bytes.readDoubleLE(offset);
    default:
      return bytes.readIntLE(offset, BYTES_PER_SAMPLE[layout]);
  }
}

const readAll = (bytes: Buffer, layout: SampleLayout) =>
  Array.from({ length: bytes.length / BYTES_PER_SAMPLE[layout] }, (_, i) => readSample(bytes, layout, i));

describe("encoder without dither", () => {
  for (const [layout, bits] of [
    ["u8", 8],
    ["s16", 16],
    ["s24", 24],
  ] as const) {
    it(`${layout}: whole numbers come back, from the lowest to the highest`, () => {
      const full = 2 ** (bits - 1);
      const random = seededRandom(bits);
      const integers = Array.from({ length: 3000 }, () => Math.floor(2 * full * random()) - full);
      integers.push(-full, full - 1, 0, -1, 1, 0);
      const channels = [0, 1].map((side) =>
        Float32Array.from(
          integers.filter((_, i) => i % 2 === side),
          (v) => v / full,
        ),
      );
      const { bytes, clipped } = encode(channels, { layout });
      assert.deepEqual(readAll(bytes, layout), integers);
      assert.equal(clipped, 0);
    });
  }

  it("s32 keeps every bit of a 32-bit float", () => {
    const values = [0.5, -1, 2 ** -20 + 2 ** -31, -(2 ** -31), 1 - 2 ** -24];
    const { bytes } = encode([Float32Array.from(values)], { layout: "s32" });
    assert.deepEqual(
      readAll(bytes, "s32"),
      values.map((value) => value * 2 ** 31),
    );
  });

  it("floats are copied, over full scale too", () => {
    const values = Float32Array.from([0.1, -3.5, 1e-30, 0]);
    for (const layout of ["f32", "f64"] as const) {
      const { bytes, clipped } = encode([values], { layout, dither: "tpdf" });
      assert.deepEqual(readAll(bytes, layout), [...values]);
      assert.equal(clipped, 0);
    }
  });

  it("rounds to the nearest", () => {
    const { bytes } = encode([Float32Array.from([0.4, 0.6, -0.4, -0.6, 1.4], (v) => v / 32768)], {
      layout: "s16",
    });
    assert.deepEqual(
      readAll(bytes, "s16").map((v) => v + 0),
      [0, 1, 0, -1, 1],
    );
  });

  it("clips and counts what is over full scale; what is no number is silence", () => {
    const loud = Float32Array.from([1, -1, 1.5, -1.5, Infinity, -Infinity, NaN, 0.25]);
    const { bytes, clipped } = encode([loud], { layout: "s16" });
    assert.deepEqual(readAll(bytes, "s16"), [32767, -32768, 32767, -32768, 32767, -32768, 0, 8192]);
    assert.equal(clipped, 5);
  });
});

/** Quantisation errors in LSB of a quiet sine at 16 bits. */
function errors(settings: Omit<Settings, "layout">, frames = 65536): number[] {
  const signal = Float32Array.from({ length: frames }, (_, n) => 0.01 * Math.sin(0.0511 * n));
  const { bytes } = encode([signal], { layout: "s16", ...settings });
  return readAll(bytes, "s16").map((value, n) => value - signal[n]! * 32768);
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const power = (values: readonly number[]) => mean(values.map((value) => value * value));
/** Correlation of neighbours' product sum with the power: 0 for white noise. */
const neighbours = (values: readonly number[]) =>
  mean(values.slice(1).map((value, i) => value * values[i]!)) / power(values);

/** Power per hertz between two frequencies, dB, by the discrete Fourier transform at spaced frequencies. */
function densityDb(values: readonly number[], from: number, to: number, rate: number): number {
  const count = 60;
  const segment = 1024;
  let sum = 0;
  for (let i = 0; i < count; i++) {
    const step = (2 * Math.PI * (from + ((to - from) * (i + 0.5)) / count)) / rate;
    for (let start = 0; start < values.length; start += segment) {
      let [real, imaginary] = [0, 0];
      for (let n = 0; n < segment; n++) {
        // A raised cosine keeps the strong high frequencies out of the weak low ones.
        const value = values[start + n]! * (1 - Math.cos((2 * Math.PI * n) / segment));
        real += value * Math.cos(step * n);
        imaginary += value * Math.sin(step * n);
      }
      sum += real * real + imaginary * imaginary;
    }
  }
  return 10 * Math.log10(sum);
}

describe("dither", () => {
  // 65536 samples: the mean strays by 0.5 / 256 = 0.002 LSB, the power by about 0.3 %; four times that is allowed.
  it("TPDF: no mean error, power of LSB^2 / 4, white, within 1.5 LSB", () => {
    const noise = errors({ dither: "tpdf" });
    assert.ok(Math.abs(mean(noise)) < 0.008, `${mean(noise)}`);
    assert.ok(Math.abs(power(noise) - 0.25) < 0.004, `${power(noise)}`);
    assert.ok(Math.abs(neighbours(noise)) < 0.016, `${neighbours(noise)}`);
    assert.ok(noise.every((error) => Math.abs(error) <= 1.5 + 1e-9));
  });

  it("stays on in digital silence", () => {
    const { bytes } = encode([new Float32Array(10000)], { layout: "s24", dither: "tpdf" });
    // One draw in eight lies beyond half an LSB on either side: power 1/4.
    assert.ok(Math.abs(power(readAll(bytes, "s24")) - 0.25) < 0.02);
  });

  for (const rate of [44100, 48000, 96000]) {
    it(`shaped at ${rate} Hz: at least 10 dB less noise from 2 to 6 kHz, and stable`, () => {
      const frames = 16384;
      const plain = errors({ dither: "tpdf", sampleRate: rate }, frames);
      const shaped = errors({ dither: "shaped", sampleRate: rate }, frames);
      const gain = densityDb(shaped, 2000, 6000, rate) - densityDb(plain, 2000, 6000, rate);
      assert.ok(gain < -10, `${gain} dB`);
      // H(z) adds 12 dB in all: errors of 2 LSB rms, and none beyond 1.5 times the sum of its coefficients.
      assert.ok(power(shaped) < 5 && shaped.every((error) => Math.abs(error) < 1.5 * 9.4));
    });
  }

  it("shaped at 22.05 kHz, where nothing can be gained, is plain TPDF", () => {
    assert.deepEqual(errors({ dither: "shaped", sampleRate: 22050 }, 500), errors({ dither: "tpdf" }, 500));
  });

  it("shaped recovers from clipping and from what is no number", () => {
    const bad = Float32Array.from({ length: 20000 }, (_, n) =>
      n < 9000 ? [4, NaN, -Infinity][n % 3]! : 0.1,
    );
    const { bytes } = encode([bad], { layout: "s16", dither: "shaped" });
    const rest = readAll(bytes, "s16").slice(10000);
    assert.ok(rest.every((value) => Math.abs(value - 3276.8) < 15));
  });

  it("is repeatable, differs by seed and by channel, and does not depend on the blocks", () => {
    const silence = [new Float32Array(3000), new Float32Array(3000)];
    const run = (settings: Partial<Settings>) =>
      encode(silence, { layout: "s16", dither: "shaped", ...settings }).bytes;
    assert.deepEqual(run({ blockFrames: 77 }), run({}));
    assert.notDeepEqual(run({ seed: 2 }), run({}));
    const samples = readAll(run({ dither: "tpdf" }), "s16");
    const left = samples.filter((_, i) => i % 2 === 0);
    const right = samples.filter((_, i) => i % 2 === 1);
    // Independent channels: their correlation strays by 1 / sqrt(3000) = 0.018.
    assert.ok(Math.abs(mean(left.map((value, i) => value * right[i]!)) / power(left)) < 0.075);
  });
});
