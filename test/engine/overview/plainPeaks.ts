/** Peaks in plain loops: what the kernels, the pyramids and the tiles are compared with. */
import assert from "node:assert/strict";

export interface Peaks {
  readonly low: number;
  readonly high: number;
  readonly mean: number;
  readonly square: number;
}

export function plainPeaks(samples: Float32Array, start: number, end: number): Peaks {
  let [low, high, sum, squares] = [Infinity, -Infinity, 0, 0];
  for (let i = start; i < Math.min(end, samples.length); i++) {
    const value = samples[i]!;
    low = Math.min(low, value);
    high = Math.max(high, value);
    sum += value;
    squares += value * value;
  }
  const count = Math.min(end, samples.length) - start;
  return { low, high, mean: sum / count, square: squares / count };
}

/** Tile values, `[bucket][channel][low, high, rms]`, of buckets of so many frames. */
export function plainTile(
  sound: readonly Float32Array[],
  bucketFrames: number,
  first: number,
  count: number,
): number[] {
  const buckets = Math.max(0, Math.min(count, Math.ceil(sound[0]!.length / bucketFrames) - first));
  return Array.from({ length: buckets }, (_, i) =>
    sound.map((samples) => {
      const { low, high, square } = plainPeaks(
        samples,
        (first + i) * bucketFrames,
        (first + i + 1) * bucketFrames,
      );
      return [low, high, Math.sqrt(square)];
    }),
  ).flat(2);
}

/** Lowest and highest samples must be equal, RMS within 1e-5 of itself (it is summed in 32 bits). */
export function assertTile(actual: Float32Array, expected: readonly number[], what: string): void {
  assert.equal(actual.length, expected.length, `${what}: length`);
  actual.forEach((value, i) => {
    const wanted = expected[i]!;
    const isRms = i % 3 === 2;
    const isRight = isRms ? Math.abs(value - wanted) <= 1e-5 * wanted + 1e-9 : value === wanted;
    if (!isRight) assert.fail(`${what}: value ${i} is ${value} instead of ${wanted}`);
  });
}
