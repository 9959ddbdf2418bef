import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, it } from "node:test";
import fc from "fast-check";
import { buildOverviewJob, peaksJob } from "../../../src/mastering/overviewJobs.js";
import { type EditedAudio, type Layer, type Piece, type Treatment } from "../../../src/session/audioEdits.js";
import { FADE_SHAPES } from "../../../src/session/fadeShape.js";
import { audioOf, noise, render, temporaryFolder, writeWav } from "../editing/editedAudioBench.js";
import { assertTile, plainTile } from "./plainPeaks.js";

const CHANNELS = 2;
const SOURCE_FRAMES = 300_000;

describe("peaks of edited audio", () => {
  const folder = temporaryFolder();
  const sources = [1, 2].map((seed) =>
    writeWav(join(folder, `${seed}.wav`), noise(CHANNELS, SOURCE_FRAMES, seed)),
  );
  const overviews = sources.map((source, i) => {
    const target = join(folder, `${i}.peaks`);
    buildOverviewJob({ source, target });
    return target;
  });
  const whole: Layer = { source: 0, start: 0, isReversed: false, treatments: [] };

  /** Compares tiles of all levels with peaks of the rendered audio. */
  function assertExact(audio: EditedAudio, levels: readonly number[]): void {
    const sound = render(audio);
    for (const level of levels) {
      const total = Math.ceil(sound[0]!.length / 2 ** level);
      const first = Math.floor(total / 3);
      const count = level < 7 ? 700 : total + 5;
      for (const start of [0, first]) {
        const { values, isDraft } = peaksJob({ audio, overviews, level, first: start, count });
        assertTile(values, plainTile(sound, 2 ** level, start, count), `level ${level} from ${start}`);
        assert.equal(isDraft, false);
      }
    }
  }

  const ALL_LEVELS = Array.from({ length: 31 }, (_, level) => level);

  it("are those of the samples at every level, for an untouched file", () => {
    assertExact(audioOf(sources, [{ frames: SOURCE_FRAMES, layers: [whole] }], CHANNELS), ALL_LEVELS);
  });

  it("are those of the rendered samples for any pieces, gains, offsets, orders, directions and crossfades", () => {
    fc.assert(
      fc.property(fc.array(pieceArbitrary, { minLength: 1, maxLength: 6 }), (pieces) =>
        assertExact(audioOf(sources, pieces, CHANNELS), [0, 5, 8, 9, 10, 11, 12, 13, 14, 17, 20]),
      ),
      { numRuns: 25 },
    );
  });

  it("show an impulse at every zoom, also behind an edit", () => {
    const samples = new Float32Array(SOURCE_FRAMES);
    samples[123_457] = 1;
    const source = writeWav(join(folder, "impulse.wav"), [samples, samples]);
    const overview = join(folder, "impulse.peaks");
    buildOverviewJob({ source, target: overview });
    const cut = [
      { frames: 777, layers: [{ ...whole, start: 100 }] },
      { frames: 200_000, layers: [{ ...whole, start: 99_999 }] },
    ];
    for (const [pieces, at] of [
      [[{ frames: SOURCE_FRAMES, layers: [whole] }], 123_457],
      [cut, 777 + 123_457 - 99_999],
    ] as const) {
      for (const level of ALL_LEVELS) {
        const first = Math.floor(at / 2 ** level);
        const tile = { audio: audioOf([source], pieces, CHANNELS), overviews: [overview], level, first };
        assert.equal(peaksJob({ ...tile, count: 1 }).values[1], 1, `level ${level}`);
      }
    }
  });

  it("of long fades and long crossfades bound the samples; their RMS is right within a decibel", () => {
    const long = writeWav(join(folder, "long.wav"), noise(CHANNELS, 700_000, 5));
    const target = join(folder, "long.peaks");
    buildOverviewJob({ source: long, target });
    for (const shape of FADE_SHAPES) {
      const ramp = (isRising: boolean): Treatment => ({
        kind: "ramp",
        shape,
        length: 650_000,
        at: 1000,
        isRising,
      });
      const fading = (start: number, isRising: boolean, isReversed = false): Layer => ({
        source: 0,
        start,
        isReversed,
        treatments: [ramp(isRising), { kind: "gain", factors: [-0.7, 1.2] }],
      });
      for (const layers of [
        [fading(0, true)],
        [fading(333, false)],
        [fading(777, false, true)],
        [fading(0, true), fading(50_000, false)],
      ]) {
        const audio = audioOf([long], [{ frames: 600_000, layers }], CHANNELS);
        const sound = render(audio);
        for (const level of [9, 12, 14, 17, 20]) {
          const expected = plainTile(sound, 2 ** level, 0, 2000);
          const { values } = peaksJob({ audio, overviews: [target], level, first: 0, count: 2000 });
          assert.equal(values.length, expected.length);
          values.forEach((value, i) => {
            const wanted = expected[i]!;
            const what = `${shape}, ${layers.length} layers, level ${level}, value ${i}: ${value}, ${wanted}`;
            if (i % 3 === 0) assert.ok(value <= wanted + 1e-7, what);
            if (i % 3 === 1) assert.ok(value >= wanted - 1e-7, what);
            if (i % 3 === 2 && wanted > 1e-3) assert.ok(Math.abs(20 * Math.log10(value / wanted)) < 1, what);
          });
        }
      }
    }
  });

  it("without an overview are a draft from samples that are really there, and exact near by", () => {
    const audio = audioOf(sources, [{ frames: SOURCE_FRAMES, layers: [whole] }], CHANNELS);
    const sound = render(audio);
    for (const level of [0, 8, 9, 11]) {
      const { values, isDraft } = peaksJob({ audio, overviews: [null, null], level, first: 3, count: 90 });
      assertTile(values, plainTile(sound, 2 ** level, 3, 90), `level ${level}`);
      assert.equal(isDraft, false);
    }
    for (const level of [12, 15, 20]) {
      const { values, isDraft } = peaksJob({ audio, overviews: [], level, first: 0, count: 100 });
      const expected = plainTile(sound, 2 ** level, 0, 100);
      assert.equal(isDraft, true);
      assert.equal(values.length, expected.length);
      // Noise: 256 samples of a bucket are nearly as loud as all of them, and never louder.
      values.forEach((value, i) => {
        const ratio = value / expected[i]!;
        assert.ok(ratio > 0.75 && ratio < (i % 3 === 2 ? 1.25 : 1.0000001), `value ${i}: ${ratio}`);
      });
    }
  });

  it("end where the audio ends", () => {
    const audio = audioOf(sources, [{ frames: 1000, layers: [whole] }], CHANNELS);
    for (const [level, first, buckets] of [
      [9, 0, 2],
      [9, 1, 1],
      [9, 2, 0],
      [0, 995, 5],
      [30, 0, 1],
      [30, 7, 0],
    ] as const) {
      const { values } = peaksJob({ audio, overviews, level, first, count: 10 });
      assert.equal(values.length, buckets * CHANNELS * 3, `level ${level} from ${first}`);
    }
    assert.equal(
      peaksJob({ audio: audioOf([], [], 2), overviews: [], level: 9, first: 0, count: 1 }).values.length,
      0,
    );
  });
});

const perChannel = (values: readonly number[]) =>
  fc.array(fc.constantFrom(...values), { minLength: CHANNELS, maxLength: CHANNELS });

/** All but ramps that are longer than what is read. */
function treatmentArbitrary(frames: number): fc.Arbitrary<Treatment> {
  const plain: fc.Arbitrary<Treatment>[] = [
    fc.record({ kind: fc.constant("gain" as const), factors: perChannel([0, 1, -1, 0.5, -2.3, 0.7071]) }),
    fc.record({ kind: fc.constant("offset" as const), offsets: perChannel([0, 0.25, -0.013]) }),
    fc.record({ kind: fc.constant("permute" as const), order: perChannel([0, 1]) }),
  ];
  const ramp: fc.Arbitrary<Treatment> = fc.record({
    kind: fc.constant("ramp" as const),
    shape: fc.constantFrom(...FADE_SHAPES),
    length: fc.constant(frames),
    at: fc.constant(0),
    isRising: fc.boolean(),
  });
  return fc.oneof(...plain, ...(frames <= 100_000 ? [ramp] : []));
}

const pieceArbitrary: fc.Arbitrary<Piece> = fc
  .oneof(fc.integer({ min: 1, max: 3000 }), fc.integer({ min: 1, max: 200_000 }))
  .chain((frames) =>
    fc.record({
      frames: fc.constant(frames),
      layers: fc.array(
        fc.integer({ min: -1, max: 1 }).chain((source) =>
          fc.record({
            source: fc.constant(source),
            start: source < 0 ? fc.constant(0) : fc.integer({ min: 0, max: SOURCE_FRAMES - frames }),
            isReversed: fc.boolean(),
            treatments: fc.array(treatmentArbitrary(frames), { maxLength: 3 }),
          }),
        ),
        { minLength: 0, maxLength: 2 },
      ),
    }),
  );
