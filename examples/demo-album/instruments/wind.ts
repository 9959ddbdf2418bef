/** Air: noise through a band-pass that wanders, different left and right. */
import { seededRandom } from "../../../src/units/random.js";
import type { Stem } from "../stem.js";
import { StateVariableFilter } from "../synth/filters.js";

/** Swells of wind every `period` seconds over the whole stem. */
export function wind(stem: Stem, period: number): void {
  [-0.9, 0.9].forEach((pan, side) => {
    const random = seededRandom(7 + side);
    const filter = new StateVariableFilter(stem.sampleRate);
    stem.add(0, stem.frames, pan, (target) => {
      for (let i = 0; i < target.length; i++) {
        const swell = 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / (period * stem.sampleRate) - 0.6 * side);
        if (i % 32 === 0) filter.tune(500 * 2 ** (2 * swell), 1.5);
        filter.process(2 * random() - 1);
        target[i] = swell * swell * filter.band;
      }
    });
  });
}
