import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { seededRandom } from "../../../src/units/random.js";
import { measurePlanar } from "../../standards/planarMeter.js";
import { SAMPLE_RATES } from "../../standards/toneMeter.js";

/** BS.1770-5, Annex 1, tables 1 and 2: b0, b1, b2, a1, a2 at 48 kHz. */
const SHELF = [
  1.53512485958697, -2.69169618940638, 1.19839281085285, -1.69065929318241, 0.73248077421585,
] as const;
const HIGH_PASS = [1, -2, 1, -1.99004745483398, 0.99007225036621] as const;

/** Direct form, straight from the recommendation's figure. */
function filter(samples: Float64Array, [b0, b1, b2, a1, a2]: typeof SHELF | typeof HIGH_PASS): Float64Array {
  let [x1, x2, y1, y2] = [0, 0, 0, 0];
  return samples.map((x) => {
    const y = b0 * x + b1 * x1 + b2 * x2 - a1 * y1 - a2 * y2;
    [x2, x1, y2, y1] = [x1, x, y1, y];
    return y;
  });
}

const sine = (rate: number, hertz: number): Float32Array =>
  Float32Array.from({ length: rate }, (_, i) => Math.sin((2 * Math.PI * hertz * i) / rate));

describe("K-weighting", () => {
  it("is that of the recommendation's tables at 48 kHz", () => {
    const random = seededRandom(1);
    const noise = Float32Array.from({ length: 48000 }, () => random() - 0.5);
    const weighted = filter(filter(Float64Array.from(noise), SHELF), HIGH_PASS);
    measurePlanar([noise], 48000).blockEnergies.forEach((energy, block) => {
      const window = weighted.subarray(block * 4800, block * 4800 + 19200);
      const expected = window.reduce((sum, y) => sum + y * y, 0) / window.length;
      // The tables have 14 decimals, which a pole at 0.995 magnifies.
      assert.ok(Math.abs(energy / expected - 1) < 1e-9, `block ${block}: ${energy}, not ${expected}`);
    });
  });

  it("is the same at every rate, within 0.1 LU from 30 Hz to 10 kHz", () => {
    for (const hertz of [30, 60, 200, 1000, 2000, 5000, 10000]) {
      const expected = measurePlanar([sine(48000, hertz)], 48000).integrated!;
      for (const rate of SAMPLE_RATES) {
        const { integrated } = measurePlanar([sine(rate, hertz)], rate);
        assert.ok(
          Math.abs(integrated! - expected) < 0.1,
          `${hertz} Hz at ${rate} Hz: ${integrated}, not ${expected}`,
        );
      }
    }
  });

  it("goes on undisturbed after digital silence, however long", () => {
    const sound = sine(48000, 440);
    const padded = new Float32Array(30 * 48000);
    padded.set(sound, 29 * 48000);
    const { momentaryMax } = measurePlanar([padded], 48000);
    assert.equal(momentaryMax, measurePlanar([sound], 48000).momentaryMax);
  });
});
