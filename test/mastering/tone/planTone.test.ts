import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { THIRD_OCTAVES } from "../../../src/engine/thirdOctaves.js";
import { eqCurve, matchingEq } from "../../../src/mastering/tone/matchingEq.js";
import { planTone, type ReferenceTone } from "../../../src/mastering/tone/planTone.js";
import { toneDistance, type Tone } from "../../../src/mastering/tone/tone.js";
import { INSERT_TABLE } from "../../../src/session/insertTable.js";

/** Pink up to 100 Hz, then falling by 4.5 dB per octave, as music does. */
const MUSIC = THIRD_OCTAVES.map((hertz) => -10 - (hertz > 100 ? 1.5 * 3 * Math.log10(hertz / 100) : 0));
/** A smooth deviation, as mixes differ: up to a few decibels over an octave and more. */
const smooth = (gains: readonly number[]): number[] =>
  THIRD_OCTAVES.map((_, band) => {
    const place = (band / (THIRD_OCTAVES.length - 1)) * (gains.length - 1);
    const low = Math.min(gains.length - 2, Math.floor(place));
    const bend = (1 - Math.cos(Math.PI * (place - low))) / 2;
    return gains[low]! * (1 - bend) + gains[low + 1]! * bend;
  });
const added = (a: readonly number[], b: readonly number[]): number[] => a.map((each, i) => each + b[i]!);
const toneOf = (bands: readonly number[], width = -10): Tone => ({ bands, width });

const deviation = fc.array(fc.double({ min: -4, max: 4, noNaN: true }), { minLength: 7, maxLength: 7 });

describe("the matching equalizer", () => {
  it("at least halves the distance to a tone that it is allowed to reach", () => {
    fc.assert(
      fc.property(deviation, (gains) => {
        // Too much bass and treble is taken away, too little cannot be given.
        const wanted = smooth([
          Math.abs(gains[0]!),
          Math.abs(gains[1]!),
          ...gains.slice(2, 6),
          Math.abs(gains[6]!),
        ]);
        const song = added(MUSIC, wanted);
        const goal = MUSIC;
        const before = toneDistance(song, goal);
        fc.pre(before > 0.7);
        const eq = matchingEq(song, goal, 100)!;
        const corrected = added(song, eqCurve(eq));
        const after = toneDistance(corrected, goal);
        assert.ok(after <= before / 2, `${before} dB to ${after} dB`);
      }),
    );
  });

  it("keeps to its limits, whatever is asked for, and is an insert as documents have it", () => {
    const any = fc.array(fc.double({ min: -40, max: 40, noNaN: true }), { minLength: 30, maxLength: 30 });
    fc.assert(
      fc.property(any, fc.integer({ min: 1, max: 100 }), (target, amount) => {
        const eq = matchingEq(MUSIC, target, amount);
        if (!eq) return;
        assert.deepEqual(INSERT_TABLE.eq.schema.parse(eq), eq);
        assert.ok(eq.bands.length <= 13);
        for (const { gain } of eq.bands) assert.ok(Math.abs(gain) <= 6);
        eqCurve(eq).forEach((gain, band) => {
          const hertz = THIRD_OCTAVES[band]!;
          if (hertz < 50 || hertz > 16_500) assert.ok(gain < 1, `${hertz} Hz: ${gain} dB`);
        });
      }),
    );
  });

  it("does nothing where there is nothing to do", () => {
    assert.equal(matchingEq(MUSIC, MUSIC, 100), undefined);
    assert.equal(
      matchingEq(
        MUSIC,
        MUSIC.map((level) => level + 3),
        100,
      ),
      undefined,
    );
    assert.equal(matchingEq(MUSIC, added(MUSIC, smooth([0, 3, 0, -3, 0])), 0), undefined);
  });
});

describe("the tone of an album", () => {
  const dull = toneOf(added(MUSIC, smooth([0, 0, 0, 0, -4, -6, -6])));
  const plain = toneOf(MUSIC);
  const wide = toneOf(MUSIC, -4);

  it("is the median of its songs, and who stands out is named", () => {
    const { album, songs } = planTone([plain, dull, wide], { amounts: [0, 0, 0], reference: undefined });
    assert.deepEqual(album!.median, MUSIC);
    assert.equal(album!.width, -10);
    assert.deepEqual(
      songs.map(({ inserts }) => inserts.length),
      [0, 0, 0],
    );
    assert.deepEqual(songs[0]!.notes, []);
    assert.match(songs[1]!.notes.join("\n"), /dB less treble \(6300 to 12700 Hz\) than the album's median/);
    assert.match(songs[2]!.notes.join("\n"), /wider than the album's median: its sides differ by 6\.0 dB/);
    assert.ok(songs[1]!.tone!.distance > 2);
    assert.ok(songs[1]!.tone!.suggestion!.bands.some(({ type, gain }) => type === "peak" && gain > 1));
  });

  it("is approached as far as it is asked for", () => {
    const distances = [0, 50, 100].map((amount) => {
      const { songs, album } = planTone([plain, dull, plain], {
        amounts: [0, amount, 0],
        reference: undefined,
      });
      const [eq] = songs[1]!.inserts;
      const curve = eq?.type === "eq" ? eqCurve(eq) : MUSIC.map(() => 0);
      return toneDistance(added(dull.bands as number[], curve), album!.median);
    });
    assert.ok(distances[1]! < 0.85 * distances[0]! && distances[2]! < 0.85 * distances[1]!, distances.join());
  });

  it("gives way to a reference; a reference that is the song itself changes nothing", () => {
    const reference = (tone: Tone): ReferenceTone => ({ tone, amount: 100, isWidthMatched: true });
    const itself = planTone([dull], { amounts: [0], reference: reference(dull) });
    assert.deepEqual(itself.songs[0]!.inserts, []);
    const [eq, stereo] = planTone([dull], { amounts: [0], reference: reference(wide) }).songs[0]!.inserts;
    assert.ok(eq?.type === "eq" && eq.bands.some(({ gain, frequency }) => gain > 1 && frequency > 2000));
    // Six decibels are wanted, three are the most.
    assert.ok(stereo?.type === "stereo" && stereo.side === 3);
  });

  it("says nothing of an album of one song, nor of silence", () => {
    const { album, songs } = planTone([plain, null], { amounts: [100, 100], reference: undefined });
    assert.equal(album, null);
    assert.deepEqual(
      songs.map(({ inserts, notes }) => [inserts.length, notes.length]),
      [
        [0, 0],
        [0, 0],
      ],
    );
  });
});
