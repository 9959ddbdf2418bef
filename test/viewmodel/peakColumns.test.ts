import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import {
  emptyColumns,
  gatherColumns,
  gatherSamples,
  type ColumnSource,
} from "../../src/viewmodel/peakColumns.js";
import { fallbackLevels, levelFor } from "../../src/viewmodel/tileGrid.js";
import { seededRandom } from "../../src/units/random.js";

const COLUMNS = 16;

/** Tiles of a signal, computed the slow way. @param has which tiles are there */
function sourceOf(
  channels: readonly Float32Array[],
  level: number,
  has: (level: number, index: number) => boolean = () => true,
): ColumnSource {
  const frames = channels[0]!.length;
  return {
    columns: COLUMNS,
    channels: channels.length,
    levels: [level, ...fallbackLevels(level, 0, 20)],
    find(at, index) {
      const size = 2 ** at;
      const first = index * COLUMNS;
      const count = Math.max(0, Math.min(COLUMNS, Math.ceil(frames / size) - first));
      if (!has(at, index) || count === 0) return undefined;
      const values = new Float32Array(count * channels.length * 3);
      for (let bucket = 0; bucket < count; bucket++) {
        channels.forEach((samples, channel) => {
          const part = samples.subarray((first + bucket) * size, (first + bucket + 1) * size);
          const rms = Math.sqrt(part.reduce((sum, each) => sum + each * each, 0) / part.length);
          values.set([Math.min(...part), Math.max(...part), rms], 3 * (bucket * channels.length + channel));
        });
      }
      return values;
    },
  };
}

function signal(frames: number, seed: number): Float32Array {
  const random = seededRandom(seed);
  return Float32Array.from({ length: frames }, () => 2 * random() - 1);
}

describe("peaks per column", () => {
  it("show a single loud sample at every zoom, within a bucket of its place", () => {
    const spike = fc.record({
      at: fc.integer({ min: 0, max: 2999 }),
      framesPerColumn: fc.double({ min: 1, max: 200, noNaN: true }),
    });
    fc.assert(
      fc.property(spike, ({ at, framesPerColumn }) => {
        const samples = new Float32Array(3000);
        samples[at] = 1;
        const level = levelFor(framesPerColumn, 0, 20);
        const columns = emptyColumns(Math.ceil(3000 / framesPerColumn));
        gatherColumns(columns, { start: 0, framesPerColumn }, sourceOf([samples], level), 0);
        const found = columns.high.indexOf(1);
        assert.ok(found >= 0, "the sample is lost");
        assert.ok(Math.abs(found - at / framesPerColumn) <= 2);
      }),
    );
  });
  it("are those of the samples where buckets and columns agree", () => {
    const channels = [signal(1000, 1), signal(1000, 2)];
    const columns = emptyColumns(100);
    gatherColumns(columns, { start: 64, framesPerColumn: 8 }, sourceOf(channels, 3), 1);
    for (let i = 0; i < 100; i++) {
      const part = channels[1]!.subarray(64 + 8 * i, 72 + 8 * i);
      assert.equal(columns.high[i], Math.max(...part));
      assert.equal(columns.low[i], Math.min(...part));
    }
  });
  it("join all channels if asked to", () => {
    const channels = [Float32Array.of(0.5, 0.5, 0.5, 0.5), Float32Array.of(-1, 0, 0, 0)];
    const columns = emptyColumns(1);
    gatherColumns(columns, { start: 0, framesPerColumn: 4 }, sourceOf(channels, 2), -1);
    assert.deepEqual([columns.low[0], columns.high[0]], [-1, 0.5]);
    assert.ok(Math.abs(columns.rms[0]! - Math.sqrt((4 * 0.25 + 1) / 8)) < 1e-6);
  });
  it("come from other levels while a tile is missing, and are unknown where there is none", () => {
    const samples = signal(4096, 3);
    const columns = emptyColumns(256);
    gatherColumns(
      columns,
      { start: 0, framesPerColumn: 4 },
      sourceOf([samples], 2, (level) => level === 5),
      0,
    );
    assert.ok(columns.high.every((value) => value > 0));
    gatherColumns(
      columns,
      { start: 0, framesPerColumn: 4 },
      sourceOf([samples], 2, (level) => level === 0),
      0,
    );
    assert.ok(columns.high.every((value) => !Number.isNaN(value)));
    gatherColumns(
      columns,
      { start: 0, framesPerColumn: 4 },
      sourceOf([samples], 2, () => false),
      0,
    );
    assert.ok(columns.high.every(Number.isNaN));
  });
  it("end with the audio", () => {
    const columns = emptyColumns(20);
    gatherColumns(columns, { start: 0, framesPerColumn: 10 }, sourceOf([signal(100, 4)], 3), 0);
    assert.ok(!Number.isNaN(columns.high[9]!));
    assert.ok(Number.isNaN(columns.high[13]!));
  });
});

it("samples come one by one from tiles of level 0, unknown outside", () => {
  const channels = [signal(40, 5), signal(40, 6)];
  const samples = gatherSamples(-3, 50, sourceOf(channels, 0), 1);
  assert.ok(samples.subarray(0, 3).every(Number.isNaN));
  assert.deepEqual(samples.subarray(3, 43), channels[1]);
  assert.ok(samples.subarray(43).every(Number.isNaN));
});
