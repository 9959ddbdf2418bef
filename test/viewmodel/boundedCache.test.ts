import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { BoundedCache } from "../../src/viewmodel/boundedCache.js";

describe("BoundedCache", () => {
  it("forgets what was used least recently", () => {
    const cache = new BoundedCache<number>(3);
    for (const key of ["a", "b", "c"]) cache.set(key, key.charCodeAt(0), 1);
    cache.get("a");
    cache.set("d", 0, 1);
    assert.equal(cache.get("b"), undefined);
    assert.equal(cache.get("a"), 97);
    assert.equal(cache.size, 3);
  });
  it("keeps what was set last, even if it alone is too heavy", () => {
    const cache = new BoundedCache<string>(10);
    cache.set("small", "s", 1);
    cache.set("huge", "h", 100);
    assert.equal(cache.get("huge"), "h");
    assert.equal(cache.get("small"), undefined);
  });
  it("never weighs more than allowed, and knows its weight", () => {
    const steps = fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 1, max: 20 })), {
      maxLength: 200,
    });
    fc.assert(
      fc.property(steps, (list) => {
        const cache = new BoundedCache<number>(50);
        const weights = new Map<string, number>();
        for (const [key, weight] of list) {
          cache.set(String(key), weight, weight);
          weights.set(String(key), weight);
          assert.ok(cache.weight <= 50);
        }
        const kept = [...weights].filter(([key]) => cache.get(key) !== undefined);
        assert.equal(
          cache.weight,
          kept.reduce((sum, [, weight]) => sum + weight, 0),
        );
      }),
    );
  });
});
