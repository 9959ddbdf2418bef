import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { crossfades, type PlacedClip } from "../../src/engine/crossfades.js";
import {
  mono,
  noise,
  plainClips,
  RATE,
  renderClips,
  largestDifference,
  toDb,
  type ClipInput,
} from "./clipBench.js";

const placed = (start: number, length: number, own: Partial<PlacedClip> = {}): PlacedClip => ({
  ...{ start, length, hasFadeIn: false, hasFadeOut: false },
  ...own,
});

describe("crossfades", () => {
  const FRAMES = 3 * RATE;
  const files = Object.fromEntries(["a", "b", "c"].map((name, i) => [name, mono(noise(20 + i, FRAMES))]));
  const rms = (signal: Float32Array): number =>
    Math.sqrt(signal.reduce((sum, x) => sum + x * x, 0) / signal.length);

  /** Furthest that the power of any 50 ms is from that of one clip, dB. */
  function powerError(clips: readonly ClipInput[], frames: number): number {
    const { left } = renderClips(files, clips, { frames });
    const one = rms(files["a"]!.channels[0]!);
    let worst = 0;
    for (let at = 0; at + 2400 <= frames; at += 1200) {
      worst = Math.max(worst, Math.abs(toDb(rms(left.subarray(at, at + 2400)) / one)));
    }
    return worst;
  }

  it("keep the power of uncorrelated noise within 0.5 dB", () => {
    const clips: ClipInput[] = [
      { file: "a", start: 0, length: 2 },
      { file: "b", start: 1, length: 2 },
    ];
    assert.ok(powerError(clips, 3 * RATE) < 0.5);
    assert.ok(powerError([...clips].reverse(), 3 * RATE) < 0.5);
    // What it would be without.
    const { left } = renderClips(files, clips, { frames: 3 * RATE, overlap: "mix" });
    assert.ok(largestDifference(left, plainClips(files, clips, 3 * RATE)) < 1e-6);
  });

  it("keep it where three clips overlap", () => {
    const clips = ["a", "b", "c"].map((file, i): ClipInput => ({ file, start: 0.2 * i, length: 1.5 }));
    assert.ok(powerError(clips, 1.8 * RATE) < 0.5);
  });

  it("are equal power to the sample: sine and cosine of the overlap", () => {
    const ones = { ones: mono(new Float32Array(9600).fill(1)), none: mono(new Float32Array(9600)) };
    const [one, none]: ClipInput[] = [
      { file: "ones", start: 0, length: 0.1 },
      { file: "none", start: 0.05, length: 0.1 },
    ];
    const fall = renderClips(ones, [one!, none!], { frames: 7200 }).left;
    const rise = renderClips(
      ones,
      [
        { ...none!, start: 0 },
        { ...one!, start: 0.05 },
      ],
      { frames: 7200 },
    ).left;
    for (let n = 0; n < 2400; n += 13) {
      const angle = ((n / 2400) * Math.PI) / 2;
      assert.ok(Math.abs(fall[2400 + n]! - Math.cos(angle)) < 1e-6);
      assert.ok(Math.abs(rise[2400 + n]! - Math.sin(angle)) < 1e-6);
    }
    assert.equal(fall[2399], 1);
    assert.equal(rise[4800], 1);
  });

  it("leave an end alone that has a fade of its own, even one of 0 s", () => {
    const [first, second] = crossfades([placed(0, 100, { hasFadeOut: true }), placed(50, 100)]);
    assert.deepEqual(first, []);
    assert.deepEqual(second, [{ at: 0, length: 50, shape: "equalPower", isRising: true }]);
    const [before, after] = crossfades([placed(0, 100), placed(50, 100, { hasFadeIn: true })]);
    assert.deepEqual(before, [{ at: 50, length: 50, shape: "equalPower", isRising: false }]);
    assert.deepEqual(after, []);
    const hard = renderClips(
      files,
      [
        { file: "a", length: 0.1, fadeOut: { length: 0, shape: "linear" } },
        { file: "b", start: 0.05, length: 0.1, fadeIn: { length: 0, shape: "linear" } },
      ],
      { frames: 7200 },
    );
    const plain = plainClips(
      files,
      [
        { file: "a", length: 0.1 },
        { file: "b", start: 0.05, length: 0.1 },
      ],
      7200,
    );
    assert.ok(largestDifference(hard.left, plain) < 1e-6);
  });

  it("mix a clip that lies within another, and one that begins with another", () => {
    assert.deepEqual(crossfades([placed(0, 100), placed(20, 50)]), [[], []]);
    assert.deepEqual(crossfades([placed(0, 100), placed(0, 50)]), [[], []]);
    assert.deepEqual(crossfades([placed(0, 100), placed(20, 80)]), [[], []]);
    assert.deepEqual(crossfades([placed(0, 100), placed(100, 80)]), [[], []]);
  });

  it("leave muted clips out", () => {
    const clips: ClipInput[] = [
      { file: "a", length: 0.1 },
      { file: "b", start: 0.05, length: 0.1, mute: true },
    ];
    const { left } = renderClips(files, clips, { frames: 7200 });
    assert.equal(largestDifference(left.subarray(0, 4800), files["a"]!.channels[0]!), 0);
  });

  it("never raise the power of a pile, and silence every end that lies in a later clip", () => {
    const clip = fc.record({
      start: fc.integer({ min: 0, max: 80 }),
      length: fc.integer({ min: 1, max: 60 }),
    });
    fc.assert(
      fc.property(fc.array(clip, { maxLength: 8 }), (some) => {
        const clips = some
          .sort((a, b) => a.start - b.start)
          .map(({ start, length }) => placed(start, length));
        const fades = crossfades(clips);
        clips.forEach(({ start, length }, i) => {
          const end = start + length;
          const isUnder = clips.some(
            (later, n) =>
              n > i && later.start > start && later.start < end && later.start + later.length > end,
          );
          assert.equal(
            fades[i]!.some((fade) => !fade.isRising && fade.at + fade.length === length),
            isUnder,
          );
          for (const { at, length: long } of fades[i]!) assert.ok(at >= 0 && long > 0 && at + long <= length);
        });
      }),
    );
  });
});
