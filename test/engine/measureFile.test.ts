import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { AudioFileError, type AudioFile } from "../../src/audio/audioFile.js";
import { Dsp } from "../../src/engine/dsp.js";
import { measureFile } from "../../src/engine/measureFile.js";
import { measurePlanar } from "../standards/planarMeter.js";

const RATE = 48000;

/** A float file that lies in memory; interleaves the channels. */
function memoryFile(channels: readonly Float32Array[]): AudioFile {
  const count = channels.length;
  const frames = channels[0]!.length;
  const samples = new Float32Array(frames * count);
  channels.forEach((channel, c) => channel.forEach((value, i) => (samples[i * count + c] = value)));
  const bytes = new Uint8Array(samples.buffer);
  const frameBytes = 4 * count;
  return {
    info: {
      path: "memory.wav",
      container: "WAV",
      codec: "float 32-bit",
      sampleRate: RATE,
      channels: count,
      bitDepth: 32,
      frames,
      channelMask: 0,
      warnings: [],
    },
    pcm: { layout: "f32", bigEndian: false, channels: count, frameBytes },
    readFrames(start, wanted, target) {
      const part = bytes.subarray(start * frameBytes, (start + wanted) * frameBytes);
      target.set(part);
      return part.length / frameBytes;
    },
    close() {},
  };
}

const tone = (seconds: number, hertz: number): Float32Array =>
  Float32Array.from({ length: seconds * RATE }, (_, i) => 0.3 * Math.sin((2 * Math.PI * hertz * i) / RATE));

describe("measureFile", () => {
  it("measures what a meter fed with the same samples measures", () => {
    const channels = [tone(4, 440), tone(4, 1234)];
    const { bitDepth, nonFinite, ...measured } = measureFile(new Dsp(), memoryFile(channels));
    assert.deepEqual(measured, measurePlanar(channels, RATE));
    assert.deepEqual([bitDepth, nonFinite], [32, undefined]);
  });

  it("counts mono as two channels on request", () => {
    const file = memoryFile([tone(1, 997)]);
    const difference =
      measureFile(new Dsp(), file, { dualMono: true }).integrated! - measureFile(new Dsp(), file).integrated!;
    assert.ok(Math.abs(difference - 10 * Math.log10(2)) < 1e-9);
  });

  it("reports samples that are no numbers: how many, and when the first one comes", () => {
    const left = tone(1, 440);
    left[24000] = NaN;
    left[30000] = Infinity;
    const { nonFinite, integrated } = measureFile(new Dsp(), memoryFile([left, tone(1, 440)]));
    assert.deepEqual(nonFinite, { count: 2, firstTime: 0.5 });
    assert.ok(integrated !== null);
  });

  it("reports progress, rising, at most 1", () => {
    const fractions: number[] = [];
    measureFile(new Dsp(), memoryFile([new Float32Array(60 * RATE)]), {}, (fraction) =>
      fractions.push(fraction),
    );
    assert.ok(
      fractions.length > 0 &&
        fractions.every((fraction, i) => fraction <= 1 && fraction > (fractions[i - 1] ?? 0)),
    );
  });

  it("refuses more channels than it can measure", () => {
    const file = memoryFile(Array.from({ length: 17 }, () => new Float32Array(10)));
    assert.throws(() => measureFile(new Dsp(), file), AudioFileError);
  });
});
