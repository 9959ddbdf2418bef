import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { parse, type ParseError } from "jsonc-parser";
import { editText, type DocumentChange } from "../../../src/session/edits/editText.js";

const SESSION = `// The song.
{
  "headroom": 1, // format
  "tracks": [
    // Drums
    { "id": "kick", "fader": -6, "pan": 0 }, // loud
    /* low */
    {
      "id": "bass",
      "inserts": [{ "type": "gain", "gain": 1 }, { "type": "eq", "bands": [] }],
      "automation": { "fader": [[0, -6], [12.5, -3]] },
    },
    { "id": "vox" } // lead
  ],
}
`;

function edited(text: string, ...changes: readonly DocumentChange[]): string {
  return editText(text, changes).reduceRight(
    (done, { offset, length, text: put }) => done.slice(0, offset) + put + done.slice(offset + length),
    text,
  );
}

function read(text: string): unknown {
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors, { allowTrailingComma: true });
  assert.deepEqual(errors, [], text);
  return value;
}

describe("changes of a document's text", () => {
  it("touch nothing but the number that changes", () => {
    assert.deepEqual(editText(SESSION, [{ type: "set", path: ["tracks", 0, "fader"], value: -7.5 }]), [
      { offset: SESSION.indexOf("-6") + 1, length: 1, text: "7.5" },
    ]);
  });

  it("put a new key behind the others, laid out as they are", () => {
    const set = (path: (string | number)[], value: number): string =>
      edited(SESSION, { type: "set", path, value });
    assert.ok(set(["tracks", 0, "trim"], 3).includes('"pan": 0, "trim": 3 }, // loud'));
    assert.match(set(["tracks", 1, "fader"], -2), /\],?\n {6}"automation": .*,\n {6}"fader": -2/);
    assert.ok(set(["tracks", 2, "fader"], -2).includes('{ "id": "vox", "fader": -2 } // lead'));
  });

  it("make what is on the way to a new key", () => {
    const text = edited(SESSION, { type: "set", path: ["master", "fader"], value: -1 });
    assert.deepEqual((read(text) as { master: unknown }).master, { fader: -1 });
    assert.ok(text.includes("// format") && text.includes("/* low */"));
  });

  it("write breakpoints side by side, and long lists line by line", () => {
    const points = (count: number) => Array.from({ length: count }, (_, i) => [i, -i]);
    const path = ["tracks", 1, "automation", "fader"];
    const short = edited(SESSION, { type: "set", path, value: points(2) });
    assert.ok(short.includes('"automation": { "fader": [[0, 0], [1, -1]] }'));
    const long = edited(SESSION, { type: "set", path, value: points(40) });
    assert.match(long, /\n {8}\[3, -3\],\n/);
  });

  it("take a key and an entry away, and leave no odd comma", () => {
    const text = edited(
      SESSION,
      { type: "set", path: ["tracks", 0, "fader"], value: undefined },
      { type: "set", path: ["tracks", 2], value: undefined },
    );
    const { tracks } = read(text) as { tracks: readonly Record<string, unknown>[] };
    assert.deepEqual(tracks[0], { id: "kick", pan: 0 });
    assert.equal(tracks.length, 2);
    assert.ok(text.includes("// loud"));
  });

  it("take entries away with their own comments, and with nobody else's", () => {
    const remove = (text: string, ...path: readonly (string | number)[]): string =>
      edited(text, { type: "set", path, value: undefined });
    const lines = '{\n  "a": 1, // of a\n  // of b\n  "b": 2, // b too\n  "c": 3 // of c\n}';
    assert.equal(remove(lines, "a"), '{\n  // of b\n  "b": 2, // b too\n  "c": 3 // of c\n}');
    assert.equal(remove(lines, "b"), '{\n  "a": 1, // of a\n  "c": 3 // of c\n}');
    assert.equal(remove(lines, "c"), '{\n  "a": 1, // of a\n  // of b\n  "b": 2 // b too\n}');
    assert.equal(
      remove('{\n  "a": 1, // of a\n  "b": 2, "c": 3\n}', "b"),
      '{\n  "a": 1, // of a\n  "c": 3\n}',
    );
    assert.equal(remove('[{ "a": 1, // of a\n  "b": 2 }, 3]', 0, "b"), '[{ "a": 1 // of a\n   }, 3]');
    assert.equal(remove('{ "a": 1, // of a\n  "b": 2,"c": 3 }', "b"), '{ "a": 1, // of a\n  "c": 3 }');
    assert.equal(remove('["x", "y", "y"]', 2), '["x", "y"]');
    assert.equal(remove('["x", "y", "z"]', 0), '["y", "z"]');
    assert.equal(remove('["x", "y",]', 1), '["x",]');
    assert.equal(remove('["x"]', 0), "[]");
  });

  it("move an entry with its comments", () => {
    const text = edited(SESSION, { type: "move", path: ["tracks"], from: 0, to: 2 });
    const { tracks } = read(text) as { tracks: readonly { id: string }[] };
    assert.deepEqual(
      tracks.map(({ id }) => id),
      ["bass", "vox", "kick"],
    );
    assert.match(text, /"vox" }, \/\/ lead\n {4}\/\/ Drums\n {4}{ "id": "kick", .*} \/\/ loud\n {2}\]/);
    const inline = edited(SESSION, { type: "move", path: ["tracks", 1, "inserts"], from: 1, to: 0 });
    assert.ok(inline.includes('[{ "type": "eq", "bands": [] }, { "type": "gain", "gain": 1 }]'));
  });

  it("see the changes before them", () => {
    const text = edited(
      SESSION,
      { type: "insert", path: ["tracks", 0], value: { id: "new" } },
      { type: "set", path: ["tracks", 0, "fader"], value: "-inf" },
      { type: "insert", path: ["buses", -1], value: { id: "plate" } },
      { type: "insert", path: ["buses", -1], value: { id: "room" } },
    );
    const { tracks, buses } = read(text) as { tracks: unknown[]; buses: unknown[] };
    assert.deepEqual(tracks[0], { id: "new", fader: "-inf" });
    assert.deepEqual(buses, [{ id: "plate" }, { id: "room" }]);
  });

  it("say where a path leads nowhere", () => {
    assert.throws(
      () => editText(SESSION, [{ type: "move", path: ["buses"], from: 0, to: 1 }]),
      /no list at buses/,
    );
    assert.throws(
      () => editText(SESSION, [{ type: "move", path: ["tracks"], from: 0, to: 9 }]),
      /position 9/,
    );
  });

  it("keep tabs and Windows line endings", () => {
    const text = '{\r\n\t"a": 1,\r\n\t"list": [\r\n\t\t1\r\n\t]\r\n}\r\n';
    const value = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`key${i}`, "a longer value"]));
    const done = edited(
      text,
      { type: "set", path: ["b"], value },
      { type: "insert", path: ["list", -1], value: 2 },
    );
    assert.doesNotMatch(done, /[^\r]\n/);
    assert.match(done, /\r\n\t\t"key1": /);
    assert.deepEqual(read(done), { a: 1, list: [1, 2], b: value });
  });

  it("come to what the same changes of the values come to, all comments kept", () => {
    const change = fc.oneof(
      fc.record({
        kind: fc.constant("set" as const),
        at: fc.nat(),
        key: fc.constantFrom("a", "b", "c"),
        value: fc.option(fc.integer()),
      }),
      fc.record({ kind: fc.constant("insert" as const), at: fc.nat(), value: fc.integer() }),
      fc.record({ kind: fc.constant("move" as const), at: fc.nat(), to: fc.nat() }),
    );
    fc.assert(
      fc.property(fc.array(change, { maxLength: 12 }), fc.boolean(), (steps, isWide) => {
        const gap = isWide ? "\n  " : " ";
        const text = `{ "list": [${gap}/* first */ { "a": 1 },${gap}/* second */ { "b": 2, "c": 3 } /* end */,${gap}{} /* third */ ] }`;
        const list: Record<string, number>[] = [{ a: 1 }, { b: 2, c: 3 }, {}];
        const changes = steps.map((step): DocumentChange => {
          const at = step.at % list.length;
          if (step.kind === "move") {
            const to = step.to % list.length;
            list.splice(to, 0, ...list.splice(at, 1));
            return { type: "move", path: ["list"], from: at, to };
          }
          if (step.kind === "insert") {
            list.splice(at, 0, { a: step.value });
            return { type: "insert", path: ["list", at], value: { a: step.value } };
          }
          if (step.value === null) delete list[at]![step.key];
          else list[at]![step.key] = step.value;
          return { type: "set", path: ["list", at, step.key], value: step.value ?? undefined };
        });
        const done = edited(text, ...changes);
        assert.deepEqual(read(done), { list });
        for (const comment of ["first", "second", "end", "third"])
          assert.ok(done.includes(`/* ${comment} */`), done);
      }),
    );
  });
});
