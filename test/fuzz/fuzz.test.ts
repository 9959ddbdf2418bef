/**
 * Damaged files and documents by the thousand: nothing crashes, hangs, or takes memory without end. `npm run fuzz`
 * takes a million of them, from another seed each time.
 */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { seededRandom } from "../../src/units/random.js";
import { targets } from "./targets.js";

const CASES = Number(process.env.HEADROOM_FUZZ_CASES ?? 20_000);
const SEED = Number(process.env.HEADROOM_FUZZ_SEED ?? 1);
/** Milliseconds that a case may take, and MiB that all of them together may. */
const LONGEST = 2000;
const MOST_MEMORY = 300;

describe(`fuzz, ${CASES} cases from seed ${SEED}`, async () => {
  const all = await targets();
  const weights = all.reduce((sum, { weight }) => sum + weight, 0);
  for (const { name, weight, run } of all) {
    it(name, async () => {
      const count = Math.ceil((CASES * weight) / weights);
      const before = process.memoryUsage().rss;
      for (let i = 0; i < count; i++) {
        const seed = SEED * 1_000_003 + i;
        const started = performance.now();
        try {
          await run(seededRandom(seed));
        } catch (error) {
          throw new Error(
            `Case ${seed} of ${name}: ${String(error instanceof Error ? error.message : error)}`,
            { cause: error },
          );
        }
        const took = performance.now() - started;
        assert.ok(took < LONGEST, `Case ${seed} of ${name} took ${Math.round(took)} ms.`);
      }
      const grown = (process.memoryUsage().rss - before) / 2 ** 20;
      assert.ok(grown < MOST_MEMORY, `${Math.round(grown)} MiB more than before`);
    });
  }
});
