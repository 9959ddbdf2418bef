import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, it } from "node:test";
import { Dsp } from "../../src/engine/dsp.js";
import { InsertChain } from "../../src/engine/inserts.js";
import { parameterPairs } from "../../src/engine/insertValues.js";
import { BLOCK_FRAMES, type Block } from "../../src/engine/song.js";
import { INSERT_TABLE, insertDefaults, insertSchema, type Insert } from "../../src/session/insertTable.js";
import type { InsertSetting } from "../../webview/shared/player/playerMessages.js";
import { impulseJob } from "../../src/mastering/impulseJob.js";
import { noise } from "../dsp/processorBench.js";
import { temporaryFolder, writeWav } from "../engine/editing/editedAudioBench.js";
import { PlaybackBench } from "./playbackBench.js";

const setting = (insert: Insert): InsertSetting => ({
  kind: INSERT_TABLE[insert.type].kind,
  isBypassed: insert.bypass,
  values: parameterPairs(INSERT_TABLE[insert.type].parameters, { ...insert }),
});

const CHAIN: readonly Insert[] = [
  insertSchema.parse({
    type: "eq",
    bands: [
      { type: "highpass", frequency: 40, slope: 24 },
      { type: "peak", frequency: 3000, gain: 4, q: 2 },
    ],
  }),
  insertSchema.parse({ type: "compressor", threshold: -20, ratio: 4, lookahead: 3, makeup: 3 }),
  { ...insertDefaults("gain"), gain: -12, bypass: true },
  insertSchema.parse({ type: "stereo", width: 120, monoBelow: 120 }),
  insertSchema.parse({ type: "limiter", ceiling: -3, gain: 6 }),
];

/** What the renderer makes of it. */
function rendered(channels: readonly Float32Array[], inserts: readonly Insert[]): Float32Array[] {
  const dsp = new Dsp();
  const chain = new InsertChain(dsp, inserts, 48_000);
  const [left, right] = [dsp.allocate(BLOCK_FRAMES * 4), dsp.allocate(BLOCK_FRAMES * 4)];
  const { length } = channels[0]!;
  const given = channels.map(() => new Float32Array(length));
  let at = 0;
  const take = (block: Block): void => {
    const frames = Math.min(block.frames, length - at);
    given[0]!.set(dsp.float32(block.left, frames), at);
    given[1]?.set(dsp.float32(block.right, frames), at);
    at += frames;
  };
  for (let from = 0; from < length; from += BLOCK_FRAMES) {
    const frames = Math.min(BLOCK_FRAMES, length - from);
    dsp.float32(left, frames).set(channels[0]!.subarray(from, from + frames));
    dsp.float32(right, frames).set((channels[1] ?? channels[0]!).subarray(from, from + frames));
    take(chain.process({ left, right, frames }));
  }
  for (const block of chain.flush()) take(block);
  return given;
}

const largestStep = (samples: Float32Array): number =>
  samples.reduce((most, sample, i) => (i === 0 ? 0 : Math.max(most, Math.abs(sample - samples[i - 1]!))), 0);

describe("live inserts", () => {
  for (const channels of [1, 2]) {
    it(`sound bit for bit as rendered, to the last frame, ${channels === 1 ? "mono" : "stereo"}`, () => {
      const { left, right } = noise(50_000, 5, 0.9);
      const audio = channels === 1 ? [left] : [left, right];
      const bench = new PlaybackBench(audio);
      bench.tell({ type: "inserts", inserts: CHAIN.map(setting), impulses: [] });
      bench.play(0);
      const heard = bench.runFromStart(50_048);
      const expected = rendered(audio, CHAIN);
      assert.deepEqual(heard.left.subarray(0, 50_000), expected[0]);
      assert.deepEqual(heard.right.subarray(0, 50_000), expected.at(-1));
      assert.ok(heard.left.subarray(50_000).every((sample) => sample === 0));
      bench.run(256);
      assert.equal(bench.states.at(-1), "ended");
    });
  }

  it("sound bit for bit as rendered with an impulse response, that is sent once and kept while it is named", () => {
    const { left, right } = noise(30_000, 9, 0.5);
    const channels = [noise(3000, 10).left, noise(3000, 11).right];
    const path = join(temporaryFolder(), "hall.wav");
    writeWav(path, channels);
    const mixed = (mix: number) =>
      insertSchema.parse({ type: "convolution", file: path, mix, preDelay: 3 }) as Extract<
        Insert,
        { type: "convolution" }
      >;
    const bench = new PlaybackBench([left, right]);
    const named = { ...setting(mixed(40)), impulse: "hall" };
    bench.tell({ type: "inserts", inserts: [named], impulses: [{ id: "hall", channels }] });
    bench.tell({ type: "inserts", inserts: [{ ...setting(mixed(60)), impulse: "hall" }], impulses: [] });
    bench.tell({ type: "inserts", inserts: [named], impulses: [] });
    // Of the same sample rate, the job gives the samples of the file.
    assert.deepEqual(impulseJob({ path, sampleRate: 48_000 }), channels);
    bench.tell({ type: "inserts", inserts: null, impulses: [] });
    bench.tell({ type: "inserts", inserts: [named], impulses: [{ id: "hall", channels }] });
    bench.play(0);
    const heard = bench.runFromStart(29_952);
    const [expectedLeft, expectedRight] = rendered([left, right], [mixed(40)]);
    assert.deepEqual(heard.left, expectedLeft!.subarray(0, 29_952));
    assert.deepEqual(heard.right, expectedRight!.subarray(0, 29_952));
  });

  it("change without a click: parameters, another limiter, and none at all", () => {
    const tone = Float32Array.from(
      { length: 400_000 },
      (_, i) => 0.4 * Math.sin((2 * Math.PI * 100 * i) / 48_000),
    );
    const bench = new PlaybackBench([tone, tone]);
    const gain = (level: number, ceiling: number): readonly InsertSetting[] => [
      setting({ ...insertDefaults("gain"), gain: level }),
      setting({ ...insertDefaults("limiter"), ceiling }),
    ];
    bench.tell({ type: "inserts", inserts: gain(0, -1), impulses: [] });
    bench.play(0);
    bench.runFromStart(12_800);
    // The steepest step of the tone itself is 0.4 x 2 pi x 100 / 48000 = 0.0052.
    for (const inserts of [gain(-6, -1), gain(-6, -12), gain(3, -12), null, gain(0, -1), null]) {
      bench.tell({ type: "inserts", inserts, impulses: [] });
      const step = largestStep(bench.run(12_800).left);
      assert.ok(step < 0.013, `${step}`);
    }
    const { left } = bench.run(12_800);
    assert.ok(Math.abs(Math.max(...left) - 0.4) < 1e-6);
    assert.equal(bench.underruns, 0);
  });

  it("tell their gain reduction and both loudnesses, and are compared at the same loudness", () => {
    const { left, right } = noise(48_000 * 12, 8, 0.25);
    const bench = new PlaybackBench([left, right]);
    const loud = [setting({ ...insertDefaults("gain"), gain: 6 }), setting({ ...insertDefaults("limiter"), ceiling: -9 })]; // prettier-ignore
    bench.tell({ type: "inserts", inserts: loud, impulses: [] });
    bench.play(0);
    bench.run(48_000 * 4);
    const { inserts, shortTerm } = bench.meters.at(-1);
    assert.ok(inserts);
    assert.ok(Number.isNaN(inserts.reductions[0]), "a kind without gain reduction");
    assert.ok(inserts.reductions[1]! < -1 && inserts.reductions[1]! > -12, `${inserts.reductions[1]}`);
    assert.ok(Math.abs(inserts.after - shortTerm) < 0.1);
    assert.ok(
      Math.abs(inserts.after - inserts.before) > 1,
      `${inserts.before} before, ${inserts.after} after`,
    );
    bench.tell({ type: "bypass", isBypassed: true, isMatched: true });
    bench.run(48_000 * 4);
    assert.ok(Math.abs(bench.meters.at(-1).shortTerm - inserts.after) < 0.2);
    bench.tell({ type: "bypass", isBypassed: true, isMatched: false });
    bench.run(48_000 * 3.5);
    assert.ok(Math.abs(bench.meters.at(-1).shortTerm - inserts.before) < 0.2);
  });
});
