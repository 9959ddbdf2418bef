import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { referenceIntegrated, referenceTruePeak } from "./referenceMeter.js";

const sine = (frequency: number, level: number, seconds: number, rate: number, phase = 0): Float64Array =>
  Float64Array.from(
    { length: seconds * rate },
    (_, i) => level * Math.sin((2 * Math.PI * frequency * i) / rate + phase),
  );

describe("the reference meter itself", () => {
  it("reads the standard's anchor: 997 Hz at full scale in one channel is -3.01 LUFS", () => {
    for (const rate of [44100, 48000]) {
      const silence = new Float64Array(5 * rate);
      const integrated = referenceIntegrated([sine(997, 1, 5, rate), silence], rate);
      assert.ok(Math.abs(integrated + 3.01) < 0.01, `${integrated} LUFS at ${rate} Hz`);
    }
  });

  it("finds the peak between the samples: EBU Tech 3341 case 16", () => {
    const peak = referenceTruePeak([sine(12000, 0.5, 1, 48000, Math.PI / 4)]);
    assert.ok(Math.abs(peak + 6.02) < 0.01 || peak > -6.02, `${peak} dBTP`);
    // The abrupt start of the tone overshoots, as it would in a converter; no more than this.
    assert.ok(peak < -5, `${peak} dBTP`);
  });
});
