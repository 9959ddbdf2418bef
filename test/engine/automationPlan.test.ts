import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { planInserts } from "../../src/engine/automationPlan.js";
import { insertDefaults } from "../../src/session/insertTable.js";

describe("planned inserts", () => {
  it("are keyed by other channels; their own counts as no side-chain", () => {
    const inserts = ["kick", "bass"].map((sidechain) => ({ ...insertDefaults("compressor"), sidechain }));
    const keys = planInserts(inserts, {}, "bass").map(({ key }) => key);
    assert.deepEqual(keys, ["kick", undefined]);
  });
});
