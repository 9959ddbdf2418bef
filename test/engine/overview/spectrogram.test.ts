import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, it } from "node:test";
import {
  positionToFrequency,
  spectrogramBounds,
  type FrequencyScale,
} from "../../../src/units/frequencyScale.js";
import { spectrogramRows } from "../../../src/engine/overview/spectrogramRows.js";
import { spectrogramJob, spectrumJob, type SpectrogramInput } from "../../../src/mastering/overviewJobs.js";
import type { EditedAudio } from "../../../src/session/audioEdits.js";
import { audioOf, noise, temporaryFolder, writeWav } from "../editing/editedAudioBench.js";

const RATE = 48000;
const FREQUENCY_SCALES: readonly FrequencyScale[] = ["linear", "mel", "log"];
/** One byte is so many dB. */
const STEP = 150 / 255;

describe("spectrograms and spectra", () => {
  const folder = temporaryFolder();
  let files = 0;

  function audioWith(...sound: readonly Float32Array[]): EditedAudio {
    const source = writeWav(join(folder, `${++files}.wav`), sound);
    const layers = [{ source: 0, start: 0, isReversed: false, treatments: [] }];
    return audioOf([source], [{ frames: source.frames, layers }], sound.length);
  }

  const tone = (hertz: number, frames: number, level = 0): Float32Array =>
    Float32Array.from(
      { length: frames },
      (_, n) => 10 ** (level / 20) * Math.sin((2 * Math.PI * hertz * n) / RATE),
    );

  const wanted = (audio: EditedAudio): SpectrogramInput => ({
    audio,
    ...{ size: 2048, window: "hann", scale: "linear", level: 9, first: 0, count: 20, rows: 512 },
  });

  it("show a tone of -20 dBFS in its row, at that level, on every scale and with every window", () => {
    // In the middle of bin 128.
    const audio = audioWith(tone(3000, RATE, -20));
    for (const scale of FREQUENCY_SCALES) {
      for (const window of ["hann", "blackmanHarris", "kaiser"] as const) {
        const rows = 700;
        const values = spectrogramJob({ ...wanted(audio), scale, window, rows, first: 10, count: 1 });
        assert.equal(values.length, rows);
        const loudest = values.indexOf(Math.max(...values));
        const bounds = spectrogramBounds(RATE, scale);
        const [low, high] = [loudest, loudest + 1].map((row) =>
          positionToFrequency(row / rows, scale, bounds),
        );
        assert.ok(low! <= 3000 + 24 && high! >= 3000 - 24, `${scale}: ${low} to ${high} Hz`);
        assert.ok(
          Math.abs(values[loudest]! * STEP - 150 + 20) <= STEP,
          `${scale} ${window}: ${values[loudest]}`,
        );
      }
    }
  });

  it("are aligned: a burst stands in the columns whose windows hold it, near by and far out", () => {
    const frames = 200_000;
    for (const level of [0, 4, 8, 10, 11, 12, 14]) {
      const hop = 2 ** level;
      const center = 100_352;
      const burst = new Float32Array(frames);
      // As long as a column is wide: between the windows of wide columns, short sounds go unseen.
      const length = Math.max(512, hop);
      burst.set(tone(6000, length), center - length / 2);
      const first = Math.max(0, Math.floor(center / hop) - 30);
      const count = 61;
      const values = spectrogramJob({
        ...wanted(audioWith(burst)),
        size: 512,
        level,
        first,
        count,
        rows: 64,
      });
      const row = 16;
      const levels = Array.from({ length: values.length / 64 }, (_, column) => values[column * 64 + row]!);
      const loud = levels.flatMap((value, column) => (value > 150 ? [first + column] : []));
      assert.ok(loud.length > 0, `level ${level}`);
      for (const column of loud) {
        const distance = Math.abs((column + 0.5) * hop - center);
        assert.ok(
          distance <= Math.max(512, hop),
          `level ${level}: column ${column} is ${distance} frames off`,
        );
      }
    }
  });

  it("do not depend on how columns are asked for", () => {
    const audio = audioWith(noise(1, 300_000, 5)[0]!);
    for (const level of [3, 9, 11, 13]) {
      const all = spectrogramJob({ ...wanted(audio), level, first: 5, count: 23 });
      for (const [from, count] of [
        [0, 1],
        [3, 9],
        [22, 1],
      ] as const) {
        const some = spectrogramJob({ ...wanted(audio), level, first: 5 + from, count });
        assert.deepEqual(some, all.slice(from * 512, (from + count) * 512), `level ${level}, ${from}`);
      }
    }
  });

  it("end with the audio, and are silent where it is", () => {
    const audio = audioWith(new Float32Array(10_000));
    const values = spectrogramJob({ ...wanted(audio), level: 10, first: 3, count: 50 });
    assert.equal(values.length, 7 * 512);
    assert.ok(values.every((value) => value === 0));
    assert.equal(spectrogramJob({ ...wanted(audio), level: 10, first: 10, count: 5 }).length, 0);
  });

  it("of all channels in one answer are those of each channel by itself", () => {
    const sound = noise(3, 300_000, 11);
    const together = audioWith(...sound);
    const alone = sound.map((samples) => audioWith(samples));
    for (const level of [3, 11, 13]) {
      for (const [first, count] of [
        [2, 9],
        [30, 50],
      ] as const) {
        const each = alone.map((audio) => spectrogramJob({ ...wanted(audio), level, first, count }));
        const expected = Buffer.concat(each);
        const actual = spectrogramJob({ ...wanted(together), level, first, count });
        assert.ok(expected.equals(actual), `level ${level}, from ${first}`);
      }
    }
  });

  it("lose no bin between the rows, on any scale", () => {
    for (const scale of FREQUENCY_SCALES) {
      for (const [rows, size] of [
        [1000, 2048],
        [100, 4096],
        [37, 512],
        [1200, 1024],
      ] as const) {
        const { low } = spectrogramBounds(RATE, scale);
        const list = spectrogramRows(rows, size, RATE, scale);
        const covered = new Set<number>();
        for (const { first, last, fraction } of list) {
          if (fraction !== null) assert.ok(first + 1 <= size / 2 && fraction >= 0 && fraction <= 1);
          else for (let bin = first; bin <= last; bin++) covered.add(bin);
        }
        for (let bin = Math.ceil((low * size) / RATE); bin <= size / 2; bin++)
          assert.ok(covered.has(bin), `${scale}, ${rows} rows of ${size}: bin ${bin}`);
      }
    }
  });

  it("give the level of tones within 0.01 dB, of long and short ranges", () => {
    const frames = 4 * RATE;
    // Bins of 8192 samples; all of them hold whole periods of both tones.
    const [low, high] = [(100 * RATE) / 8192, (2048 * RATE) / 8192];
    const mixed = tone(low, frames, -6);
    tone(high, frames, -40).forEach((value, n) => (mixed[n]! += value));
    const audio = audioWith(mixed, mixed);
    for (const range of [
      { start: 0, end: frames },
      { start: 12_345, end: 12_345 + 8192 },
      { start: 999, end: 30_000 },
    ]) {
      const { binHz, levels } = spectrumJob({ audio, range });
      assert.equal(levels.length, 4097);
      assert.ok(Math.abs(levels[Math.round(low / binHz)]! + 6) < 0.01);
      assert.ok(Math.abs(levels[Math.round(high / binHz)]! + 40) < 0.01);
    }
    const short = spectrumJob({ audio, range: { start: 100, end: 100 + 1500 } });
    assert.equal(short.levels.length, 513);
    assert.ok(Math.abs(short.levels[Math.round(high / short.binHz)]! + 40) < 0.01);
  });

  it("of white noise have the power that Welch's method promises", () => {
    const audio = audioWith(noise(1, 10 * RATE, 3)[0]!);
    const { levels } = spectrumJob({ audio, range: { start: 0, end: 10 * RATE } });
    // Uniform noise of +-0.8: power 0.64 / 3; a Hann window has an equivalent noise bandwidth of 1.5 bins; a sine
    // of power 1/2 reads 1.
    const expected = 10 * Math.log10(((2 * 0.64) / 3) * (1.5 / 4096) * 1);
    const mean =
      10 * Math.log10(levels.slice(10, -10).reduce((sum, level) => sum + 10 ** (level / 10), 0) / 4077);
    assert.ok(Math.abs(mean - expected) < 0.1, `${mean} instead of ${expected} dB`);
  });
});
