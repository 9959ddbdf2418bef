import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { seededRandom } from "../../../src/units/random.js";
import { measurePlanar } from "../../standards/planarMeter.js";
import { referenceTruePeak } from "../../standards/referenceMeter.js";
import { SLACKS, StagedOversampler } from "./stagedOversampler.js";

const RATE = 48000;

/** What the kernel states of itself: ripple, and what a parabola leaves of the grid's error. */
const STATED_ERROR_DB = 0.04;
/** Filters of 32-bit floats against the same in 64 bits. */
const ROUNDING_DB = 1e-4;

const decibels = (factor: number): number => 20 * Math.log10(factor);
const truePeak = (samples: Float32Array, ...others: Float32Array[]): number =>
  measurePlanar([samples, ...others], RATE).truePeak!;

function near(actual: number, expected: number, tolerance: number, what: string): void {
  assert.ok(Math.abs(actual - expected) <= tolerance, `${what}: ${actual}, not ${expected} dBTP`);
}

/** A few sines below `edge` cycles per sample under a slow envelope, and the largest value between the samples. */
function sines(seed: number, edge: number): { samples: Float32Array; peak: number } {
  const random = seededRandom(seed);
  const frames = 1500;
  const partials = Array.from({ length: 4 }, () => ({
    w: 2 * Math.PI * edge * random(),
    phase: 2 * Math.PI * random(),
  }));
  const at = (t: number): number =>
    Math.sin((Math.PI * t) / frames) ** 2 *
    partials.reduce((sum, { w, phase }) => sum + 0.2 * Math.sin(w * t + phase), 0);
  let peak = 0;
  for (let t = 0; t < frames; t += 1 / 32) peak = Math.max(peak, Math.abs(at(t)));
  return { samples: Float32Array.from({ length: frames }, (_, i) => at(i)), peak };
}

function noise(seed: number, frames: number): Float32Array {
  const random = seededRandom(seed);
  return Float32Array.from({ length: frames }, () => 2 * random() - 1);
}

/** Noise of changing brightness and level: some of it is pruned at each stage. */
function patchwork(seed: number): Float32Array {
  const random = seededRandom(seed);
  let [smooth, value, level] = [0, 0, 1];
  return Float32Array.from({ length: 4000 }, (_, i) => {
    if (i % 50 === 0) [smooth, level] = [random() ** 0.3, 0.5 + 0.5 * random()];
    value = smooth * value + (1 - smooth) * (2 * random() - 1);
    return level * value;
  });
}

describe("true peak", () => {
  it("is the largest value between the samples of a band-limited signal", () => {
    for (let seed = 1; seed <= 60; seed++) {
      const { samples, peak } = sines(seed, 0.455);
      near(truePeak(samples), decibels(peak), STATED_ERROR_DB, `seed ${seed}`);
    }
  });

  it("agrees with 16-fold oversampling by an independent filter of 96 taps", () => {
    for (let seed = 1; seed <= 3; seed++) {
      const { samples } = sines(1000 + seed, 0.45);
      near(truePeak(samples), referenceTruePeak([Float64Array.from(samples)]), 0.1, `seed ${seed}`);
    }
  });

  it("loses nothing by pruning: the same as the cascade run in full", () => {
    for (let seed = 1; seed <= 25; seed++) {
      for (const samples of [patchwork(seed), noise(seed, 600)]) {
        near(
          truePeak(samples),
          decibels(new StagedOversampler().truePeak(samples)),
          ROUNDING_DB,
          `seed ${seed}`,
        );
      }
    }
  });

  it("prunes by bounds that hold for all its filters", () => {
    const derived = new StagedOversampler().slacks();
    derived.forEach((slack, i) =>
      assert.ok(slack <= SLACKS[i]!, `stage ${i}: ${slack} is more than ${SLACKS[i]}`),
    );
  });

  it("finds the worst of all signals right after one that is as loud as its samples", () => {
    // Alternating signs add up all taps at the midpoint of the middle: +8.7 dB over the samples.
    const samples = new Float32Array(4000);
    for (let i = 1000; i < 1100; i++) samples[i] = 0.5 * Math.sin(((i - 1000) * Math.PI) / 100);
    for (let k = 0; k < 24; k++) samples[3000 - k] = samples[3001 + k] = 0.25 * (-1) ** k;
    near(truePeak(samples), decibels(new StagedOversampler().truePeak(samples)), ROUNDING_DB, "burst");
    assert.ok(truePeak(samples) > decibels(0.6));
  });

  it("counts the first and the last samples, and what rings outside of them", () => {
    const click = (at: number, frames: number): Float32Array => {
      const samples = new Float32Array(frames);
      samples[at] = 0.9;
      return samples;
    };
    for (let frames = 470; frames < 500; frames++) {
      near(truePeak(click(0, frames)), decibels(0.9), ROUNDING_DB, "first");
      near(truePeak(click(frames - 1, frames)), decibels(0.9), ROUNDING_DB, `last of ${frames}`);
      const ending = new Float32Array(frames);
      for (let k = 0; k < 20; k++) ending[frames - 1 - k] = 0.5 * (-1) ** k;
      near(
        truePeak(ending),
        decibels(new StagedOversampler().truePeak(ending)),
        ROUNDING_DB,
        `end of ${frames}`,
      );
      near(truePeak(ending.slice().reverse()), truePeak(ending), ROUNDING_DB, `start of ${frames}`);
    }
  });

  it("is that of the channel that has it, and knows when", () => {
    const quiet = noise(1, 3000).map((x) => x / 10);
    const loud = new Float32Array(3000);
    for (let i = 0; i < 400; i++)
      loud[2000 + i] = Math.sin((Math.PI * i) / 4 + Math.PI / 8) * Math.sin((Math.PI * i) / 400);
    for (const channels of [
      [quiet, loud],
      [loud, quiet],
      [quiet, quiet, loud],
      [quiet, quiet, quiet, loud],
    ]) {
      const measured = measurePlanar(channels, RATE);
      near(measured.truePeak!, 0, STATED_ERROR_DB, `of ${channels.length}`);
      // The envelope's top is at frame 2200; the sine's nearest one within two periods of 8 frames.
      assert.ok(Math.abs(measured.truePeakTime! * RATE - 2200) < 16);
    }
  });

  it("is never below the sample peak", () => {
    for (let seed = 1; seed <= 20; seed++) {
      const { truePeak, samplePeak } = measurePlanar([noise(seed, 999)], RATE);
      assert.ok(truePeak! >= samplePeak!, `seed ${seed}`);
    }
  });
});
