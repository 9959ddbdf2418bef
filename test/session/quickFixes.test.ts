import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseMix } from "../../src/session/mixDocument.js";
import { quickFixes, relink } from "../../src/session/quickFixes.js";

const session = (rest: string): string => `{
  "headroom": 1,
  "tracks": [{ "id": "kick", "clips": [] }], // kept
  ${rest}
}`;

/** The text after the first fix of its only diagnostic, which has `code`. */
function fixed(text: string, code: string): { title: string; text: string } {
  const { diagnostics } = parseMix(text);
  assert.deepEqual(
    diagnostics.map((each) => each.code),
    [code],
  );
  const [fix] = quickFixes(text, diagnostics[0]!);
  assert.ok(fix);
  const done = fix.edits.reduceRight(
    (before, { offset, length, text: put }) => before.slice(0, offset) + put + before.slice(offset + length),
    text,
  );
  return { title: fix.title, text: done };
}

describe("quick fixes", () => {
  const cases = [
    ["unknown-key", '"tmepo": 90', 'Change to "tempo"'],
    ["unknown-key", '"zzz": 1, "tempo": 90', "Remove the key"],
    ["unused-bus", '"buses": [{ "id": "room" }]', "Remove the bus"],
    [
      "duplicate-member",
      '"groups": [{ "id": "g", "members": ["kick", "kick"] }]',
      "Remove the second mention",
    ],
  ] as const;
  for (const [code, rest, title] of cases) {
    it(`put ${code} right (${title}), and keep all else`, () => {
      const result = fixed(session(rest), code);
      assert.equal(result.title, title);
      assert.deepEqual(parseMix(result.text).diagnostics, []);
      assert.match(result.text, /\/\/ kept/);
    });
  }

  it("name the bus that was meant", () => {
    const text = session('"buses": [{ "id": "room" }]').replace(
      '"clips": []',
      '"clips": [], "output": "romo"',
    );
    const diagnostic = parseMix(text).diagnostics.find(({ code }) => code === "unknown-bus")!;
    const [fix] = quickFixes(text, diagnostic);
    assert.equal(fix!.title, 'Change to "room"');
    assert.equal(fix!.edits[0]!.text, '"room"');
  });

  it("write slashes for backslashes", () => {
    const text = session('"tempo": 90').replace('"clips": []', '"clips": [{ "file": "stems\\\\kick.wav" }]');
    const result = fixed(text, "backslash");
    assert.match(result.text, /"file": "stems\/kick\.wav"/);
  });

  it("link a file anew, whatever its name", () => {
    const place = { offset: 3, length: 4 } as Parameters<typeof relink>[0];
    assert.deepEqual(relink(place, 'a "b".wav').edits, [{ offset: 3, length: 4, text: '"a \\"b\\".wav"' }]);
  });
});
