import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { LARGEST_GAIN, decide, type Attempt, type Goal } from "../../src/mastering/solveGain.js";

/**
 * A stand-in for song and limiter: above `threshold` dB of gain the limiter takes `hardness` of
 * each further decibel, and a quarter of what it takes is missing in the loudness.
 */
interface FakeSong {
  readonly loudness: number;
  readonly threshold: number;
  readonly hardness: number;
}

function attempt(song: FakeSong, gain: number): Attempt {
  const over = Math.max(0, gain - song.threshold);
  // Bent, as real songs are: the more is limited, the more each decibel costs.
  const reduction = over * song.hardness * (1 + over / 20);
  return { gain, loudness: song.loudness + gain - reduction / 4, reduction };
}

function solve(song: FakeSong, goal: Goal): { attempts: Attempt[]; isShort: boolean } {
  const attempts = [attempt(song, Math.min(LARGEST_GAIN, goal.loudness - song.loudness))];
  for (;;) {
    const decision = decide(goal, attempts);
    if (decision.kind === "accept") return { attempts, isShort: decision.isShort };
    attempts.push(attempt(song, decision.gain));
    assert.ok(attempts.length < 12, "it does not end");
  }
}

const anySong = fc.record({
  loudness: fc.double({ min: -40, max: -6, noNaN: true }),
  threshold: fc.double({ min: -10, max: 20, noNaN: true }),
  hardness: fc.double({ min: 0.1, max: 1, noNaN: true }),
});
const anyGoal = fc.record({
  loudness: fc.double({ min: -24, max: -8, noNaN: true }),
  maxReduction: fc.double({ min: 0.5, max: 12, noNaN: true }),
});

/** Found by the property below: a song that the limiter would have to crush, eight attempts did not settle it. */
const HARDEST_SONG: FakeSong = {
  loudness: -37.18609727412823,
  threshold: -9.99999999999994,
  hardness: 0.6724289561003178,
};
const HARDEST_GOAL: Goal = { loudness: -8, maxReduction: 0.9712004807601679 };

describe("solveGain", () => {
  it("needs one attempt where nothing is limited", () => {
    const { attempts, isShort } = solve(
      { loudness: -20, threshold: 10, hardness: 1 },
      { loudness: -14, maxReduction: 3 },
    );
    assert.equal(attempts.length, 1);
    assert.equal(isShort, false);
  });

  it("meets the loudness within 0.1 LU, or uses up the allowed reduction and says so", () => {
    fc.assert(
      fc.property(anySong, anyGoal, (song, goal) => {
        const { attempts, isShort } = solve(song, goal);
        const last = attempts.at(-1);
        assert.ok(
          last.reduction <= goal.maxReduction + 1e-9,
          `${last.reduction} dB of ${goal.maxReduction} dB`,
        );
        if (!isShort) assert.ok(Math.abs(last.loudness! - goal.loudness) <= 0.1, `${last.loudness} LUFS`);
        else
          assert.ok(
            last.reduction > goal.maxReduction - 0.3 || last.gain >= LARGEST_GAIN,
            `${last.reduction} dB`,
          );
      }),
      { numRuns: 1000, examples: [[HARDEST_SONG, HARDEST_GOAL]] },
    );
  });

  it("is quick on music: at most four attempts on the way to 6 dB of limiting", () => {
    const { attempts } = solve(
      { loudness: -20, threshold: 2, hardness: 0.6 },
      { loudness: -14, maxReduction: 6 },
    );
    assert.ok(attempts.length <= 4, `${attempts.length} attempts`);
  });

  it("accepts silence as it is", () => {
    const silence: Attempt = { gain: 0, loudness: null, reduction: 0 };
    assert.deepEqual(decide({ loudness: -14, maxReduction: 3 }, [silence]), {
      kind: "accept",
      isShort: false,
    });
  });
});
