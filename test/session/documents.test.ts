import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { parseAlbum } from "../../src/session/albumDocument.js";
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
    ["an insert that is to come", '"type": "limiter"', '"type": "reverb"', "13:38 error not-available"],
    ["an insert nobody knows", '"type": "limiter"', '"type": "exciter"', "13:38 error value"],
    [
      "a send, which is not rendered yet",
      '"pan": 0',
      '"sends": [{ "to": "plate" }]',
      "12:16 error not-available",
    ],
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
        for (const { start, end, message } of parse(text).diagnostics) {
          assert.ok(message.length > 10);
          for (const { line, character } of [start, end]) assert.ok(character <= (lines[line]?.length ?? -1));
        }
      }),
    );
  });

  it("survives any value in any place of a document", () => {
    const document: unknown = JSON.parse(ALBUM);
    fc.assert(
      fc.property(
        fc.constantFrom("title", "target", "chain", "songs", "deliver"),
        fc.jsonValue(),
        (key, value) => {
          const text = JSON.stringify({ ...(document as object), [key]: value });
          const parsed = parseAlbum(text);
          assert.equal(
            parsed.value === undefined,
            parsed.diagnostics.some(({ severity }) => severity === "error"),
          );
        },
      ),
    );
  });

  it("refuses nesting that would overflow the stack", () => {
    const { diagnostics } = parseMix("[".repeat(100_000));
    assert.deepEqual(shown(diagnostics), ["1:101 error too-deep"]);
  });
});
