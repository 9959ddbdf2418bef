import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { memoryByteSource } from "../../src/audio/byteSource.js";
import { readAhead } from "../../src/audio/readAhead.js";

const bytes = Uint8Array.from({ length: 1_000_000 }, (_, i) => (i * 2654435761) >>> 24);

describe("readAhead", () => {
  it("gives what the source gives, whatever is asked for", () => {
    const request = fc.record({
      position: fc.integer({ min: 0, max: 1_010_000 }),
      length: fc.oneof(fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 0, max: 200_000 })),
    });
    fc.assert(
      fc.property(fc.array(request, { maxLength: 12 }), (requests) => {
        const plain = memoryByteSource(bytes, "x");
        const ahead = readAhead(memoryByteSource(bytes, "x"));
        for (const { position, length } of requests) {
          const [expected, found] = [new Uint8Array(length), new Uint8Array(length)];
          assert.equal(ahead.read(position, found), plain.read(position, expected));
          assert.ok(Buffer.compare(found, expected) === 0);
        }
      }),
    );
  });

  it("reads seldom, forwards and backwards", () => {
    for (const isBackwards of [false, true]) {
      const source = memoryByteSource(bytes, "x");
      let reads = 0;
      const counted = {
        ...source,
        read: (at: number, target: Uint8Array) => (reads++, source.read(at, target)),
      };
      const ahead = readAhead(counted);
      const target = new Uint8Array(10_000);
      for (let i = 0; i < 100; i++)
        assert.equal(ahead.read((isBackwards ? 99 - i : i) * 10_000, target), 10_000);
      assert.ok(reads <= 10, `${reads} reads`);
    }
  });
});
