import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { SAMPLE_LAYOUTS, type SampleLayout } from "../../../src/audio/audioFile.js";
import { pcmFormat } from "../../../src/audio/pcm.js";
import { addressTable } from "../../../src/engine/addressTable.js";
import { Dsp } from "../../../src/engine/dsp.js";
import { BUCKET_VALUES, PeakScanner } from "../../../src/engine/overview/peakScanner.js";
import { seededRandom } from "../../../src/units/random.js";
import { noise } from "../editing/editedAudioBench.js";
import { plainPeaks } from "./plainPeaks.js";

function scan(sound: readonly Float32Array[], bucketFrames: number): Float32Array {
  const dsp = new Dsp();
  const frames = sound[0]!.length;
  const buffers = sound.map((samples) => {
    // Off the alignment of vectors, with something loud before and after that must not be seen.
    const address = dsp.allocate((frames + 9) * 4) + 4;
    dsp.float32(address - 4, frames + 9).fill(99);
    dsp.float32(address, frames).set(samples);
    return address;
  });
  const scanner = new PeakScanner(dsp, sound.length, Math.ceil(frames / bucketFrames));
  return scanner.scan(buffers, frames, bucketFrames).slice();
}

describe("PeakScanner", () => {
  it("finds what plain loops find, for any number of channels, frames and any size of bucket", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 1, max: 1500 }),
        fc.integer({ min: 1, max: 700 }),
        fc.integer(),
        (channels, frames, bucketFrames, seed) => {
          const sound = noise(channels, frames, seed);
          const actual = scan(sound, bucketFrames);
          assert.equal(actual.length, Math.ceil(frames / bucketFrames) * channels * BUCKET_VALUES);
          for (let at = 0; at < actual.length; at += BUCKET_VALUES) {
            const index = at / BUCKET_VALUES;
            const start = Math.floor(index / channels) * bucketFrames;
            const expected = plainPeaks(sound[index % channels]!, start, start + bucketFrames);
            assert.equal(actual[at], expected.low);
            assert.equal(actual[at + 1], expected.high);
            assert.ok(Math.abs(actual[at + 2]! - expected.mean) < 1e-6);
            assert.ok(Math.abs(actual[at + 3]! - expected.square) <= 2e-6 * expected.square);
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  it("finds the same in integers as in what they decode to, to the last bit", () => {
    const anyPcm = fc.record({
      layout: fc.constantFrom<SampleLayout[]>("u8", "s16", "s24", "s32"),
      bigEndian: fc.boolean(),
      channels: fc.constantFrom(1, 2),
      frames: fc.integer({ min: 1, max: 1500 }),
      bucketFrames: fc.integer({ min: 1, max: 700 }),
      seed: fc.integer(),
    });
    fc.assert(
      fc.property(anyPcm, ({ layout, bigEndian, channels, frames, bucketFrames, seed }) => {
        const dsp = new Dsp();
        const number = SAMPLE_LAYOUTS.indexOf(layout);
        const pcm = pcmFormat(layout, channels, bigEndian);
        const random = seededRandom(seed);
        const bytes = Uint8Array.from({ length: frames * pcm.frameBytes + 17 }, () => random() * 256);
        const source = dsp.allocate(bytes.length) + 1;
        dsp.bytes.set(bytes.subarray(1), source);
        const table = addressTable(dsp, channels, frames);
        dsp.exports.pcmDecode(source, number, bigEndian ? 1 : 0, channels, frames, table);
        const buckets = Math.ceil(frames / bucketFrames);
        const scanner = new PeakScanner(dsp, channels, buckets);
        const expected = scanner.scan(Array.from(dsp.int32(table, channels)), frames, bucketFrames).slice();
        const target = dsp.allocate(expected.byteLength);
        const shape = [bigEndian ? 1 : 0, channels, frames, bucketFrames] as const;
        assert.equal(dsp.exports.peaksScanPcm(source, number, ...shape, target), buckets);
        const actual = dsp.float32(target, expected.length);
        assert.deepEqual(new Uint32Array(actual.slice().buffer), new Uint32Array(expected.buffer));
      }),
      { numRuns: 300 },
    );
  });

  it("sees an impulse wherever it is in a bucket", () => {
    for (let place = 0; place < 40; place++) {
      const samples = new Float32Array(40);
      samples[place] = -1;
      const [low, high] = scan([samples], 40);
      assert.deepEqual([low, high], [-1, 0]);
    }
  });
});
