import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { mixChanges } from "../../src/session/mixChanges.js";
import { parseMix } from "../../src/session/mixDocument.js";

const session = (text: string) => {
  const { value, diagnostics } = parseMix(`{ "headroom": 1, ${text} }`);
  assert.ok(value, JSON.stringify(diagnostics));
  return value;
};
const changes = (before: string, after: string): string[] => mixChanges(session(before), session(after));
const track = (rest: string, inserts = "", clips = ""): string =>
  `"tracks": [{ "id": "vox", "name": "Vocal", ${rest} "inserts": [${inserts}], "clips": [${clips}] }], "buses": [{ "id": "room", "name": "Room" }]`;

describe("changes of a mix in words", () => {
  it("are none where only the writing differs", () => {
    assert.deepEqual(changes(track('"fader": 0,'), track('"pan": 0,')), []);
  });

  it("name faders, pans and switches with their units", () => {
    assert.deepEqual(changes(track('"fader": -2,'), track('"fader": -0.5, "pan": 0.25, "mute": true,')), [
      "Vocal: pan 0 → 0.25",
      "Vocal: fader -2 → -0.5 dB",
      "Vocal: mute on",
    ]);
    assert.deepEqual(changes(track('"fader": "-inf",'), track("")), ["Vocal: fader -inf → 0 dB"]);
    assert.deepEqual(changes('"tempo": 90', '"tempo": 120'), ["Session: tempo 90 → 120 beats per minute"]);
  });

  it("follow an insert through others that come and go", () => {
    const compressor = (threshold: number): string => `{ "type": "compressor", "threshold": ${threshold} }`;
    const eq = (gain: number): string =>
      `{ "type": "eq", "name": "Air", "bands": [{ "type": "highshelf", "frequency": 10000, "gain": ${gain} }] }`;
    assert.deepEqual(
      changes(
        track("", `{ "type": "gate" }, ${compressor(-18)}, ${eq(1)}`),
        track("", `${compressor(-20)}, { "type": "deesser" }, ${eq(2.5)}`),
      ),
      [
        "Vocal: gate removed",
        "Vocal, compressor: threshold -18 → -20 dB",
        "Vocal: deesser added",
        "Vocal, Air, band 1: gain 1 → 2.5 dB",
      ],
    );
  });

  it("name sends, clips, and channels that come and go", () => {
    const clip = (start: number, gain = 0): string =>
      `{ "file": "v.wav", "start": ${start}, "gain": ${gain} }`;
    assert.deepEqual(
      changes(
        track("", "", `${clip(0)}, ${clip(8)}`),
        track('"sends": [{ "to": "room", "level": -12 }],', "", `${clip(0)}, ${clip(8.5, 2)}`),
      ),
      [
        "Vocal, clip v.wav: start 8 → 8.5 s",
        "Vocal, clip v.wav: gain 0 → 2 dB",
        "Vocal: send to room added at -12 dB",
      ],
    );
    assert.deepEqual(changes('"tracks": [{ "id": "a" }]', '"tracks": [{ "id": "b" }]'), [
      "Track a removed",
      "Track b added",
    ]);
  });

  it("tell of automation", () => {
    const automated = track('"automation": { "fader": [[0, 0], [4, -6]] },');
    assert.deepEqual(changes(track(""), automated), ["Vocal: automation of fader added"]);
  });
});
