import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { outlineOf, type OutlineItem } from "../../src/session/outline.js";

const SESSION = `{
  "tracks": [
    { "id": "kick", "name": "Kick", "output": "drums",
      "clips": [{ "file": "stems/kick.wav", "start": 1.5 }, { "file": "b.wav", "name": "Fill" }],
      "inserts": [{ "type": "eq", "bypass": true }, { "type": "compressor", "name": "Glue" }] }
  ],
  "buses": [{ "id": "drums" }],
  "master": { "inserts": [{ "type": "limiter" }] },
  "markers": [{ "time": 12, "name": "Verse" }]
}`;

const shown = (items: readonly OutlineItem[]): unknown[] =>
  items.map(({ kind, name, detail, children }) => [
    kind,
    name,
    detail,
    ...(children.length > 0 ? [shown(children)] : []),
  ]);

describe("the outline of a document", () => {
  it("has a session's channels with their clips and inserts", () => {
    assert.deepEqual(shown(outlineOf(SESSION)), [
      [
        ...["track", "Kick", "to drums"],
        [
          ["clip", "kick.wav", "1.5 s"],
          ["clip", "Fill", ""],
          ["insert", "eq", "bypassed"],
          ["insert", "Glue", "compressor"],
        ],
      ],
      ["bus", "drums", ""],
      ["master", "Master", "", [["insert", "limiter", ""]]],
      ["marker", "Verse", "12 s"],
    ]);
  });

  it("has an album's songs, each with the place of its entry", () => {
    const text = '{ "songs": [{ "title": "One", "source": "1.wav" }, { "source": "2.wav" }] }';
    const [one, two] = outlineOf(text);
    assert.deepEqual(shown([one!, two!]), [
      ["song", "One", "1.wav"],
      ["song", "song", "2.wav"],
    ]);
    assert.equal(text.slice(one!.offset, one!.offset + one!.length), '{ "title": "One", "source": "1.wav" }');
  });

  it("is made of any text, with names that are not empty and entries that lie within their owners", () => {
    const isWithin = ({ offset, length, children, name }: OutlineItem): boolean =>
      name !== "" &&
      children.every(
        (each) => each.offset >= offset && each.offset + each.length <= offset + length && isWithin(each),
      );
    fc.assert(
      fc.property(fc.nat(SESSION.length), fc.nat(SESSION.length), fc.string(), (from, to, put) => {
        const text = SESSION.slice(0, Math.min(from, to)) + put + SESSION.slice(Math.max(from, to));
        assert.ok(outlineOf(text).every(isWithin));
      }),
    );
  });
});
