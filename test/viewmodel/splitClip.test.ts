import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { passLength } from "../../src/viewmodel/clipEdits.js";
import { curveLevel, type CurvePoint } from "../../src/viewmodel/curveLevel.js";
import { curveFrom, movedCurve, splitClip, type CutClip } from "../../src/viewmodel/splitClip.js";

const DURATION = 10;
const RATE = 48_000;
const clip = (values: Partial<CutClip> = {}): CutClip => ({
  ...{ start: 4, offset: 2, speed: 1, loop: 1, reverse: false },
  ...values,
});

/** Second of the file that is heard `into` seconds after the clip's start; NaN: nothing. */
function heard(values: CutClip, at: number): number {
  const pass = passLength(values, DURATION);
  const into = at - values.start;
  if (into < 0 || into >= pass * values.loop) return NaN;
  const within = (into % pass) * values.speed;
  return values.reverse ? values.offset + pass * values.speed - within : values.offset + within;
}

const anyClip = fc
  .record({
    start: fc.integer({ min: 0, max: 100 * RATE }).map((frame) => frame / RATE),
    offset: fc.double({ min: 0, max: 8, noNaN: true }),
    length: fc.option(fc.double({ min: 0.2, max: 2, noNaN: true }), { nil: undefined }),
    speed: fc.constantFrom(0.5, 1, 2),
    loop: fc.constantFrom(1, 1, 2, 5),
    reverse: fc.boolean(),
  })
  .map((values) => clip(values));

describe("a clip that is cut", () => {
  it("sounds the same in pieces, loops and reversed ones too", () => {
    fc.assert(
      fc.property(anyClip, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (whole, share) => {
        const pass = passLength(whole, DURATION);
        const length = pass * whole.loop;
        const pieces = splitClip(whole, DURATION, whole.start + length * share, RATE);
        if (!pieces) return;
        for (let i = 0; i < 50; i++) {
          const at = whole.start + ((i + 0.5) / 50) * length;
          const sounding: number[] = pieces
            .map((piece) => heard(piece, at))
            .filter((each) => !Number.isNaN(each));
          // Close to a join either side is right.
          const into = ((at - whole.start) % pass) / pass;
          if (into < 1e-4 || into > 1 - 1e-4) continue;
          if (pieces.some(({ start }) => Math.abs(start - at) < 1e-4)) continue;
          assert.equal(sounding.length, 1);
          assert.ok(Math.abs(sounding[0]! - heard(whole, at)) < 1e-4);
        }
      }),
    );
  });

  it("falls apart at a frame of the session", () => {
    const pieces = splitClip(clip({ start: 0 }), DURATION, 1.00001, RATE)!;
    assert.deepEqual(
      pieces.map(({ start, offset, length }) => [start, offset, length]),
      [
        [0, 2, 1],
        [1, 3, 7],
      ],
    );
  });

  it("keeps its fades at its outer ends", () => {
    const fade = { length: 0.5, shape: "linear" };
    const [first, second] = splitClip(clip({ fadeIn: fade, fadeOut: fade }), DURATION, 6, RATE)!;
    assert.deepEqual([first!.fadeIn, first!.fadeOut], [fade, undefined]);
    assert.deepEqual([second!.fadeIn, second!.fadeOut], [undefined, fade]);
  });

  it("cuts a loop between two passes, or within one", () => {
    const loop = clip({ length: 2, loop: 4 });
    assert.deepEqual(
      splitClip(loop, DURATION, 8, RATE)!.map((piece) => [piece.start, piece.loop]),
      [
        [4, 2],
        [8, 2],
      ],
    );
    assert.deepEqual(
      splitClip(loop, DURATION, 7, RATE)!.map((piece) => [piece.start, piece.loop, piece.length]),
      [
        [4, 1, 2],
        [6, 1, 1],
        [7, 1, 1],
        [8, 2, 2],
      ],
    );
  });

  it("is not cut at its ends", () => {
    assert.equal(splitClip(clip(), DURATION, 4, RATE), undefined);
    assert.equal(splitClip(clip(), DURATION, 12, RATE), undefined);
    assert.equal(splitClip(clip(), DURATION, 1, RATE), undefined);
  });

  it("shares out the breakpoints of its gain", () => {
    const gain: CurvePoint[] = [
      [0, 0],
      [4, -8],
      [6, -8, "hold"],
      [7, 0],
    ];
    const [, second] = splitClip(clip({ automation: { gain } }), DURATION, 6, RATE)!;
    assert.deepEqual(second!.automation!.gain, [
      [0, -4],
      [2, -8],
      [4, -8, "hold"],
      [5, 0],
    ]);
  });
});

describe("breakpoints that begin elsewhere", () => {
  const shapes = ["linear", "hold", "smooth", "slow", "fast"] as const;
  it("go on as they were, bent pieces within a fiftieth of their height", () => {
    for (const shape of shapes) {
      const curve: CurvePoint[] = [
        [0, -20, shape],
        [4, 0],
        [5, -6],
      ];
      const later = curveFrom(curve, 1.5);
      for (let at = 0; at <= 4; at += 0.05)
        assert.ok(Math.abs(curveLevel(later, at) - curveLevel(curve, at + 1.5)) < 0.4, `${shape} at ${at}`);
    }
  });
  it("wait when it begins earlier", () => {
    assert.deepEqual(movedCurve([[1, -3, "smooth"]], -2), [[3, -3, "smooth"]]);
  });
});
