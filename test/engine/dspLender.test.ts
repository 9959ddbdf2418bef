import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Dsp } from "../../src/engine/dsp.js";
import { DspLender } from "../../src/engine/dspLender.js";

const memoryOf = ({ exports }: Dsp) => exports.memory;

describe("DspLender", () => {
  it("lends the same memory again, as empty as a new one", () => {
    const lender = new DspLender();
    const first = lender.lend((dsp) => {
      const address = dsp.allocate(3 << 20);
      dsp.bytes.fill(7, address);
      return { memory: memoryOf(dsp), address };
    });
    lender.lend((dsp) => {
      assert.equal(memoryOf(dsp), first.memory);
      const address = dsp.allocate(3 << 20);
      assert.equal(address, first.address);
      assert.ok(dsp.bytes.subarray(address, address + (3 << 20)).every((byte) => byte === 0));
    });
  });

  it("lends another memory while one is out", () => {
    const lender = new DspLender();
    lender.lend((outer) => lender.lend((inner) => assert.notEqual(memoryOf(inner), memoryOf(outer))));
  });

  it("keeps its memory when the work fails, but no large one", () => {
    const lender = new DspLender();
    let failed: unknown;
    const failing = (dsp: Dsp): never => {
      failed = memoryOf(dsp);
      throw new Error("no");
    };
    assert.throws(() => lender.lend(failing), /no/);
    const large = lender.lend((dsp) => {
      assert.equal(memoryOf(dsp), failed);
      dsp.allocate(20 << 20);
      return memoryOf(dsp);
    });
    assert.notEqual(lender.lend(memoryOf), large);
  });
});
