import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { InsertWatch } from "../../../src/engine/live/insertWatch.js";
import { RATE, SessionBench } from "../sessionBench.js";
import { LiveBench } from "./liveBench.js";

/** In the middle of a bin of 4096. */
const HERTZ = (RATE / 4096) * 100;

describe("an insert at work", () => {
  const bench = new SessionBench();
  before(() => {
    const sine = Float32Array.from(
      { length: 4 * RATE },
      (_, i) => 0.5 * Math.sin((2 * Math.PI * HERTZ * i) / RATE),
    );
    bench.write("sine.wav", [sine]);
  });
  after(() => bench.remove());

  const session = {
    tracks: [
      {
        id: "lead",
        clips: [{ file: "sine.wav" }],
        inserts: [
          { type: "gain", gain: -6 },
          { type: "eq", bands: [{ type: "peak", frequency: HERTZ, gain: 6 }] },
        ],
      },
    ],
  };

  it("shows how loud what comes in is, and the spectrum of what goes out", () => {
    const live = new LiveBench(bench.livePlan(session));
    const watch = new InsertWatch(RATE);
    const read = (index: number) => watch.read(live.live.run!.graph, { channel: "lead", index });
    live.play(0, 1280);
    // Nobody has looked before.
    assert.equal(read(1)!.peak, 0);
    live.goOn(8192);
    const { peak, spectrum } = read(1)!;
    const loudest = spectrum.levels.indexOf(Math.max(...spectrum.levels));
    assert.ok(Math.abs(20 * Math.log10(peak) + 12.04) < 0.02, `comes in at ${peak}`);
    assert.equal(loudest, 100);
    assert.equal(spectrum.binHz, RATE / 4096);
    assert.ok(Math.abs(spectrum.levels[100]! + 6.02) < 0.02, `goes out at ${spectrum.levels[100]} dBFS`);
    assert.ok(spectrum.levels[300]! < -120);
  });

  it("shows one insert at a time, and none where there is none", () => {
    const live = new LiveBench(bench.livePlan(session));
    const watch = new InsertWatch(RATE);
    const read = (channel: string, index: number) => watch.read(live.live.run!.graph, { channel, index });
    live.play(0, 1280);
    read("lead", 0);
    live.goOn(6400);
    const before = read("lead", 0)!;
    assert.ok(Math.abs(20 * Math.log10(before.peak) + 6.02) < 0.02);
    read("lead", 1);
    live.goOn(6400);
    assert.equal(read("lead", 0)!.peak, 0, "it did not look on");
    assert.equal(read("lead", 7), null);
    assert.equal(read("nobody", 0), null);
  });
});
