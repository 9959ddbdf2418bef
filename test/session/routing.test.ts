import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { insertDefaults, type Insert } from "../../src/session/insertTable.js";
import { checkRouting, type RoutedSession } from "../../src/session/routing.js";

const keyed = (key: string | undefined): Insert[] =>
  key === undefined ? [] : [{ ...insertDefaults("compressor"), sidechain: key }];

/** `"reverb<drums,vocals"` is a bus that plays to nobody but sends to two; `"a>b"` plays to b, `"a~b"` is keyed by b. */
function session(tracks: string, buses: string, masterKey?: string): RoutedSession {
  const channels = (text: string) =>
    text
      .split(" ")
      .filter(Boolean)
      .map((each) => {
        const [, id = "", output, sends, key] = /^(\w+)(?:>(\w+))?(?:<([\w,]+))?(?:~(\w+))?$/.exec(each)!;
        return { id, output, sends: sends?.split(",").map((to) => ({ to })) ?? [], inserts: keyed(key) };
      });
  return { tracks: channels(tracks), buses: channels(buses), master: { inserts: keyed(masterKey) } };
}

function faults(of: RoutedSession): string[] {
  const found: string[] = [];
  checkRouting(of, (severity, code, path, message) => {
    if (severity !== "information") found.push(`${path.join("/")} ${code}: ${message}`);
  });
  return found;
}

describe("routing", () => {
  it("has nothing against a tree with sends", () => {
    assert.deepEqual(
      faults(session("kick>drums vox<plate lead>master", "drums>mix<plate plate>mix mix")),
      [],
    );
  });

  it("tells of buses that nothing plays to, but not of those that sends or tracks reach", () => {
    const told: string[] = [];
    checkRouting(session("kick>drums<plate", "drums plate lonely>drums"), (severity, code, path) =>
      told.push(`${path.join("/")} ${severity} ${code}`),
    );
    assert.deepEqual(told, ["buses/2/id information unused-bus"]);
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
    assert.deepEqual(faults(session("", "a<a")), [
      'buses/0/sends/0/to routing-loop: "a" plays into itself. Name another bus.',
    ]);
  });

  it("knows that the master is an output, but takes no sends", () => {
    assert.deepEqual(faults(session("a<master b>mastre", "")), [
      'tracks/0/sends/0/to unknown-bus: A send goes to a bus. What plays to the master is the "output".',
      'tracks/1/output unknown-bus: There is no bus "mastre". Did you mean "master"?',
    ]);
  });

  it("lets side-chains come from tracks and buses", () => {
    assert.deepEqual(faults(session("kick bass~kick vox<plate", "plate~vox duck~plate", "kick")), []);
  });

  it("misses channels that should drive a side-chain", () => {
    assert.deepEqual(faults(session("kick bass~kik", "b~master", "nobody")), [
      'master/inserts/0/sidechain unknown-channel: There is no track or bus "nobody". Name one that exists.',
      'tracks/1/inserts/0/sidechain unknown-channel: There is no track or bus "kik". Did you mean "kick"?',
      "buses/0/inserts/0/sidechain unknown-channel: The master cannot drive a side-chain: it plays last. Name a track or a bus.",
    ]);
  });

  it("takes a channel keyed by itself for a mistake, not for a loop", () => {
    assert.deepEqual(faults(session("kick~kick", "")), [
      'tracks/0/inserts/0/sidechain own-sidechain: "kick" is this channel itself: the insert hears its own input. Remove the side-chain.',
    ]);
  });

  it("follows loops through side-chains, tracks among them", () => {
    assert.deepEqual(faults(session("a~b b~a", "")), [
      "tracks/1/inserts/0/sidechain routing-loop: These channels play in a loop: b → a → b. Change one of their outputs, sends or side-chains.",
    ]);
    assert.match(
      faults(session("kick>drums~drums", "drums"))[0]!,
      /in a loop: (kick → drums → kick|drums → kick → drums)\./,
    );
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
          inserts: [],
          sends: list.filter(([from]) => from === id).map(([, to]) => ({ to })),
        }));
        const reached = (from: string, seen = new Set<string>()): Set<string> => {
          for (const [a, b] of list) if (a === from && !seen.has(b)) reached(b, seen.add(b));
          return seen;
        };
        assert.equal(
          faults({ tracks: [], buses, master: { inserts: [] } }).length > 0,
          ids.some((id) => reached(id).has(id)),
        );
      }),
    );
  });

  it("follows a chain of 10 000 buses", () => {
    const buses = Array.from({ length: 10_000 }, (_, i) => ({
      id: `b${i}`,
      inserts: [],
      sends: [],
      output: `b${i + 1}`,
    }));
    const ring = [...buses, { id: "b10000", inserts: [], sends: [], output: "b0" }];
    assert.equal(faults({ tracks: [], buses: ring, master: { inserts: [] } }).length, 1);
  });
});
