import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { runChecks, type Checks } from "../../src/session/checks.js";
import { parseMix } from "../../src/session/mixDocument.js";

const session = (checks: unknown): string => JSON.stringify({ headroom: 1, checks });
const holds = (checks: Checks, value: number | null): boolean | undefined =>
  runChecks(checks, { integrated: value })[0]?.holds;

describe("checks", () => {
  it("take ranges, open ends and comparisons", () => {
    for (const limits of [[-15, -13], [null, -13], "<= -13", ">= -15", "<=-13.0"] as const) {
      const { value, diagnostics } = parseMix(session({ integrated: limits }));
      assert.deepEqual(diagnostics, []);
      assert.equal(holds(value!.checks!, -14), true);
    }
    assert.equal(holds({ integrated: [-15, -13] }, -12.9), false);
    assert.equal(holds({ integrated: ">= -15" }, -15.1), false);
    assert.equal(holds({ integrated: "<= -13" }, null), false);
  });

  it("refuse what no limit is, and limits that nothing keeps", () => {
    for (const limits of [-14, "-14", "< -14", [-14], [-13, -15], ["a", 1], {}])
      assert.ok(
        parseMix(session({ integrated: limits })).diagnostics.some(({ severity }) => severity === "error"),
      );
    const { diagnostics } = parseMix(session({ truepeak: "<= -1" }));
    assert.match(diagnostics[0]!.message, /Did you mean `truePeak`\?/);
  });

  it("judge by the digits that they show", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -40, max: 0, noNaN: true }),
        fc.integer({ min: -400, max: 0 }),
        (value, tenths) => {
          const high = tenths / 10;
          assert.equal(holds({ integrated: [null, high] }, value), Number(value.toFixed(1)) <= high);
        },
      ),
    );
    const [result] = runChecks({ truePeak: [null, -1] }, { truePeak: -0.996 });
    assert.equal(result!.sentence, "True peak is -1.00 dBTP; it must be at most -1.00 dBTP.");
    assert.equal(result!.holds, true);
  });
});
