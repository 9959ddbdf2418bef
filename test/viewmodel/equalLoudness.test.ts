import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { equalGains } from "../../src/viewmodel/equalLoudness.js";

describe("gains of equal loudness", () => {
  it("bring source and reference to the song's master, all below full scale", () => {
    const gains = equalGains(
      [
        { source: { integrated: -20, truePeak: -2 }, master: { integrated: -14, truePeak: -1 } },
        { source: { integrated: -16, truePeak: -6 }, master: { integrated: -15, truePeak: -1 } },
      ],
      { integrated: -9, truePeak: 0.5 },
    );
    // The first source would reach +4 dBTP: everything is 4 dB lower.
    assert.deepEqual(gains, { master: -4, source: [2, -3], reference: [-9, -10] });
  });

  it("leave a source alone that has no master", () => {
    assert.deepEqual(
      equalGains([{ source: { integrated: -20, truePeak: -2 }, master: undefined }], undefined),
      {
        master: 0,
        source: [0],
        reference: [0],
      },
    );
  });

  const level = fc.double({ min: -60, max: 3, noNaN: true });
  const side = fc.record({ integrated: fc.option(level), truePeak: fc.option(level) });
  it("never clip a side that did not clip by itself, and are equal for every song", () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ source: side, master: side }), { maxLength: 12 }),
        side,
        (songs, other) => {
          const gains = equalGains(songs, other);
          songs.forEach(({ source, master }, song) => {
            assert.ok((source.truePeak ?? -99) + gains.source[song]! <= 1e-9);
            assert.ok((master.truePeak ?? -99) + gains.master <= 1e-9);
            assert.ok((other.truePeak ?? -99) + gains.reference[song]! <= 1e-9);
            if (source.integrated === null || master.integrated === null) return;
            if (master.integrated - source.integrated > 40) return;
            const [a, b] = [source.integrated + gains.source[song]!, master.integrated + gains.master];
            assert.ok(Math.abs(a - b) < 1e-9);
          });
        },
      ),
    );
  });
});
