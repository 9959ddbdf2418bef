import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { parseAlbum, referencesOf } from "../../src/session/albumDocument.js";
import { formatDiagnostic, type Diagnostic } from "../../src/session/diagnostic.js";
import { parseMix } from "../../src/session/mixDocument.js";

const MIX = `{
  "headroom": 1, // format version
  "title": "Night Drive", "sampleRate": 48000, "tempo": 96,
  "tracks": [
    { "id": "kick", "name": "Kick", "color": "#c4513f",
      "clips": [ { "file": "stems/kick.wav", "start": 0, "offset": 0, "length": 12.5, "gain": -1.5,
                   "fadeIn": { "length": 0.01, "shape": "linear" }, "fadeOut": { "length": 0.2, "shape": "equalPower" } } ],
      "trim": 0, "polarity": "normal",
      "inserts": [
        { "type": "eq", "bands": [ { "type": "highpass", "frequency": 30, "slope": 24 }, { "type": "peak", "frequency": 300, "gain": -3, "q": 1.2 } ] },
        { "type": "compressor", "threshold": -18, "ratio": 4, "attack": 10, "release": 120, "knee": 6, "makeup": 2 } ],
      "pan": 0, "fader": "-inf", "mute": false, "solo": false }, ],
  "master": { "inserts": [ { "type": "limiter", "ceiling": -1, "truePeak": true } ], "fader": 0 },
  "markers": [ { "time": 0, "name": "Intro" } ]
}`;

const ALBUM = `{
  "headroom": 1, "title": "Night Drive", "artist": "X", "year": 2026, "genre": "Synth", "upc": "123456789012",
  "target": { "loudness": -14, "mode": "album", "truePeak": -1, "preset": "streaming" },
  "chain": [ { "type": "stereo", "monoBelow": 90 } ],
  "songs": [ { "source": "01-intro.mix.json", "title": "Intro", "isrc": "QZ-ABC-26-00001", "loudness": -1.5, "chain": [], "gap": 2.0, "fadeOut": 4 },
             { "source": "masters/02.wav", "title": "Two" } ],
  "deliver": [ { "format": "wav", "sampleRate": 44100, "bitDepth": 16, "dither": "shaped" }, { "format": "wav", "bitDepth": "32f" } ],
  "output": "release"
}`;

const shown = (diagnostics: readonly Diagnostic[]): string[] =>
  diagnostics.map(
    ({ start, severity, code }) => `${start.line + 1}:${start.character + 1} ${severity} ${code}`,
  );

type Path = readonly (string | number)[];

/** Paths to all values in a document, its root included. */
function placesOf(value: unknown): Path[] {
  if (typeof value !== "object" || value === null) return [[]];
  const entries = Object.entries(value).map(([key, each]: [string, unknown]) => {
    return placesOf(each).map((path) => [Array.isArray(value) ? Number(key) : key, ...path]);
  });
  return [[], ...entries.flat()];
}

function withValueAt(document: unknown, [key, ...rest]: Path, value: unknown): unknown {
  if (key === undefined) return value;
  const copy = structuredClone(document) as Record<string | number, unknown>;
  copy[key] = withValueAt(copy[key], rest, value);
  return copy;
}

describe("documents", () => {
  it("reads the mix session of the design without a word", () => {
    const { value, diagnostics } = parseMix(MIX);
    assert.deepEqual(diagnostics, []);
    assert.equal(value?.tracks[0]?.fader, -Infinity);
    assert.equal(value?.tracks[0]?.inserts[1]?.type, "compressor");
    assert.equal(value?.panLaw, -3);
    assert.equal(value?.tracks[0]?.inserts[0]?.bypass, false);
  });

  it("reads the album of the design without a word, and fills in what depends on other keys", () => {
    const { value, diagnostics } = parseAlbum(ALBUM);
    assert.deepEqual(diagnostics, []);
    assert.deepEqual(
      value?.deliver.map(({ bitDepth, dither }) => [bitDepth, dither]),
      [
        [16, "shaped"],
        ["32f", "none"],
      ],
    );
    assert.equal(value?.target.maxGainReduction, 3);
    assert.equal(value?.songs[1]?.gap, 2);
  });

  const faults: [name: string, from: string, to: string, expected: string][] = [
    ["a number out of range", '"pan": 0', '"pan": 3', "12:14 error range"],
    ["a missing comma", '"sampleRate": 48000,', '"sampleRate": 48000', "3:47 error syntax"],
    ["a wrong type", '"title": "Night Drive"', '"title": 5', "3:12 error type"],
    ["an unknown choice", '"polarity": "normal"', '"polarity": "up"', "8:30 error value"],
    ["an unknown key", '"trim": 0', '"trimm": 0', "8:7 warning unknown-key"],
    ["a key given twice", '"trim": 0', '"trim": 0, "trim": 1', "8:18 error duplicate-key"],
    ["another version", '"headroom": 1', '"headroom": 2', "2:15 error version"],
    ["an insert nobody knows", '"type": "limiter"', '"type": "exciter"', "13:38 error value"],
    ["a wrong element of a pair", '"name": "Intro" }', '"name": 1 }', "14:37 error type"],
    ["what is missing, at what it is missing from", '"id": "kick", ', "", "5:5 error missing"],
    ["a symbol that is no value", '"fader": "-inf"', '"fader": NaN', "12:26 error syntax"],
    ["a level beyond all numbers", '"fader": "-inf"', '"fader": 1e999', "12:26 error value"],
    ["a level that is too high", '"fader": "-inf"', '"fader": 24.5', "12:26 error range"],
    ["a fraction of a hertz", '"sampleRate": 48000', '"sampleRate": 44100.5', "3:41 error type"],
    ["an insert without a type", '"type": "limiter", ', "", "13:28 error missing"],
    ["a string that is not closed", '"Intro" }', '"Intro }', "14:37 error syntax"],
    ["an output that does not exist", '"pan": 0', '"output": "drums"', "12:17 error unknown-bus"],
    ["a send to nowhere", '"pan": 0', '"sends": [{ "to": "plate" }]', "12:25 error unknown-bus"],
  ];
  for (const [name, from, to, expected] of faults) {
    it(`finds ${name} at its place`, () => {
      assert.ok(MIX.includes(from));
      const { value, diagnostics } = parseMix(MIX.replace(from, to));
      assert.deepEqual(shown(diagnostics).slice(0, 1), [expected], diagnostics[0]?.message);
      assert.equal(value === undefined, expected.includes("error"));
    });
  }

  it("says what was meant by an unknown key", () => {
    const [diagnostic] = parseMix(MIX.replace('"trim": 0', '"trimm": 0')).diagnostics;
    assert.match(diagnostic!.message, /Did you mean `trim`\?/);
  });

  it("says which values are allowed", () => {
    const message = (from: string, to: string): string =>
      parseMix(MIX.replace(from, to)).diagnostics[0]!.message;
    assert.match(message('"pan": 0', '"pan": 3'), /`tracks\[0\]\.pan` is 3; it must be between -1 and 1\./);
    assert.match(message('"slope": 24', '"slope": 13'), /one of 6, 12, 18, 24, 36, 48/);
    assert.match(message('"ratio": 4', '"ratio": "4:1"'), /must be a number/);
  });

  it("says one thing about one mistake", () => {
    for (const [name, from, to, expected] of faults) {
      if (expected.includes("unknown-bus") || name.startsWith("a send") || name.startsWith("a string"))
        continue;
      assert.equal(parseMix(MIX.replace(from, to)).diagnostics.length, 1, name);
    }
  });

  it("suggests only keys of the place that are not given yet", () => {
    const messages = (from: string, to: string): string =>
      parseMix(MIX.replace(from, to))
        .diagnostics.map(({ message }) => message)
        .join(" ");
    assert.match(messages('"q": 1.2', '"qq": 1.2'), /Did you mean `q`\?/);
    assert.match(messages('"ratio": 4', '"raito": 4'), /Did you mean `ratio`\?/);
    assert.doesNotMatch(messages('"trim": 0', '"threshold": 0'), /Did you mean/);
    assert.doesNotMatch(messages('"pan": 0', '"pan": 0, "pans": 0'), /Did you mean/);
  });

  it("suggests the insert that was meant", () => {
    const [diagnostic] = parseMix(MIX.replace('"limiter"', '"limitter"')).diagnostics;
    assert.equal(
      diagnostic?.message,
      '"limitter" is not an insert that Headroom knows. Did you mean "limiter"?',
    );
  });

  it("refuses sets that no encoder could write, and names that do not tell songs apart", () => {
    const faultsOf = (set: string): string[] =>
      shown(parseAlbum(ALBUM.replace('"format": "wav", "bitDepth": "32f"', set)).diagnostics).map((fault) =>
        fault.replace(/^[\d:]+ /, ""),
      );
    assert.deepEqual(faultsOf('"format": "flac"'), []);
    assert.deepEqual(faultsOf('"format": "mp3", "bitRate": 192, "fileName": "{title} by {artist}"'), []);
    assert.deepEqual(faultsOf('"format": "flac", "bitDepth": "32f"'), ["error delivery"]);
    assert.deepEqual(faultsOf('"format": "mp3", "sampleRate": 96000'), ["error delivery"]);
    assert.deepEqual(faultsOf('"format": "wav", "image": true'), ["error delivery"]);
    assert.deepEqual(faultsOf('"format": "flac", "fileName": "{number} {tilte}"'), ["error file-name-field"]);
    assert.deepEqual(faultsOf('"format": "flac", "fileName": "{album}"'), ["error file-name-same"]);
  });

  it("refuses a delivery set that is listed twice", () => {
    const twice = ALBUM.replace(
      '{ "format": "wav", "bitDepth": "32f" }',
      '{ "format": "wav", "sampleRate": 44100, "bitDepth": 16 }',
    );
    assert.deepEqual(shown(parseAlbum(twice).diagnostics), ["7:94 error duplicate-delivery"]);
  });

  it("says no more about a document of another version", () => {
    const { diagnostics } = parseAlbum('{ "headroom": 2, "tracks": "all new" }');
    assert.deepEqual(shown(diagnostics), ["1:15 error version"]);
    assert.match(diagnostics[0]!.message, /version 2; this Headroom reads version 1\. Update Headroom/);
  });

  it("takes one reference or several", () => {
    const withReference = (text: string) =>
      parseAlbum(ALBUM.replace('"output"', `"reference": ${text}, "output"`));
    const one = withReference('{ "file": "a.wav" }').value!;
    assert.deepEqual(referencesOf(one), [
      { file: "a.wav", amount: 100, weight: 1, width: true, loudness: false },
    ]);
    const two = withReference('[{ "file": "a.wav", "weight": 2 }, { "file": "b.wav" }]').value!;
    assert.deepEqual(
      referencesOf(two).map(({ file, weight }) => [file, weight]),
      [
        ["a.wav", 2],
        ["b.wav", 1],
      ],
    );
    assert.equal(withReference("[]").value, undefined);
  });

  it("says nothing of the format is unknown", () => {
    const bus = '"buses": [{ "id": "plate", "inserts": [], "fader": -3, "output": "master" }], "master"';
    const strip = '"sends": [{ "to": "plate", "level": -18, "tap": "pre" }], "output": "plate",';
    const automation = '"automation": { "fader": [[0, "-inf"], [12.5, -3]] }, "pan": 0';
    const text = MIX.replace('"master"', bus).replace('"pan": 0', `${strip} ${automation}`);
    const codes = parseMix(text).diagnostics.map(({ code }) => code);
    assert.deepEqual(codes, []);
  });

  it("shows at most a hundred faults of a kind, and still reads the rest", () => {
    const songs = '{ "source": "a.wav", "title": "A", "gapp": 1 }, '.repeat(500);
    const { value, diagnostics } = parseAlbum(`{ "headroom": 1, "title": "A", "songs": [${songs}] }`);
    assert.equal(diagnostics.length, 100);
    assert.equal(value?.songs.length, 500);
  });

  it("does not count a byte order mark as a character, as editors do not", () => {
    const { diagnostics } = parseAlbum('\ufeff{"headroom":3}');
    assert.deepEqual(shown(diagnostics), ["1:13 error version"]);
    assert.equal(diagnostics[0]?.offset, 13);
  });

  it("underlines of an object that lacks something only its bracket", () => {
    const [diagnostic] = parseMix('{\n  "title": "A",\n  "tracks": []\n}').diagnostics;
    assert.deepEqual(
      [diagnostic?.offset, diagnostic?.length, diagnostic?.end],
      [0, 1, { line: 0, character: 1 }],
    );
  });

  it("lists faults in the order of the text", () => {
    const text = MIX.replace('"trim": 0', '"trimm": 0').replace('"tempo": 96', '"tempo": 5');
    assert.deepEqual(shown(parseMix(text).diagnostics), ["3:57 error range", "8:7 warning unknown-key"]);
  });

  it("takes keys that mean something to JavaScript for unknown ones", () => {
    for (const key of ["__proto__", "constructor", "toString"]) {
      const text = ALBUM.replace('"target": {', `"target": { "${key}": { "maxGainReduction": 9 },`);
      const { value, diagnostics } = parseAlbum(text);
      assert.deepEqual(shown(diagnostics), ["3:15 warning unknown-key"]);
      assert.equal(value?.target.maxGainReduction, 3);
    }
  });

  it("reads what it has filled in as the same document", () => {
    for (const [text, parse] of [
      [MIX, parseMix],
      [ALBUM, parseAlbum],
      ['{ "headroom": 1 }', parseMix],
      ['{ "headroom": 1, "title": "A", "songs": [{ "source": "a.wav", "title": "A" }] }', parseAlbum],
    ] as const) {
      const { value } = parse(text);
      const written = JSON.stringify(value, (_, each: unknown) => (each === -Infinity ? "-inf" : each));
      assert.ok(value);
      assert.deepEqual(parse(written), { value, diagnostics: [] });
    }
  });

  it("writes diagnostics as compilers do", () => {
    const [diagnostic] = parseMix(MIX.replace('"pan": 0', '"pan": 3')).diagnostics;
    const expected = "a.mix.json:12:14: error: `tracks[0].pan` is 3; it must be between -1 and 1. [range]";
    assert.equal(formatDiagnostic("a.mix.json", diagnostic!), expected);
  });

  it("refuses two tracks of one id", () => {
    const { diagnostics } = parseMix('{"headroom":1,"tracks":[{"id":"a"},{"id":"a"}]}');
    assert.deepEqual(shown(diagnostics), ["1:42 error duplicate-id"]);
  });

  it("survives text of any kind, and places every diagnostic inside it", () => {
    const anyText = fc.oneof(
      fc.string(),
      fc.json(),
      fc.constantFrom("", "\ufeff", "[]", "null", '{"headroom":1}', '{"__proto__":{}}'),
    );
    fc.assert(
      fc.property(anyText, fc.constantFrom(parseMix, parseAlbum), (text, parse) => {
        const lines = text.split(/\r\n|\r|\n/);
        for (const { start, end, offset, length, message } of parse(text).diagnostics) {
          assert.ok(message.length > 10);
          assert.ok(offset >= 0 && length >= 0 && offset + length <= text.length);
          for (const { line, character } of [start, end]) assert.ok(character <= (lines[line]?.length ?? -1));
        }
      }),
    );
  });

  it("survives any value in any place of a document", () => {
    const documents = [
      { text: MIX.replace(/\/\/.*/, "").replace(/, ]/, " ]"), parse: parseMix },
      { text: ALBUM, parse: parseAlbum },
    ].map(({ text, parse }) => ({ parse, document: JSON.parse(text) as unknown }));
    const anyValue = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom("-inf", "eq", "reverb", [[]], [{}], [null], { type: "eq", bands: [{ type: "tilt" }] }),
    );
    const place = fc.constantFrom(...documents).chain(({ parse, document }) =>
      fc.record({
        parse: fc.constant(parse),
        document: fc.constant(document),
        path: fc.constantFrom(...placesOf(document)),
      }),
    );
    fc.assert(
      fc.property(place, anyValue, ({ parse, document, path }, value) => {
        const text = JSON.stringify(withValueAt(document, path, value));
        const parsed = parse(text);
        const errors = parsed.diagnostics.filter(({ severity }) => severity === "error");
        assert.equal(parsed.value === undefined, errors.length > 0);
        for (const { offset, length } of parsed.diagnostics) assert.ok(offset + length <= text.length);
      }),
      { numRuns: 300 },
    );
  });

  it("refuses nesting that would overflow the stack", () => {
    const { diagnostics } = parseMix("[".repeat(100_000));
    assert.deepEqual(shown(diagnostics), ["1:101 error too-deep"]);
  });
});
