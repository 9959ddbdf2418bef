import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { PageCache } from "../../webview/shared/player/worklet/pageCache.js";

const PAGE = 64;

describe("page cache", () => {
  it("stays small, asks once for what it lacks, and keeps what is wanted, wherever playback jumps", () => {
    const jumps = fc.array(fc.tuple(fc.nat(1000), fc.integer({ min: 1, max: 12 })), { maxLength: 60 });
    fc.assert(
      fc.property(jumps, (places) => {
        const open: [start: number, count: number][] = [];
        const cache = new PageCache(1, PAGE, (start, count) => open.push([start, count]));
        for (const [first, count] of places) {
          const wanted = Array.from({ length: count }, (_, i) => first + i);
          const missing = wanted.filter((page) => !cache.page(page));
          cache.want(wanted);
          const asked = open.flatMap(([start, frames]) => Array.from({ length: frames / PAGE }, (_, i) => start / PAGE + i)); // prettier-ignore
          assert.deepEqual(asked, missing);
          cache.want(wanted);
          for (const [start, frames] of open.splice(0)) {
            const channels = [Float32Array.from({ length: frames }, (_, i) => start + i)];
            assert.equal(cache.take({ generation: 0, start, count: frames, channels }), true);
          }
          for (const page of wanted) assert.equal(cache.page(page)?.[0]?.[5], page * PAGE + 5);
          assert.ok(cache.size <= count + 8, `${cache.size} pages`);
        }
      }),
    );
  });

  it("asks again for what could not be had, and for what has been edited", () => {
    const asked: number[] = [];
    const cache = new PageCache(2, PAGE, (start) => asked.push(start));
    cache.want([3]);
    cache.take({ generation: 0, start: 3 * PAGE, count: PAGE, channels: null });
    cache.want([3]);
    cache.renew(1);
    cache.want([3]);
    const answer = {
      start: 3 * PAGE,
      count: PAGE,
      channels: [new Float32Array(PAGE), new Float32Array(PAGE)],
    };
    assert.equal(cache.take({ ...answer, generation: 0 }), false);
    assert.equal(cache.page(3), undefined);
    assert.equal(cache.take({ ...answer, generation: 1 }), true);
    assert.ok(cache.page(3));
    assert.deepEqual(asked, [192, 192, 192]);
  });
});
