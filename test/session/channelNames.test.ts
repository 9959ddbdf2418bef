import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { channelNames, nameAt, objectionToName, sameName } from "../../src/session/channelNames.js";
import { parseMix } from "../../src/session/mixDocument.js";

const TEXT = `{
  "headroom": 1,
  "tracks": [
    { "id": "kick", "output": "drums", "sends": [{ "to": "room", "level": -12 }] },
    { "id": "bass", "output": "master",
      "inserts": [{ "type": "compressor", "sidechain": "kick" }] } // "kick" in a comment stays
  ],
  "buses": [{ "id": "drums" }, { "id": "room", "output": "drums" }],
  "groups": [{ "id": "drums", "members": ["kick", "drums"] }],
  "master": { "inserts": [{ "type": "compressor", "sidechain": "kick" }] },
  "snapshots": { "A": { "track kick": { "fader": -3 }, "bus drums": { "fader": 0 }, "group drums": { "fader": 1 } } }
}`;

/** The text with all that is called as what stands at `place` called `name`. */
function renamed(place: string, name: string): string {
  const names = channelNames(TEXT);
  const found = nameAt(names, TEXT.indexOf(place) + place.length - 1);
  assert.ok(found);
  return sameName(names, found).reduceRight(
    (text, { offset, length }) => text.slice(0, offset) + name + text.slice(offset + length),
    TEXT,
  );
}

describe("names of channels in a session's text", () => {
  it("are renamed everywhere that means them, and nowhere else", () => {
    const text = renamed('"output": "drums', "kit");
    assert.deepEqual(parseMix(text).diagnostics, []);
    const expected = TEXT.replace('"output": "drums", "sends', '"output": "kit", "sends')
      .replace('[{ "id": "drums" }', '[{ "id": "kit" }')
      .replace('"room", "output": "drums"', '"room", "output": "kit"')
      .replace('["kick", "drums"]', '["kick", "kit"]')
      .replace('"bus drums"', '"bus kit"');
    assert.equal(text, expected);
  });

  it("reach side-chains, members and snapshots, but no comment", () => {
    const text = renamed('"id": "kick', "bd");
    assert.deepEqual(parseMix(text).diagnostics, []);
    assert.equal(text.split('"kick"').length - 1, 1);
    assert.match(text, /"kick" in a comment/);
  });

  it("of groups are their own", () => {
    const text = renamed('"groups": [{ "id": "drums', "kit");
    assert.equal(
      text,
      TEXT.replace('"groups": [{ "id": "drums"', '"groups": [{ "id": "kit"').replace(
        '"group drums"',
        '"group kit"',
      ),
    );
  });

  it("cannot be the master's, empty, or another's", () => {
    const names = channelNames(TEXT);
    const kick = names.find(({ id }) => id === "kick")!;
    assert.match(objectionToName(names, kick, "master")!, /master's/);
    assert.match(objectionToName(names, kick, " ")!, /empty/);
    assert.match(objectionToName(names, kick, "room")!, /taken/);
    assert.equal(objectionToName(names, kick, "kick"), undefined);
    assert.equal(objectionToName(names, kick, "snare"), undefined);
  });

  it("are found in a text that is broken", () => {
    const broken = TEXT.slice(0, TEXT.indexOf('"groups"'));
    assert.deepEqual(
      channelNames(broken).map(({ id }) => id),
      ["kick", "drums", "room", "bass", "kick", "drums", "room", "drums"],
    );
    assert.deepEqual(channelNames("{"), []);
    assert.deepEqual(channelNames('{ "tracks": 1, "buses": [null, 3, {"id": 4}] }'), []);
  });
});
