import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Dsp } from "../../../src/engine/dsp.js";
import { LANES, SPECTRUM_WINDOWS, SpectrumKernel } from "../../../src/engine/overview/spectrumKernel.js";
import { noise } from "../../engine/editing/editedAudioBench.js";

/** The windows by their textbook formulas. */
const WINDOWS: Readonly<Record<(typeof SPECTRUM_WINDOWS)[number], (t: number) => number>> = {
  hann: (t) => Math.sin(Math.PI * t) ** 2,
  blackmanHarris: (t) =>
    [0.35875, -0.48829, 0.14128, -0.01168].reduce((sum, a, k) => sum + a * Math.cos(2 * Math.PI * k * t), 0),
  kaiser: (t) => bessel(12.2653 * Math.sqrt(Math.max(0, 1 - (2 * t - 1) ** 2))) / bessel(12.2653),
};

/** I0 by its integral, (1 / pi) of exp(x cos a) from 0 to pi; the midpoint rule converges at once. */
function bessel(x: number): number {
  const steps = 200;
  let sum = 0;
  for (let i = 0; i < steps; i++) sum += Math.exp(x * Math.cos((Math.PI * (i + 0.5)) / steps));
  return sum / steps;
}

/** Power of the bins by the plain Fourier sum; a full-scale sine has 1. */
function plainPower(samples: Float32Array, window: (t: number) => number, bins: readonly number[]): number[] {
  const size = samples.length;
  const weights = Array.from({ length: size }, (_, n) => window(n / size));
  const total = weights.reduce((a, b) => a + b);
  return bins.map((bin) => {
    let [real, imaginary] = [0, 0];
    for (let n = 0; n < size; n++) {
      const angle = (2 * Math.PI * ((n * bin) % size)) / size;
      real += samples[n]! * weights[n]! * Math.cos(angle);
      imaginary -= samples[n]! * weights[n]! * Math.sin(angle);
    }
    const factor = bin === 0 || bin === size / 2 ? 1 : 2;
    return (factor * Math.hypot(real, imaginary)) ** 2 / total ** 2;
  });
}

function kernelPower(
  signals: readonly Float32Array[],
  window: (typeof SPECTRUM_WINDOWS)[number],
  times = 1,
): Float32Array {
  const dsp = new Dsp();
  const size = signals[0]!.length;
  const kernel = new SpectrumKernel(dsp, size, window);
  const addresses = signals.map((signal) => {
    const address = dsp.allocate(size * 4 + 16) + 4;
    dsp.float32(address, size).set(signal);
    return address;
  });
  kernel.clear();
  for (let i = 0; i < times; i++) kernel.add(addresses[0]!, addresses[1]!, addresses[2]!, addresses[3]!);
  return kernel.power.slice();
}

describe("SpectrumKernel", () => {
  for (const window of SPECTRUM_WINDOWS) {
    it(`gives the power that a plain Fourier sum gives, of four signals at once (${window})`, () => {
      for (const size of [16, 32, 64, 512, 1024, 2048, 4096, 16384]) {
        const signals = [1, 2, 3, 4].map((seed) => noise(1, size, seed + size)[0]!);
        const power = kernelPower(signals, window);
        assert.equal(power.length, LANES * (size / 2 + 1));
        const bins =
          size <= 512
            ? Array.from({ length: size / 2 + 1 }, (_, bin) => bin)
            : [0, 1, 2, 3, 63, 64, size / 4, size / 4 + 1, size / 2 - 65, size / 2 - 1, size / 2];
        signals.forEach((signal, lane) => {
          const expected = plainPower(signal, WINDOWS[window], bins);
          // Rounding in 32 bits is relative to the whole signal, not to the bin.
          const whole = expected.reduce((a, b) => Math.max(a, b));
          bins.forEach((bin, i) => {
            const error = Math.abs(Math.sqrt(power[bin * LANES + lane]!) - Math.sqrt(expected[i]!));
            assert.ok(error < 3e-6 * Math.sqrt(whole), `size ${size}, bin ${bin}: ${error}`);
          });
        });
      }
    });

    it(`reads a full-scale sine in the middle of a bin as 0 dBFS, a constant as well (${window})`, () => {
      const size = 2048;
      const sine = (bin: number, phase: number) =>
        Float32Array.from({ length: size }, (_, n) => Math.sin((2 * Math.PI * bin * n) / size + phase));
      const signals = [sine(100, 0.3), sine(777, 2), sine(10, 1), new Float32Array(size).fill(1)];
      const power = kernelPower(signals, window);
      [100, 777, 10, 0].forEach((bin, lane) => {
        const level = 10 * Math.log10(power[bin * LANES + lane]!);
        assert.ok(Math.abs(level) < 1e-4, `bin ${bin}: ${level} dB`);
      });
    });
  }

  it("adds up until it is cleared", () => {
    const signals = noise(4, 256, 9);
    const once = kernelPower(signals, "hann");
    kernelPower(signals, "hann", 3).forEach((value, i) =>
      assert.ok(Math.abs(value - 3 * once[i]!) <= 1e-6 * value),
    );
  });

  it("has little noise of its own: 140 dB below a full-scale tone", () => {
    const size = 8192;
    const tone = Float32Array.from({ length: size }, (_, n) => Math.cos((2 * Math.PI * 1000 * n) / size));
    const power = kernelPower([tone, tone, tone, tone], "blackmanHarris");
    for (let bin = 0; bin <= size / 2; bin++) {
      if (Math.abs(bin - 1000) < 6) continue;
      const level = 10 * Math.log10(power[bin * LANES]!);
      assert.ok(level < -140, `bin ${bin}: ${level} dB`);
    }
  });
});
