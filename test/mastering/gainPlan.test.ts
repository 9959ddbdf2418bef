import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { COHERENCE_RANGE, planLoudness, type PlannedSong } from "../../src/mastering/gainPlan.js";

const song = (integrated: number | null, loudPart = integrated, offset = 0): PlannedSong => ({
  integrated,
  loudPart,
  offset,
});
/** Rounding of sums of decibels, far below what can be measured. */
const EXACT = 1e-9;

const loudness = fc.double({ min: -60, max: -5, noNaN: true });
const album = fc.array(
  fc.record({
    integrated: loudness,
    loudPart: loudness,
    offset: fc.double({ min: -6, max: 6, noNaN: true }),
  }),
  { minLength: 1, maxLength: 20 },
);

describe("planLoudness", () => {
  it("brings every song to the target in track mode, offsets honoured", () => {
    assert.deepEqual(planLoudness([song(-20), song(-9, -9, -2)], "track", -14), [-14, -16]);
  });

  it("keeps all differences in preserve mode", () => {
    fc.assert(
      fc.property(album, (songs) => {
        const planned = planLoudness(songs, "preserve", -14) as number[];
        songs.forEach(({ integrated, offset }, i) => {
          const difference = integrated + offset - (songs[0]!.integrated + songs[0]!.offset);
          assert.ok(Math.abs(planned[i]! - planned[0]! - difference) < EXACT);
        });
      }),
    );
  });

  it("puts the loudest song at the target in album and preserve mode", () => {
    fc.assert(
      fc.property(album, fc.constantFrom("album", "preserve"), (songs, mode) => {
        assert.ok(Math.abs(Math.max(...(planLoudness(songs, mode, -14) as number[])) + 14) < EXACT);
      }),
    );
  });

  it("brings the loud parts within the coherence range of each other in album mode", () => {
    fc.assert(
      fc.property(album, (songs) => {
        const planned = planLoudness(songs, "album", -14) as number[];
        const loudParts = songs.map((each, i) => each.loudPart + planned[i]! - each.integrated - each.offset);
        const spread = Math.max(...loudParts) - Math.min(...loudParts);
        assert.ok(spread <= 2 * COHERENCE_RANGE + EXACT, `${spread} LU`);
      }),
    );
  });

  it("leaves songs alone whose loud parts agree already, however long their quiet parts are", () => {
    const planned = planLoudness([song(-16, -12), song(-13, -12)], "album", -14);
    assert.deepEqual(planned, [-17, -14]);
  });

  it("has no plan for silence, and plans the others as if it were not there", () => {
    assert.deepEqual(planLoudness([song(null), song(-20)], "album", -14), [null, -14]);
    assert.deepEqual(planLoudness([song(null)], "album", -14), [null]);
  });
});
