import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { played, servicePlayback } from "../../src/mastering/services/playback.js";
import { parseAlbum } from "../../src/session/albumDocument.js";
import { TARGETS } from "../../src/session/targets.js";

const of = (name: string) => {
  const services = servicePlayback(
    [
      { integrated: -9, truePeak: -1 },
      { integrated: -20, truePeak: -5 },
      { integrated: null, truePeak: null },
    ],
    -11,
  );
  return services.find((service) => service.name === name)!;
};

describe("what services do to a release", () => {
  it("is what Spotify gives as its example: -20 LUFS with peaks at -5 dBTP goes to -16 LUFS", () => {
    const song = played({ integrated: -20, truePeak: -5 }, TARGETS.spotify.playback);
    assert.deepEqual(song, { gain: 4, loudness: -16, isHeldBack: true });
  });

  it("turns loud songs down, and quiet ones up where the service does", () => {
    assert.deepEqual(
      of("spotify").songs.map(({ gain }) => gain),
      [-5, 4, null],
    );
    assert.deepEqual(
      of("youtube").songs.map(({ gain, isHeldBack }) => [gain, isHeldBack]),
      [
        [-5, false],
        [0, false],
        [null, false],
      ],
    );
    assert.deepEqual(
      of("deezer").songs.map(({ loudness }) => loudness),
      [-15, -20, null],
    );
  });

  it("plays an album as one where the service does", () => {
    assert.equal(of("tidal").albumGain, -5);
    assert.equal(of("spotify").albumGain, -3);
    assert.equal(of("youtube").albumGain, null);
  });

  it("is known of by album documents: a preset gives what the target itself does not", () => {
    const album = (target: string) =>
      parseAlbum(
        `{ "headroom": 1, "title": "T", "songs": [{ "source": "a.wav", "title": "A" }], "target": ${target} }`,
      );
    assert.deepEqual(
      [album("{}"), album('{ "preset": "amazonMusic" }'), album('{ "preset": "r128", "loudness": -22 }')].map(
        ({ value }) => [value!.target.loudness, value!.target.truePeak, value!.target.mode],
      ),
      [
        [-14, -1, "album"],
        [-14, -2, "album"],
        [-22, -1, "track"],
      ],
    );
    const [wrong] = album('{ "preset": "spotfy" }').diagnostics;
    assert.match(wrong!.message, /one of .*"spotify"/);
    assert.equal(wrong!.severity, "error");
  });
});
