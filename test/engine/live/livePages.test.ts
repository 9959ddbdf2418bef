import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import * as fc from "fast-check";
import { GatedLoudness } from "../../../src/engine/live/gatedLoudness.js";
import { PAGE_FRAMES, SoundPages, type SoundRequest } from "../../../src/engine/live/soundPages.js";
import { integratedLoudness } from "../../../src/engine/gating.js";
import { noise } from "../../dsp/processorBench.js";
import { RATE, SessionBench } from "../sessionBench.js";
import { LiveBench } from "./liveBench.js";
import { energyToLoudness } from "../../../src/units/loudness.js";

describe("pages of sound", () => {
  const bench = new SessionBench();
  before(() => {
    const { left, right } = noise(60_000, 5);
    bench.write("a.wav", [left, right]);
    bench.write("b.wav", [right.subarray(0, 40_000)], 96_000);
  });
  after(() => bench.remove());

  it("are all there that clips read, however they are cut, turned, looped and resampled", () => {
    const clip = fc.record(
      {
        file: fc.constantFrom("a.wav", "b.wav"),
        start: fc.integer({ min: 0, max: 20_000 }).map((frame) => frame / RATE),
        offset: fc.integer({ min: 0, max: 30_000 }).map((frame) => frame / RATE),
        length: fc.integer({ min: 1, max: 30_000 }).map((frame) => frame / RATE),
        loop: fc.integer({ min: 1, max: 5 }),
        reverse: fc.boolean(),
        speed: fc.constantFrom(1, 0.5, 1.25, 1.00001),
      },
      { requiredKeys: ["file"] },
    );
    fc.assert(
      fc.property(fc.array(clip, { minLength: 1, maxLength: 4 }), fc.nat(200), (clips, at) => {
        const session = { tracks: [{ id: "a", clips }] };
        const from = 32 * at;
        const frames = 40_000;
        const expected = bench.render(session, from + frames);
        // Never an underrun: all that a block reads had been asked for.
        const { left } = new LiveBench(bench.livePlan(session)).play(from, frames);
        const odd = left.findIndex((sample, i) => sample !== expected.left[from + i]);
        assert.equal(odd, -1);
      }),
      { numRuns: 40 },
    );
  });

  it("are asked for together where they follow each other, a few requests at a time, and in the order of need", () => {
    const requests: SoundRequest[] = [];
    const pages = new SoundPages({ ask: (request) => requests.push(request), mostBytes: 1e9 });
    const format = {
      channels: 1,
      sampleRate: RATE,
      frames: 1e9,
      layout: "s16",
      bigEndian: false,
      frameBytes: 2,
    };
    const paths = ["k", "l", "m", "n", "o", "p", "q", "r", "s", "t"];
    pages.setFiles(Object.fromEntries(paths.map((path) => [path, format])));
    pages.want([0, 1, 2, 3, 4, 5, 6, 7].flatMap((index) => paths.map((path) => ({ path, index }))));
    assert.deepEqual(
      requests.map(({ path, start, count }) => [path, start, count]),
      paths.slice(0, 8).map((path) => [path, 0, 6 * PAGE_FRAMES]),
    );
    pages.take(requests[0]!, new Uint8Array(12 * PAGE_FRAMES));
    assert.deepEqual(requests[8], { path: "s", start: 0, count: 6 * PAGE_FRAMES });
    assert.ok(pages.has({ path: "k", index: 5 }) && !pages.has({ path: "k", index: 6 }));
    pages.setFiles({ k: format });
    assert.ok(pages.has({ path: "k", index: 0 }));
    // A file that has changed is read anew, as long and alike as it may be.
    pages.setFiles({ k: { ...format, stamp: "later" } });
    assert.ok(!pages.has({ path: "k", index: 0 }));
    assert.equal(pages.bytes, 0);
  });

  it("have their loudness gated as the standard says, within the step of the gate", () => {
    const energies = fc.array(fc.double({ min: 1e-9, max: 2, noNaN: true }), {
      minLength: 1,
      maxLength: 300,
    });
    fc.assert(
      fc.property(energies, (blocks) => {
        const gated = new GatedLoudness();
        blocks.forEach((energy) => gated.add(energy));
        const possible = gatedWithin(blocks, 0.05);
        if (possible.length === 0) assert.equal(gated.value, -Infinity);
        else
          assert.ok(
            possible.some((expected) => Math.abs(gated.value - expected) < 1e-9),
            `${gated.value} is none of ${possible.join(", ")}`,
          );
      }),
      // A block just beyond the gate.
      {
        examples: [[[0.009530155787081262, 0.7099913071105256, 0.04287922006688822, 1.1724653045822981e-7]]],
      },
    );
    const steady = new GatedLoudness();
    for (let i = 0; i < 100; i++) steady.add(i < 50 ? 0.1 : 1e-5);
    const expected = integratedLoudness([
      Float64Array.from({ length: 100 }, (_, i) => (i < 50 ? 0.1 : 1e-5)),
    ]);
    assert.ok(Math.abs(steady.value - (expected ?? NaN)) < 1e-9);
  });
});

/**
 * Integrated loudness, LUFS, with the relative gate where BS.1770-5 has it, and as it would be with a gate lower by up
 * to `step` LU; none for silence.
 */
function gatedWithin(blocks: readonly number[], step: number): number[] {
  const loudness = (energy: number): number => energyToLoudness(energy);
  const mean = (energies: readonly number[]): number => energies.reduce((a, b) => a + b, 0) / energies.length;
  const audible = blocks.filter((energy) => loudness(energy) > -70).toSorted((a, b) => b - a);
  if (audible.length === 0) return [];
  const gate = loudness(mean(audible)) - 10;
  const above = audible.filter((energy) => loudness(energy) > gate + 1e-9);
  const near = audible.slice(above.length).filter((energy) => loudness(energy) > gate - step - 1e-9);
  return Array.from({ length: near.length + 1 }, (_, i) => loudness(mean([...above, ...near.slice(0, i)])));
}
