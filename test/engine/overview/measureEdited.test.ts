import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, it } from "node:test";
import { measureEditedJob } from "../../../src/mastering/overviewJobs.js";
import type { Measurement } from "../../../src/protocol/wavProtocol.js";
import { measurePlanar } from "../../standards/planarMeter.js";
import { audioOf, noise, render, temporaryFolder, writeWav } from "../editing/editedAudioBench.js";

const RATE = 48000;

describe("measurement of edited audio", () => {
  const folder = temporaryFolder();
  const source = writeWav(join(folder, "noise.wav"), noise(2, 8 * RATE, 4));
  const plain = { source: 0, isReversed: false, treatments: [] };
  const audio = audioOf(
    [source],
    [
      { frames: 3 * RATE + 7, layers: [{ ...plain, start: RATE }] },
      {
        frames: 4 * RATE,
        layers: [
          {
            ...plain,
            start: 5,
            isReversed: true,
            treatments: [
              { kind: "gain", factors: [0.3, -0.2] },
              { kind: "offset", offsets: [0.01, 0] },
            ],
          },
        ],
      },
    ],
    2,
  );

  it("is that of the rendered samples, for the whole and for a range", () => {
    const sound = render(audio);
    const frames = sound[0]!.length;
    for (const range of [
      { start: 0, end: frames },
      { start: 4 * RATE + 123, end: 6 * RATE },
      { start: 2 * RATE, end: 10 * frames },
    ]) {
      const measured: Measurement = measureEditedJob({ audio, range });
      const end = Math.min(frames, range.end);
      const expected = measurePlanar(
        sound.map((samples) => samples.slice(range.start, end)),
        RATE,
      );
      const { range: actualRange, truePeakAt, ...values } = measured;
      assert.deepEqual(actualRange, { start: range.start, end });
      assert.equal(truePeakAt, range.start + Math.round(expected.truePeakTime! * RATE));
      for (const [key, value] of Object.entries(values))
        assert.deepEqual(value, expected[key as keyof typeof expected], key);
    }
  });

  it("gives the mean of each channel", () => {
    const { dcOffsets } = measureEditedJob({ audio, range: { start: 3 * RATE + 7, end: 7 * RATE + 7 } });
    const [left, right] = render(audio).map(
      (samples) =>
        samples.slice(3 * RATE + 7, 7 * RATE + 7).reduce((sum, value) => sum + value, 0) / (4 * RATE),
    );
    assert.ok(Math.abs(dcOffsets[0]! - left!) < 1e-7 && Math.abs(dcOffsets[1]! - right!) < 1e-7);
    assert.ok(Math.abs(left! - 0.01) < 0.001 && Math.abs(right!) < 0.001);
  });

  it("has no values for an empty range", () => {
    const { integrated, truePeak, truePeakAt, momentary } = measureEditedJob({
      audio,
      range: { start: 500, end: 500 },
    });
    assert.deepEqual([integrated, truePeak, truePeakAt, momentary.length], [null, null, null, 0]);
  });
});
