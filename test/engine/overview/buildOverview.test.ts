import assert from "node:assert/strict";
import { readdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { SAMPLE_LAYOUTS } from "../../../src/audio/audioFile.js";
import { OverviewFile } from "../../../src/engine/overview/overviewFile.js";
import { silentPeaks } from "../../../src/engine/overview/channelPeaks.js";
import { buildOverviewJob } from "../../../src/mastering/overviewJobs.js";
import { decodePcm, encodePcm, pcmFormat } from "../../../src/audio/pcm.js";
import { noise, temporaryFolder, writeWav } from "../editing/editedAudioBench.js";
import { plainPeaks } from "./plainPeaks.js";

describe("the overview of a file", () => {
  const folder = temporaryFolder();
  const target = join(folder, "audio.peaks");
  const path = join(folder, "audio.wav");

  it("holds at every level what plain loops find, for every layout, number of channels and length", () => {
    const cases = SAMPLE_LAYOUTS.flatMap((layout) =>
      [1, 2, 3, 6].flatMap((channels) =>
        [1, 511, 512, 513, 8192, 70001].map((frames) => ({ layout, channels, frames })),
      ),
    );
    for (const { layout, channels, frames } of cases) {
      const source = writeWav(path, noise(channels, frames, frames + channels), layout);
      const pcm = pcmFormat(layout, channels);
      const sound = decodePcm(encodePcm(noise(channels, frames, frames + channels), pcm), pcm, frames).map(
        (samples) => Float32Array.from(samples),
      );
      const place = join(folder, `${layout}-${channels}-${frames}.peaks`);
      assert.deepEqual(buildOverviewJob({ source, target: place }), { nonFinite: undefined });
      const overview = OverviewFile.open(place, frames, channels)!;
      assert.equal(overview.layout.buckets.at(-1), 1);
      overview.layout.buckets.forEach((buckets, level) => {
        const bucketFrames = 2 ** (9 + 2 * level);
        assert.equal(buckets, Math.ceil(frames / bucketFrames));
        for (let bucket = 0; bucket < buckets; bucket++) {
          sound.forEach((samples, channel) => {
            const actual = silentPeaks();
            overview.read(level, bucket, channel, actual);
            const expected = plainPeaks(samples, bucket * bucketFrames, (bucket + 1) * bucketFrames);
            assert.deepEqual([actual.low, actual.high], [expected.low, expected.high]);
            assert.ok(Math.abs(actual.mean - expected.mean) < 1e-6);
            assert.ok(Math.abs(actual.square - expected.square) <= 3e-6 * expected.square);
          });
        }
      });
      overview.close();
    }
  });

  it("tells of samples that are no numbers, also when it was there already", () => {
    const [left, right] = noise(2, 96000, 1);
    right![48000] = NaN;
    left![50000] = -Infinity;
    const source = writeWav(path, [left!, right!]);
    const expected = { nonFinite: { count: 2, firstTime: 1 } };
    assert.deepEqual(buildOverviewJob({ source, target }), expected);
    assert.deepEqual(buildOverviewJob({ source, target }), expected);
  });

  it("is made anew when it is broken or belongs to other audio, and only then", () => {
    const source = writeWav(path, noise(2, 30000, 2));
    buildOverviewJob({ source, target });
    const whole = readFileSync(target);
    const faults: readonly (() => void)[] = [
      () => truncateSync(target, whole.length - 4),
      () => writeFileSync(target, ""),
      () =>
        writeFileSync(
          target,
          Uint8Array.from(whole, (byte, i) => (i === 0 ? byte ^ 1 : byte)),
        ),
      () =>
        writeFileSync(
          target,
          Uint8Array.from(whole, (byte, i) => (i === 4 ? byte ^ 8 : byte)),
        ),
      () => buildOverviewJob({ source: writeWav(join(folder, "other.wav"), noise(2, 29999, 2)), target }),
    ];
    for (const fault of faults) {
      fault();
      assert.equal(OverviewFile.open(target, 30000, 2), undefined);
      buildOverviewJob({ source, target });
      assert.deepEqual(readFileSync(target), whole);
    }
    const marked = Uint8Array.from(whole, (byte, i) => (i === 2000 ? byte ^ 1 : byte));
    writeFileSync(target, marked);
    buildOverviewJob({ source, target });
    assert.deepEqual(Uint8Array.from(readFileSync(target)), marked);
  });

  it("leaves nothing behind when the source is shorter than it was", () => {
    const source = writeWav(path, noise(1, 1000, 3));
    const place = join(folder, "never.peaks");
    assert.throws(
      () => buildOverviewJob({ source: { ...source, frames: 2000 }, target: place }),
      /audio\.wav: it ends before frame 2000/,
    );
    assert.deepEqual(
      readdirSync(folder).filter((name) => name.includes("never")),
      [],
    );
  });
});
