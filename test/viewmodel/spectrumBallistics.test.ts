import assert from "node:assert/strict";
import { it } from "node:test";
import { SpectrumBallistics } from "../../src/viewmodel/spectrumBallistics.js";

it("a live spectrum rises at once, falls slowly, and is gone after silence", () => {
  const ballistics = new SpectrumBallistics();
  assert.equal(ballistics.spectrum, null);
  ballistics.push({ binHz: 10, levels: Float32Array.of(-20, -60) }, 0.03);
  assert.deepEqual([...ballistics.spectrum!.levels], [-20, -60]);
  ballistics.push({ binHz: 10, levels: Float32Array.of(-90, -30) }, 0.5);
  assert.deepEqual([...ballistics.spectrum!.levels], [-40, -30]);
  ballistics.push(null, 1);
  assert.deepEqual([...ballistics.spectrum!.levels], [-80, -70]);
  ballistics.push(null, 10);
  assert.equal(ballistics.spectrum, null);
});
