import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { Dsp } from "../../../src/engine/dsp.js";
import { createRoute, type RouteSettings } from "../../../src/engine/strip.js";

const pan = fc.double({ min: -1, max: 1, noNaN: true });
const toDb = (gain: number): number => 20 * Math.log10(gain);
/** Rounding of a few operations in double precision. */
const EXACT = 1e-12;

const dsp = new Dsp();
const [left, right] = [dsp.allocate(16), dsp.allocate(16)];
const [busLeft, busRight] = [dsp.allocate(32), dsp.allocate(32)];

/** @returns what a left and a right sample become on the bus */
function play(settings: RouteSettings, sampleLeft: number, sampleRight: number): [number, number] {
  const route = createRoute(dsp, settings, 48_000, 0);
  dsp.float32(left, 4).fill(sampleLeft);
  dsp.float32(right, 4).fill(sampleRight);
  dsp.float64(busLeft, 4).fill(0);
  dsp.float64(busRight, 4).fill(0);
  const graph = dsp.exports.graphNew(1);
  dsp.exports.graphAdd(graph, 5, route, left, right, busLeft, busRight, 1, 0, 0);
  dsp.exports.graphProcess(graph, 4);
  return [dsp.float64(busLeft, 4)[3]!, dsp.float64(busRight, 4)[3]!];
}

const panned = (mode: "mono" | "balance" | "stereo", position: number, law = -3): RouteSettings => ({
  pan: { mode, law, position: { value: position } },
});
const panMono = (position: number, law: number): [number, number] =>
  play(panned("mono", position, law), 1, 1);

describe("pan of a mono source", () => {
  it("has the law's level at the centre and 0 dB at the sides", () => {
    for (const law of [-6, -4.5, -3, -1.5, 0]) {
      const [atLeft, atRight] = panMono(0, law);
      // The law is named by its rounded figure: -3 stands for -3.0103 dB.
      assert.ok(Math.abs(toDb(atLeft) - law * (3.0103 / 3)) < 1e-4);
      assert.ok(Math.abs(atLeft - atRight) < EXACT);
      assert.deepEqual(panMono(-1, law), [1, 0]);
      assert.deepEqual(panMono(1, law), [0, 1]);
    }
  });

  it("keeps the power constant at -3 dB", () => {
    fc.assert(
      fc.property(pan, (position) => {
        const [atLeft, atRight] = panMono(position, -3);
        assert.ok(Math.abs(atLeft ** 2 + atRight ** 2 - 1) < EXACT);
      }),
    );
  });

  it("is its own mirror image, and never louder than 0 dB", () => {
    fc.assert(
      fc.property(pan, fc.constantFrom(-6, -4.5, -3, -1, 0), (position, law) => {
        const [atLeft, atRight] = panMono(position, law);
        assert.deepEqual(panMono(-position, law), [atRight, atLeft]);
        assert.ok(Math.max(atLeft, atRight) <= 1);
      }),
    );
  });
});

describe("pan of a stereo source", () => {
  it("as balance turns down the far side only", () => {
    assert.deepEqual(play(panned("balance", 0), 1, 0.5), [1, 0.5]);
    assert.deepEqual(play(panned("balance", 1), 1, 0.5), [0, 0.5]);
    assert.deepEqual(play(panned("balance", -0.5), 1, 0.5), [1, 0.25]);
  });

  it("as stereo pan keeps the power of each side and moves it", () => {
    assert.deepEqual(play(panned("stereo", 0), 1, 0.5), [1, 0.5]);
    assert.deepEqual(play(panned("stereo", 1), 1, 0), [0, 1]);
    assert.deepEqual(play(panned("stereo", -1), 0, 1), [1, 0]);
    fc.assert(
      fc.property(pan, fc.boolean(), (position, ofLeft) => {
        const [atLeft, atRight] = play(panned("stereo", position), ofLeft ? 1 : 0, ofLeft ? 0 : 1);
        assert.ok(Math.abs(atLeft ** 2 + atRight ** 2 - 1) < EXACT);
        const place = ofLeft ? position - (1 - Math.abs(position)) : position + (1 - Math.abs(position));
        assert.ok(Math.abs(atRight - Math.sin(((place + 1) * Math.PI) / 4)) < 1e-9);
      }),
    );
  });

  it("narrows, widens and exchanges the sides, and leaves the mono sum alone", () => {
    const wide = (width: number): RouteSettings => ({ width: { value: width } });
    assert.deepEqual(play(wide(100), 1, 0.5), [1, 0.5]);
    assert.deepEqual(play(wide(0), 1, 0.5), [0.75, 0.75]);
    assert.deepEqual(play(wide(-100), 1, 0.5), [0.5, 1]);
    assert.deepEqual(play(wide(200), 1, 0.5), [1.25, 0.25]);
  });
});

describe("levels of a route", () => {
  it("add up in dB, and -Infinity is silence", () => {
    const levels = [{ value: -6 }, { value: 2.5 }];
    const [atLeft] = play({ levels, gain: -1, balance: { value: 0.25 } }, 1, 1);
    assert.ok(Math.abs(atLeft + 0.75 * 10 ** (-3.5 / 20)) < EXACT);
    assert.deepEqual(play({ levels: [{ value: -Infinity }, { value: 24 }] }, 1, 1), [0, 0]);
  });
});
