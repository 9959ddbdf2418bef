import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { EQ_RANGE, gainToY, hertzToX, xToHertz, yToGain } from "../../src/viewmodel/eqGraph.js";
import { bandLevel, eqLevel, type EqBand } from "../../src/units/eqResponse.js";
import { Kind, ProcessorBench } from "../dsp/processorBench.js";

/** As in src/dsp/filters/prototype.ts. */
const TYPES = ["lowpass", "highpass", "lowshelf", "highshelf", "peak", "notch", "tilt"] as const;

const band = fc.record({
  type: fc.constantFrom(...TYPES),
  frequency: fc.double({ min: 20, max: 18000, noNaN: true }),
  gain: fc.double({ min: -18, max: 18, noNaN: true }),
  q: fc.double({ min: 0.3, max: 8, noNaN: true }),
  slope: fc.constantFrom(6, 12, 18, 24, 36, 48),
});

/** What the kernel says of itself. */
function kernel(bands: readonly EqBand[], sampleRate: number): (hertz: number) => number {
  const values = bands.flatMap(({ type, frequency, gain, q, slope }, b) =>
    [TYPES.indexOf(type), frequency, gain, q, slope].map((value, field) => [b * 8 + field, value] as const),
  );
  const { dsp, address } = new ProcessorBench(Kind.eq, sampleRate, values);
  return (hertz) => dsp.exports.eqMagnitude(address, hertz);
}

describe("the drawn curve of an equaliser", () => {
  it("is that of the kernel: within 0.1 dB a section up to 20 kHz, where it is above -60 dB", () => {
    fc.assert(
      fc.property(band, fc.constantFrom(44100, 48000, 96000), (one, sampleRate) => {
        const heard = kernel([one], sampleRate);
        const sections = one.type === "lowpass" || one.type === "highpass" ? Math.ceil(one.slope / 12) : 1;
        for (let k = 0; k <= 40; k++) {
          const hertz = 20 * 1000 ** (k / 40);
          const drawn = bandLevel(one, hertz);
          // Next to the bottom of a notch a hair's breadth of frequency is many decibels.
          const isSteep = one.type === "notch" && Math.abs(Math.log2(hertz / one.frequency)) < 0.1;
          if (drawn > -60 && !isSteep)
            assert.ok(
              Math.abs(drawn - heard(hertz)) < 0.1 * sections,
              `${hertz} Hz: ${drawn}, ${heard(hertz)}`,
            );
        }
      }),
      { numRuns: 60 },
    );
  });
  it("adds up over the bands", () => {
    const bands: EqBand[] = [
      { type: "highpass", frequency: 40, gain: 0, q: 0.7071, slope: 24 },
      { type: "peak", frequency: 350, gain: -4, q: 1.4, slope: 12 },
      { type: "highshelf", frequency: 8000, gain: 3, q: 0.7071, slope: 12 },
    ];
    const heard = kernel(bands, 48000);
    for (const hertz of [30, 100, 350, 1000, 8000, 16000])
      assert.ok(Math.abs(eqLevel(bands, hertz) - heard(hertz)) < 0.25, String(hertz));
  });
  it("has a peak's gain in its middle, and half of a shelf's at its corner", () => {
    assert.ok(
      Math.abs(bandLevel({ type: "peak", frequency: 500, gain: 7, q: 3, slope: 12 }, 500) - 7) < 1e-9,
    );
    assert.ok(
      Math.abs(bandLevel({ type: "lowshelf", frequency: 200, gain: -8, q: 0.7071, slope: 12 }, 200) + 4) <
        1e-3,
    );
  });
});

describe("the picture of an equaliser", () => {
  const graph = { width: 400, height: 180 };
  it("comes back to the frequency and the gain that it shows", () => {
    fc.assert(
      fc.property(fc.double({ min: 20, max: 20000, noNaN: true }), (hertz) => {
        assert.ok(Math.abs(xToHertz(graph, hertzToX(graph, hertz)) / hertz - 1) < 0.006);
      }),
    );
    for (let gain = -EQ_RANGE; gain <= EQ_RANGE; gain++)
      assert.ok(Math.abs(yToGain(graph, gainToY(graph, gain)) - gain) < 1e-9);
  });
  it("keeps what is dragged beyond it within what the format has", () => {
    assert.equal(xToHertz(graph, -50), 20);
    assert.equal(xToHertz(graph, 1000), 20000);
    assert.equal(yToGain(graph, -1000), 24);
    assert.equal(yToGain(graph, 1000), -24);
  });
});
