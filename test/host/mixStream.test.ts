import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { ROOT } from "../../.ci/setup.mjs";
import { openAudioFile } from "../../src/audio/openAudioFile.js";
import { MixStream } from "../../src/host/mix/mixStream.js";
import { Studio } from "../../src/mastering/studio.js";
import { noise } from "../dsp/processorBench.js";
import { RATE, SessionBench } from "../engine/sessionBench.js";

/** A text that lies nowhere: what is played need not be saved. */
const TEXT = JSON.stringify({
  headroom: 1,
  sampleRate: RATE,
  tracks: [
    { id: "a", clips: [{ file: "a.wav" }], inserts: [{ type: "compressor", lookahead: 3 }] },
    { id: "b", clips: [{ file: "a.wav", start: 0.5 }], pan: -0.5, sends: [{ to: "room", level: -6 }] },
  ],
  buses: [{ id: "room", inserts: [{ type: "reverb", decay: 0.4 }] }],
  master: { inserts: [{ type: "limiter", ceiling: -3 }] },
});

describe("a mix that the host renders while it plays", () => {
  const bench = new SessionBench();
  const path = join(bench.folder, "song.mix.json");
  const streams = join(bench.folder, "streams");
  let studio: Studio;

  before(() => {
    const { left, right } = noise(2 * RATE, 9);
    bench.write("a.wav", [left, right]);
    const cacheFolder = join(bench.folder, "cache");
    studio = new Studio({ workerPath: join(ROOT, "dist", "worker.js"), workers: 2, cacheFolder });
  });
  after(async () => {
    await studio.dispose();
    bench.remove();
  });

  const open = (text = TEXT): MixStream => new MixStream((work) => work(studio), streams, { path, text });

  it("has the samples of the mixdown, wherever it is read, and ends with it", async () => {
    const output = join(bench.folder, "mix.wav");
    await studio.mixdown({ path, text: TEXT, output, layout: "f32", dither: "none" });
    const file = openAudioFile(output);
    const { frames } = file.info;
    const whole = new Float32Array(2 * frames);
    file.readFrames(0, frames, new Uint8Array(whole.buffer));
    file.close();
    const stream = open();
    for (const [start, count] of [
      [RATE, 5000],
      [0, 4096],
      [frames - 100, 5000],
      [frames + 10, 10],
    ] as const) {
      const [left, right] = (await stream.read(start, count))!;
      const expected = whole.subarray(2 * start, 2 * (start + count));
      assert.deepEqual(
        left,
        expected.filter((_, i) => i % 2 === 0),
      );
      assert.deepEqual(
        right,
        expected.filter((_, i) => i % 2 === 1),
      );
    }
    await stream.dispose();
    assert.deepEqual(readdirSync(streams), []);
  });

  it("says why there is none, and leaves nothing behind when it is ended early", async () => {
    const broken = open(TEXT.replace("a.wav", "missing.wav"));
    await assert.rejects(broken.read(0, 100), /missing\.wav/);
    await broken.dispose();
    const ended = open();
    const reading = ended.read(100 * RATE, 100);
    await ended.dispose();
    assert.equal(await reading, null);
    assert.ok(existsSync(streams));
    assert.deepEqual(readdirSync(streams), []);
  });
});
