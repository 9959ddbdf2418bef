/** What every dynamics processor keeps to, as tests. */
import assert from "node:assert/strict";
import { it } from "node:test";
import { both, noise, type ProcessorBench, type Stereo } from "../processorBench.js";

export const SAMPLE_RATE = 48000;

export const amplitude = (level: number): number => 10 ** (level / 20);
export const level = (value: number): number => 20 * Math.log10(Math.abs(value));

export const sine = (
  frequency: number,
  peak: number,
  frames = SAMPLE_RATE,
  sampleRate = SAMPLE_RATE,
): Stereo => both(frames, (frame) => peak * Math.sin((2 * Math.PI * frequency * frame) / sampleRate));

/** Largest absolute value. */
export const peakOf = (samples: Float32Array): number =>
  samples.reduce((peak, value) => Math.max(peak, Math.abs(value)), 0);

/** Milliseconds until a gain in dB has gone 63 % of the way from `from` to its last value. */
export function timeConstant(gains: readonly number[], from: number, sampleRate = SAMPLE_RATE): number {
  const last = gains.at(-1)!;
  const wanted = last + (from - last) / Math.E;
  const frame = gains.findIndex((gain) => (last > from ? gain >= wanted : gain <= wanted));
  return (1000 * frame) / sampleRate;
}

/** Noise that swells and fades, so that a processor has something to do. */
export function swelling(frames: number, seed: number): Stereo {
  const { left, right } = noise(frames, seed, 1);
  const swell = (value: number, frame: number) => value * Math.sin(frame / 900) ** 4;
  return { left: left.map(swell), right: right.map(swell) };
}

/**
 * Tests what every kind keeps to: the same bits for any block size, a mono signal treated like a left channel, a bad
 * sample forgotten, silence kept.
 *
 * @param make new processors, each with other settings
 * @param recovery frames after which a bad sample is forgotten; 0: at once, as if it had been silence
 */
export function keepsTheRules(
  make: readonly (() => ProcessorBench)[],
  { isMono, recovery = 0 }: { isMono: boolean; recovery?: number },
): void {
  it("gives the same bits however the signal is cut into blocks", () => {
    const input = swelling(4101, 10);
    for (const each of make) {
      const whole = each().run(input, [4096]);
      for (const sizes of [[1], [64], [128], [511], [7, 500, 31]])
        assert.deepEqual(each().run(input, sizes), whole, `blocks of ${sizes.join(", ")}`);
    }
  });

  if (isMono) {
    it("treats a mono signal, bit for bit, like the left of two equal channels", () => {
      const { left } = swelling(5000, 11);
      for (const each of make)
        assert.deepEqual(each().runMono(left, [64, 511]), each().run({ left, right: left }).left);
    });
  }

  it("forgets a sample that is not a number", () => {
    for (const each of make) {
      for (const bad of [Number.NaN, Infinity, -Infinity]) {
        const input = swelling(6000, 12);
        const clean = each().run({ left: input.left.with(500, 0), right: input.right.with(500, 0) });
        const output = each().run({ left: input.left.with(500, bad), right: input.right.with(500, 0) });
        const finite = output.left.filter(Number.isFinite).length;
        assert.ok(finite >= output.left.length - 1, `${output.left.length - finite} samples are not finite`);
        assert.deepEqual(output.left.subarray(6000 - 1000), clean.left.subarray(6000 - 1000));
        if (recovery === 0) assert.deepEqual(output.right, clean.right);
      }
    }
  });

  it("keeps silence silent", () => {
    for (const each of make) assert.equal(peakOf(each().run(both(3000, () => 0)).left), 0);
  });
}

/**
 * @returns largest step between two frames of a constant signal of `value` when `change` is made after half a second
 */
export function largestStep(bench: ProcessorBench, value: number, change: () => void): number {
  bench.run(both(SAMPLE_RATE / 2, () => value));
  const before = bench.run(both(64, () => value)).left.at(-1);
  change();
  const { left } = bench.run(both(SAMPLE_RATE / 4, () => value));
  let previous = before;
  return left.reduce((largest, output) => {
    const step = Math.abs(output - previous);
    previous = output;
    return Math.max(largest, step);
  }, 0);
}

/**
 * @returns largest deviation from a sine of this frequency when `change` is made after half a second: of each output
 *   sample from what the two before ask for, and so a click
 */
export function largestBend(
  bench: ProcessorBench,
  frequency: number,
  peak: number,
  change: () => void,
): number {
  const input = sine(frequency, peak);
  const half = SAMPLE_RATE / 2;
  const part = (from: number, to: number): Stereo => ({
    left: input.left.subarray(from, to),
    right: input.right.subarray(from, to),
  });
  const before = bench.run(part(0, half)).left;
  change();
  const output = [...before.subarray(half - 2), ...bench.run(part(half, SAMPLE_RATE)).left];
  const turn = 2 * Math.cos((2 * Math.PI * frequency) / SAMPLE_RATE);
  let largest = 0;
  for (let n = 2; n < output.length; n++)
    largest = Math.max(largest, Math.abs(output[n]! - turn * output[n - 1]! + output[n - 2]!));
  return largest;
}
