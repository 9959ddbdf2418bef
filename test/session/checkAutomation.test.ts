/** Automation, groups and file names of a session: every fault at its line and column. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { automationTarget } from "../../src/session/automationTarget.js";
import { insertDefaults } from "../../src/session/insertTable.js";
import { parseAlbum } from "../../src/session/albumDocument.js";
import { parseMix } from "../../src/session/mixDocument.js";
import { stripSchema } from "../../src/session/strip.js";

/** What is said of a session, but for what is not rendered yet. */
function said(text: string, parse: typeof parseMix | typeof parseAlbum = parseMix): string[] {
  return parse(text)
    .diagnostics.filter(({ code }) => code !== "not-available")
    .map(
      ({ start, severity, code, message }) =>
        `${start.line + 1}:${start.character + 1} ${severity} ${code}: ${message}`,
    );
}

/** A session whose line 3 is the automation of its one track. */
const automated = (automation: string, inserts = ""): string =>
  `{ "headroom": 1, "tracks": [{ "id": "a", "sends": [{ "to": "fx" }], "inserts": [${inserts}],\n"automation":\n{ ${automation} } }],
    "buses": [{ "id": "fx" }] }`;

const COMPRESSOR = '{ "type": "compressor" }';
const EQ = '{ "type": "eq", "bands": [{ "type": "peak", "frequency": 100 }] }';

describe("automation paths", () => {
  it("name every number and level of a strip, its sends and its inserts", () => {
    for (const path of [
      ...["trim", "pan", "width", "fader", "sends/0/level", "sends/0/pan"],
      ...["inserts/0/threshold", "inserts/0/mix", "inserts/1/bands/0/gain", "inserts/1/bands/0/frequency"],
    ]) {
      assert.deepEqual(
        said(automated(`"${path}": [[0, 20], [1, 20]]`, `${COMPRESSOR}, ${EQ}`)).filter(
          (each) => !each.includes("out of range"),
        ),
        [],
        path,
      );
    }
  });

  const wrong: [path: string, message: RegExp][] = [
    ["inserts/0/treshold", /no parameter `inserts\/0\/treshold`\. Did you mean `inserts\/0\/threshold`\?$/],
    ["inserts/0/cutoff", /Use one of `inserts\/0\/threshold`, `inserts\/0\/ratio`/],
    ["inserts/2/ratio", /no `inserts\/2`\. Entries of `inserts` are counted from 0; they go from 0 to 1\.$/],
    ["inserts/compressor/ratio", /no `inserts\/compressor`\. Entries of `inserts` are counted from 0/],
    ["inserts/01/ratio", /no `inserts\/01`/],
    ["sends/1/level", /Entries of `sends` are counted from 0; the only one is 0\.$/],
    ["inserts/1/bands/0/slope", /cannot be automated: it is a choice/],
    ["inserts/0/detector", /cannot be automated: it is a choice/],
    ["inserts/0/lookahead", /cannot be automated: it stays as it is/],
    ["inserts/0/autoRelease", /cannot be automated: it is a switch/],
    ["inserts/0", /not a number or a level/],
    ["mute", /cannot be automated: it is a switch/],
    ["fader/level", /`fader` has nothing below it/],
    ["volume", /no parameter `volume`\. Use one of `trim`, `inserts`, `sends`, `pan`, `width`, `fader`\.$/],
    ["", /no parameter ``/],
    ["toString", /no parameter `toString`/],
  ];
  for (const [path, message] of wrong) {
    it(`say what is wrong with "${path}"`, () => {
      const [first, ...others] = said(automated(`"${path}": [[0, 0]]`, `${COMPRESSOR}, ${EQ}`));
      assert.match(first ?? "", /^3:\d+ error automation-path: /);
      assert.match(first ?? "", message);
      assert.deepEqual(others, []);
    });
  }

  it("of the master, groups and clips know what these have", () => {
    const text = `{ "headroom": 1, "tracks": [{ "id": "a", "clips": [{ "file": "a.wav", "automation": { "gain": [[0, 99]] } }] }],
"groups": [{ "id": "g", "automation": { "fader": [[0, "-inf"]], "pan": [[0, 0]] } }],
"master": { "automation": { "fader": [[0, 0]], "sends/0/level": [[0, 0]] } } }`;
    assert.deepEqual(
      said(text).map((each) => each.slice(0, 70)),
      [
        "1:100 error range: 99 is out of range; it must be between -144 and 24 ",
        "2:72 error automation-path: There is no parameter `pan`. Use one of `f",
        "3:65 error automation-path: There is no parameter `sends`. Use one of ",
      ],
    );
  });

  it("of any kind get an answer", () => {
    const owner = { id: "a", inserts: [insertDefaults("eq")], sends: [] };
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.stringMatching(/^(inserts|sends|bands|0|fader|\/){1,8}$/)),
        (path) => {
          const target = automationTarget(stripSchema, owner, path);
          assert.equal(typeof target === "string", !["trim", "pan", "width", "fader"].includes(path));
        },
      ),
    );
  });
});

describe("breakpoints", () => {
  const faults: [points: string, expected: string][] = [
    [
      "[[2, 0], [1, 0]]",
      "3:22 error automation-order: This breakpoint is at 1 s, but the one before it at 2 s. Put them in order of time.",
    ],
    ["[[0, 30]]", '3:17 error range: 30 is out of range; it must be between -144 and 24 dB, or "-inf".'],
    [
      "[]",
      "3:12 warning automation-empty: There are no breakpoints here; the parameter keeps its value. Add some, or remove it.",
    ],
    ["[[-1, 0]]", "3:14 error range: `tracks[0].automation.fader[0][0]` is -1; it must be 0 s or later."],
    [
      "[[0, NaN]]",
      "3:17 error syntax: `NaN` is no value of JSON. Write a number, true, false, null, or a text in double quotes.",
    ],
    [
      "[[0, 1e999]]",
      '3:17 error value: `tracks[0].automation.fader[0][1]` is Infinity; it must be a number, or "-inf" for a level.',
    ],
    [
      "[[0]]",
      "3:13 error range: `tracks[0].automation.fader[0]` is a list; it must be a breakpoint: [time in s, value]",
    ],
    [
      '[[0, 0, "curved"]]',
      '3:20 error value: `tracks[0].automation.fader[0][2]` is "curved"; it must be one of',
    ],
  ];
  for (const [points, expected] of faults) {
    it(`${points} are a fault at their place`, () => {
      const found = said(automated(`"fader": ${points}`));
      assert.equal(found[0]?.slice(0, expected.length), expected);
      assert.equal(found.length, 1);
    });
  }

  it("may stand at the same time: a step", () => {
    assert.deepEqual(said(automated('"fader": [[0, 0], [1, -3], [1, "-inf"], [2, 0, "hold"]]')), []);
  });

  it("are -inf for levels only", () => {
    assert.deepEqual(said(automated('"pan": [[0, "-inf"]]')), [
      '3:15 error range: "-inf" is for levels only; this must be a number between -1 and 1.',
    ]);
  });

  it("are read by the hundred thousand, and the one that is wrong is found", () => {
    const points = Array.from(
      { length: 100_000 },
      (_, i) => `[${i / 100}, ${i === 99_999 ? 99 : -(i % 90)}]`,
    );
    const found = said(automated(`"fader": [${points.join(",")}]`));
    assert.equal(found.length, 1);
    assert.match(found[0]!, /^3:\d+ error range: 99 is out of range/);
    assert.match(
      said(automated(`"fader": [${points.join(",")}, [1000, 0]]`))[0]!,
      /at most 100000 breakpoints/,
    );
  });

  it("bad: a hundred thousand faults are told as far as they help, wherever they begin", () => {
    const points = (right: number): string =>
      Array.from({ length: 100_000 }, (_, i) => (i < right ? `[${i}, 0]` : '[-1, "x"]')).join(",");
    const found = said(automated(`"fader": [${points(0)}]`));
    assert.equal(found.length, 100);
    assert.match(found[0]!, /^3:14 error range: `tracks\[0\]\.automation\.fader\[0\]\[0\]` is -1/);
    const [late, ...others] = said(automated(`"fader": [${points(200)}]`));
    assert.deepEqual(others, []);
    assert.match(late!, /^3:12 error too-many-faults: There are more faults here/);
  });
});

describe("groups", () => {
  it("have names of their own and members that exist", () => {
    const text = `{ "headroom": 1, "tracks": [{ "id": "kick" }, { "id": "snare" }], "groups": [
{ "id": "drums", "members": ["kick", "snare"] }, { "id": "all", "members": ["kick"] },
{ "id": "drums", "members": ["kik", "kick", "kick", "all", "master"] } ] }`;
    assert.deepEqual(said(text), [
      '3:9 error duplicate-id: The id "drums" is taken already. Ids are unique among groups.',
      '3:30 error unknown-channel: There is no track or bus "kik". Did you mean "kick"?',
      '3:45 warning duplicate-member: "kick" is listed twice; it counts once. Remove one of them.',
      '3:53 error unknown-channel: "all" is a group. Members are tracks and buses: list those of "all" here.',
      "3:60 error unknown-channel: The master is in no group. Automate or move its own fader.",
    ]);
  });
});

describe("file names", () => {
  it("with backslashes are flagged, in sessions and albums", () => {
    const warning = 'warning backslash: Write "stems/kick.wav", with "/": backslashes work on Windows only.';
    const mix = '{ "headroom": 1, "tracks": [{ "id": "a", "clips": [\n{ "file": "stems\\\\kick.wav" }] }] }';
    assert.deepEqual(said(mix), [`2:11 ${warning}`]);
    const album =
      '{ "headroom": 1, "title": "A", "songs": [\n{ "source": "stems\\\\kick.wav", "title": "B" }] }';
    assert.deepEqual(said(album, parseAlbum), [`2:13 ${warning}`]);
  });
});

describe("side-chains of an album", () => {
  it("are refused, since it has no channels", () => {
    const chain = '[{ "type": "compressor", "sidechain": "kick" }]';
    const text = `{ "headroom": 1, "title": "A",\n"chain": ${chain},\n"songs": [{ "source": "a.wav", "title": "B", "chain": ${chain} }] }`;
    const message = "error no-sidechain: An album has no channels that could drive a side-chain. Remove it.";
    assert.deepEqual(said(text, parseAlbum), [`2:48 ${message}`, `3:93 ${message}`]);
  });
});
