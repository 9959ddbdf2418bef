import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { noise } from "../dsp/processorBench.js";
import { PlaybackBench } from "./playbackBench.js";

const material = (frames: number, seed = 1): Float32Array[] => {
  const { left, right } = noise(frames, seed);
  return [left, right];
};

describe("playback core", () => {
  it("gives the audio bit for bit, from any frame to the end, and then silence", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30_000 }), fc.nat(30_000), (frames, at) => {
        const from = Math.min(at, frames - 1);
        const [left, right] = material(frames);
        const bench = new PlaybackBench([left!, right!]);
        bench.play(from);
        const given = bench.runFromStart(frames - from + 256);
        const rest = new Float32Array(given.left.length);
        rest.set(left!.subarray(from));
        assert.deepEqual(given.left, rest);
        rest.fill(0).set(right!.subarray(from));
        assert.deepEqual(given.right, rest);
        assert.deepEqual(bench.states, ["buffering", "playing", "ended"]);
        assert.equal(bench.underruns, 0);
      }),
      { numRuns: 30 },
    );
  });

  it("loops a range frame by frame: after its last frame comes its first", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20_000 }),
        fc.nat(30_000),
        fc.nat(30_000),
        (length, start, skip) => {
          const [left, right] = material(60_000);
          const bench = new PlaybackBench([left!, right!]);
          const range = { start, end: start + length };
          const from = start + (skip % length);
          bench.play(from, range, true);
          const given = bench.runFromStart(50_000);
          const expected = given.left.map((_, i) => left![start + ((from - start + i) % length)]!);
          assert.deepEqual(given.left, expected);
        },
      ),
      { numRuns: 30 },
    );
  });

  it("asks for no more than is played, a second ahead, and for a short loop only once", () => {
    const bench = new PlaybackBench(material(48_000 * 20));
    bench.play(0);
    bench.run(48_000 * 2);
    const asked = bench.requests.reduce((sum, { count }) => sum + count, 0);
    assert.ok(asked <= 48_000 * 3 + 2 * 8192, `${asked} frames asked for`);
    const ends = bench.requests.map(({ start, count }) => start + count);
    assert.equal(new Set(bench.requests.map(({ start }) => start)).size, ends.length);

    const looped = new PlaybackBench(material(48_000 * 20));
    looped.play(1000, { start: 1000, end: 20_000 }, true);
    looped.run(48_000 * 10);
    assert.ok(looped.requests.reduce((sum, { count }) => sum + count, 0) <= 3 * 8192);
  });

  it("waits for late sound without losing a frame, and counts that", () => {
    const [left, right] = material(100_000);
    const bench = new PlaybackBench([left!, right!]);
    bench.play(0);
    bench.run(128);
    bench.isSlow = true;
    const heard = [...bench.run(60_000).left];
    assert.equal(bench.states.at(-1), "buffering");
    bench.answer();
    heard.push(...bench.run(12_800).left);
    assert.equal(bench.underruns, 1);
    const silent = heard.findIndex((sample, i) => sample === 0 && heard[i + 1] === 0);
    const resumed = heard.findIndex((sample, i) => i > silent && sample !== 0);
    const sound = [...heard.slice(0, silent), ...heard.slice(resumed)];
    assert.deepEqual(Float32Array.from(sound), left!.subarray(0, sound.length));
  });

  it("fades what is broken off, and starts elsewhere at full level", () => {
    const ones = new Float32Array(200_000).fill(0.5);
    ones.fill(0.25, 100_000);
    const bench = new PlaybackBench([ones, ones]);
    bench.play(0);
    bench.run(12_800);
    bench.tell({ type: "seek", position: 150_000 });
    bench.run(128);
    const after = bench.run(24_000).left;
    bench.tell({ type: "pause" });
    const last = bench.run(12_800).left;
    const steps = (samples: Float32Array): number =>
      samples.reduce((most, sample, i) => (i === 0 ? most : Math.max(most, samples[i - 1]! - sample)), 0);
    assert.ok(steps(after) < 0.01 && steps(last) < 0.01, "a fall is a fade");
    assert.ok(after.every((sample) => sample <= 0.5));
    assert.equal(after.at(-1), 0.25);
    assert.equal(last.at(-1), 0);
    assert.equal(bench.states.at(-1), "stopped");
  });

  it("drops answers about audio that has been edited since, and plays the new audio on", () => {
    const old = material(200_000, 1);
    const edited = material(200_000, 2);
    const bench = new PlaybackBench(old);
    bench.play(0);
    bench.run(12_800);
    bench.isSlow = true;
    bench.run(9_600);
    bench.replace(edited);
    bench.isSlow = false;
    bench.answer();
    bench.run(256);
    const { left } = bench.run(12_800);
    const at = edited[0]!.indexOf(left[0]!);
    assert.ok(at > 0);
    assert.deepEqual(left, edited[0]!.slice(at, at + left.length));
    assert.equal(bench.underruns, 0);
  });

  it("says where it is", () => {
    const bench = new PlaybackBench(material(200_000));
    bench.play(50_000);
    bench.runFromStart(48_000);
    assert.ok(Math.abs(bench.position - 98_000) <= 960 + 256, `${bench.position}`);
  });

  it("scrubs: a short piece at each touch, with soft edges", () => {
    const half = new Float32Array(200_000).fill(0.5);
    const bench = new PlaybackBench([half, half]);
    bench.tell({ type: "scrub", position: 10_000 });
    const { left } = bench.run(9_600);
    assert.equal(left.at(-1), 0);
    const sounding = left.filter((sample) => sample !== 0).length;
    assert.ok(Math.abs(sounding - 0.08 * 48_000) <= 2, `${sounding}`);
    const largest = left.reduce((most, s, i) => (i ? Math.max(most, Math.abs(s - left[i - 1]!)) : most), 0);
    assert.ok(largest < 0.003, `${largest}`);
  });

  it("measures what is heard, whatever the volume: levels, correlation and EBU Tech 3341's case 1", () => {
    // 1 kHz, stereo, -23 dBFS peak: -23.0 LUFS; here with the right channel opposite.
    const left = Float32Array.from(
      { length: 48_000 * 5 },
      (_, i) => 10 ** (-23 / 20) * Math.sin((i * Math.PI) / 24),
    );
    const bench = new PlaybackBench([left, left.map((sample) => -sample)]);
    bench.tell({ type: "volume", factor: 0.1 });
    bench.play(0);
    bench.run(48_000 * 4);
    const { peaks, squares, product, frames, momentary, shortTerm, pointCount, seconds } =
      bench.meters.at(-1);
    assert.ok(Math.abs(momentary + 23) < 0.1 && Math.abs(shortTerm + 23) < 0.1, `${momentary}, ${shortTerm}`);
    assert.ok(Math.abs(20 * Math.log10(peaks[0]!) + 23) < 0.01);
    assert.ok(Math.abs(10 * Math.log10(squares[1]! / frames) + 26.01) < 0.1);
    assert.ok(Math.abs(product / Math.sqrt(squares[0]! * squares[1]!) + 1) < 1e-6);
    assert.ok(pointCount > 100 && pointCount <= 256, `${pointCount} points`);
    assert.ok(seconds > 0.015 && seconds < 0.025);
    bench.tell({ type: "pause" });
    bench.run(9600);
    assert.equal(bench.meters.at(-1).peaks[0], 0);
  });

  it("plays at another speed at the same pitch and level, and comes to the same end", () => {
    const tone = Float32Array.from(
      { length: 96_000 },
      (_, i) => 0.5 * Math.sin((2 * Math.PI * 440 * i) / 48_000),
    );
    const bench = new PlaybackBench([tone, tone]);
    bench.tell({ type: "speed", speed: 2 });
    bench.play(0);
    const { left } = bench.runFromStart(24_000);
    const rms = Math.sqrt(left.subarray(4800, 24_000).reduce((sum, s) => sum + s * s, 0) / 19_200);
    assert.ok(Math.abs(20 * Math.log10(rms / (0.5 * Math.SQRT1_2))) < 0.2);
    assert.ok(Math.abs(bench.position - 48_000) < 4800, `${bench.position}`);
    const rest = bench.run(48_000).left;
    const sounding = rest.findLastIndex((sample) => sample !== 0);
    assert.ok(Math.abs(sounding - 24_000) < 300, `${sounding}`);
    assert.equal(bench.states.at(-1), "ended");
  });

  it("is converted where the device does not run at the rate of the audio", () => {
    const tone = Float32Array.from(
      { length: 8000 },
      (_, i) => 0.5 * Math.sin((2 * Math.PI * 100 * i) / 2000),
    );
    const bench = new PlaybackBench([tone, tone], 2000, 3000);
    bench.play(0);
    const { left } = bench.runFromStart(12_800);
    assert.equal(bench.states.at(-1), "ended");
    const sounding = left.findLastIndex((sample) => Math.abs(sample) > 0.01);
    assert.ok(Math.abs(sounding - 12_000) < 60, `${sounding}`);
    const start = left.findIndex((sample) => sample !== 0);
    for (let i = 1000; i < 11_000; i++)
    // A sine has the shape of its own curvature, whatever its phase.
    {
      const [before, here, after] = [left[start + i - 1]!, left[start + i]!, left[start + i + 1]!];
      assert.ok(Math.abs(before + after - 2 * here * Math.cos((2 * Math.PI * 100) / 3000)) < 1e-4);
    }
  });
});
