import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { checkRouting, type RoutedSession } from "../../src/session/routing.js";

/** `"reverb<drums,vocals"` is a bus that plays to nobody but sends to two; `"a>b"` plays to b. */
function session(tracks: string, buses: string): RoutedSession {
  const channels = (text: string) =>
    text
      .split(" ")
      .filter(Boolean)
      .map((each) => {
        const [, id = "", output, sends] = /^(\w+)(?:>(\w+))?(?:<([\w,]+))?$/.exec(each)!;
        return { id, output, sends: sends?.split(",").map((to) => ({ to })) ?? [] };
      });
  return { tracks: channels(tracks), buses: channels(buses) };
}

function faults(of: RoutedSession): string[] {
  const found: string[] = [];
  checkRouting(of, (code, path, message) => found.push(`${path.join("/")} ${code}: ${message}`));
  return found;
}

describe("routing", () => {
  it("has nothing against a tree with sends", () => {
    assert.deepEqual(
      faults(session("kick>drums vox<plate lead>master", "drums>mix<plate plate>mix mix")),
      [],
    );
  });

  it("misses buses that do not exist, and says what may have been meant", () => {
    const found = faults(session("kick>drum vox<kick snare<nowhere", "drums"));
    assert.deepEqual(found, [
      'tracks/0/output unknown-bus: There is no bus "drum". Did you mean "drums"?',
      'tracks/1/sends/0/to unknown-bus: "kick" is a track. Outputs and sends go to buses.',
      'tracks/2/sends/0/to unknown-bus: There is no bus "nowhere". Add it to "buses", or name one that exists.',
    ]);
  });

  it("names the loop, at the connection that closes it", () => {
    assert.deepEqual(faults(session("", "in>a a>b b<c c>a end")), [
      "buses/3/output routing-loop: These buses play in a loop: a → b → c → a. Change one of their outputs or sends.",
    ]);
    assert.match(faults(session("", "a<a"))[0]!, /^buses\/0\/sends\/0\/to routing-loop: .* a → a\./);
  });

  it("finds one loop in each tangle", () => {
    assert.equal(faults(session("", "a>b b>a c>d d>c e>a")).length, 2);
  });

  it("wants ids that are unique and not the master's", () => {
    const found = faults(session("a b", "a master"));
    assert.deepEqual(
      found.map((each) => each.split(":")[0]),
      ["buses/0/id duplicate-id", "buses/1/id duplicate-id"],
    );
  });

  it("finds a loop if and only if some bus reaches itself", () => {
    const ids = ["a", "b", "c", "d", "e"];
    const edges = fc.array(fc.tuple(fc.constantFrom(...ids), fc.constantFrom(...ids)), { maxLength: 8 });
    fc.assert(
      fc.property(edges, (list) => {
        const buses = ids.map((id) => ({
          id,
          sends: list.filter(([from]) => from === id).map(([, to]) => ({ to })),
        }));
        const reached = (from: string, seen = new Set<string>()): Set<string> => {
          for (const [a, b] of list) if (a === from && !seen.has(b)) reached(b, seen.add(b));
          return seen;
        };
        assert.equal(
          faults({ tracks: [], buses }).length > 0,
          ids.some((id) => reached(id).has(id)),
        );
      }),
    );
  });

  it("follows a chain of 10 000 buses", () => {
    const buses = Array.from({ length: 10_000 }, (_, i) => ({ id: `b${i}`, sends: [], output: `b${i + 1}` }));
    const ring = [...buses, { id: "b10000", sends: [], output: "b0" }];
    assert.equal(faults({ tracks: [], buses: ring }).length, 1);
  });
});
