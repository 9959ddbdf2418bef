import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { mono, RATE, renderClips, type ClipInput } from "./clipBench.js";

const ones = { ones: mono(new Float32Array(RATE).fill(1)) };
const render = (clip: Partial<ClipInput>, blocks?: number[]): Float32Array =>
  renderClips(ones, [{ file: "ones", ...clip }], { frames: RATE, ...(blocks && { blocks }) }).left;
const dbAt = (signal: Float32Array, frame: number): number => 20 * Math.log10(signal[frame]!);

describe("clip gain automation", () => {
  it("takes the place of the gain; straight in dB between its points, counted from the clip's start", () => {
    const start = 0.1;
    const left = render({
      ...{ start, gain: -20 },
      automation: {
        gain: [
          [0.1, -6],
          [0.3, 0],
          [0.4, -12, "hold"],
          [0.5, -3],
        ],
      },
    });
    const at = (seconds: number): number => dbAt(left, Math.round((start + seconds) * RATE));
    // Values are exact every 32 frames, and straight lines of the gain in between.
    for (const [seconds, level] of [
      [0, -6],
      [0.1, -6],
      [0.15, -4.5],
      [0.2, -3],
      [0.3, 0],
      [0.35, -6],
      [0.45, -12],
      [0.51, -3],
      [0.8, -3],
    ]) {
      assert.ok(Math.abs(at(seconds!) - level!) < 0.05, `${seconds} s: ${at(seconds!)} dB`);
    }
  });

  it("comes from silence and goes to it without a click, and fades multiply with it", () => {
    const left = render({
      automation: {
        gain: [
          [0, "-inf"],
          [0.1, 0, "smooth"],
          [0.5, "-inf"],
        ],
      },
      fadeOut: { length: 0.5, shape: "linear" },
    });
    assert.ok(left[0]! < 1e-6);
    for (let n = 1; n < left.length; n++) assert.ok(Math.abs(left[n]! - left[n - 1]!) < 4e-3, `frame ${n}`);
    assert.equal(left[RATE - 100], 0);
  });

  it("is the same however the song is cut into blocks", () => {
    const clip: Partial<ClipInput> = {
      ...{ start: 0.0123, reverse: true },
      automation: {
        gain: [
          [0, -30, "fast"],
          [0.2, 6, "slow"],
          [0.21, -6, "smooth"],
          [0.9, -1],
        ],
      },
    };
    const whole = render(clip);
    for (const blocks of [[64], [511], [4096, 1, 77]]) assert.deepEqual(render(clip, blocks), whole);
  });

  it("is quick with the most points there may be", () => {
    const gain = Array.from({ length: 100_000 }, (_, i): [number, number] => [
      i * 1e-5,
      i % 2 === 0 ? 0 : -6,
    ]);
    const left = render({ automation: { gain } });
    assert.ok(left.every((value) => value > 0.5 && value <= 1));
  });
});
