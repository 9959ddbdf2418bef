import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Link, type Channel, type LinkOptions } from "../../src/protocol/link.js";

type Sums = { sum: { params: number[]; answer: number } };
type Ticks = { tick: number };

/** Two channels that deliver to each other as JSON, as webviews do. */
function pair(): [Channel, Channel] {
  const receivers: ((message: unknown) => void)[][] = [[], []];
  const channel = (own: 0 | 1): Channel => ({
    post: (message) => {
      const copy: unknown = JSON.parse(JSON.stringify(message));
      for (const receive of receivers[1 - own]!) receive(copy);
    },
    listen: (receive) => {
      receivers[own]!.push(receive);
      return () => void (receivers[own] = []);
    },
  });
  return [channel(0), channel(1)];
}

function asker(
  handler: (params: number[]) => number,
  options: LinkOptions = {},
  ownOptions: LinkOptions = {},
) {
  const [a, b] = pair();
  const other = new Link<Record<never, never>, Ticks>({ sum: handler }, b, options);
  return { link: new Link<Sums, Ticks>({}, a, ownOptions), other, toOther: a };
}

const add = (numbers: number[]): number => numbers.reduce((sum, each) => sum + each, 0);

describe("Link", () => {
  it("brings requests over and their answers back", async () => {
    const { link } = asker(add);
    assert.equal(await link.request("sum", [1, 2, 3]), 6);
    assert.equal(await link.request("sum", []), 0);
  });
  it("brings the handler's error back with its name", async () => {
    const { link } = asker(() => {
      throw new RangeError("No such song.");
    });
    await assert.rejects(link.request("sum", []), { name: "RangeError", message: "No such song." });
  });
  it("fails a request that nobody answers", async () => {
    const [a] = pair();
    const link = new Link<Sums, Ticks>({}, a, { timeoutMilliseconds: 20 });
    // The time-out alone does not keep the process alive.
    const awake = setInterval(() => undefined, 10);
    await assert.rejects(link.request("sum", [1]), /No answer to "sum" within 0.02 s/);
    clearInterval(awake);
  });
  it("fails open and later requests once it is disposed", async () => {
    const [a] = pair();
    const link = new Link<Sums, Ticks>({}, a);
    const open = link.request("sum", [1]);
    await Promise.resolve();
    link.dispose();
    await assert.rejects(open, /closed/);
    await assert.rejects(link.request("sum", [1]));
    link.tell("tick", 1);
  });
  it("delivers events in order", async () => {
    const [a, b] = pair();
    const seen: number[] = [];
    new Link({ tick: (count: number) => seen.push(count) }, b);
    const link = new Link<Sums, Ticks>({}, a);
    for (const count of [1, 2, 3]) link.tell("tick", count);
    await new Promise(setImmediate);
    assert.deepEqual(seen, [1, 2, 3]);
  });
  it("hands over only what the check lets through", async () => {
    const handled: unknown[] = [];
    const check = (_: string, params: unknown): unknown => {
      if (!Array.isArray(params)) throw new TypeError("Not a list.");
      return params;
    };
    const { link } = asker((params) => handled.push(params), { check });
    await assert.rejects(link.request("sum", "all" as never), { name: "TypeError", message: "Not a list." });
    assert.deepEqual(handled, []);
  });
  it("cannot be made to call what is no handler", async () => {
    const { link } = asker(add);
    for (const name of ["constructor", "toString", "__proto__", "nothing"]) {
      await assert.rejects(link.request(name as "sum", []), /not found/);
    }
  });
  it("reports and survives messages that are none", async () => {
    const faults: string[] = [];
    const { link, toOther } = asker(add, { onFault: ({ message }) => faults.push(message) });
    const junk = [
      null,
      7,
      "x",
      [],
      {},
      { t: "q" },
      { t: "q", m: "sum", a: 5 },
      { t: "s" },
      { t: "q", m: "sum", a: [], i: {} },
    ];
    for (const message of junk) toOther.post(message);
    assert.equal(faults.length, junk.length);
    assert.equal(await link.request("sum", [2, 2]), 4);
  });
});
