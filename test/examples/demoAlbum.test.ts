import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, describe, it } from "node:test";
import { parse } from "jsonc-parser";
import { composeAlbum, composeStem, SONGS, stemPath } from "../../examples/demo-album/composeAlbum.js";
import { chords, melody, pattern } from "../../examples/demo-album/score.js";
import { parseAlbum } from "../../src/session/albumDocument.js";
import { parseMix } from "../../src/session/mixDocument.js";

const ALBUM = "examples/demo-album";
/** Long enough for every part of at least one song to have begun. */
const EXCERPT_SECONDS = 6;

const temporary = mkdtempSync(join(tmpdir(), "headroom-demo-"));
after(() => rmSync(temporary, { recursive: true, force: true }));

const partsOf = SONGS.flatMap((song) =>
  Object.entries(song.parts).map(([name, part]) => ({ song, part, path: stemPath(song, name) })),
);

describe("composed stems", () => {
  for (const { song, part, path } of partsOf) {
    it(`${path} is clean`, () => {
      const stem = composeStem(song, part, EXCERPT_SECONDS);
      assert.equal(stem.channels.length, part.channels);
      for (const samples of stem.channels) {
        let [sum, peak] = [0, 0];
        for (const sample of samples) {
          sum += sample;
          peak = Math.max(peak, Math.abs(sample));
          if (!Number.isFinite(sample)) assert.fail("a sample is not finite");
        }
        assert.ok(peak < 0.75, `peak ${peak}: stems keep 3 dB below full scale`);
        // -60 dBFS: an excerpt that ends in the middle of a wave has a mean, but a small one.
        assert.ok(Math.abs(sum / samples.length) < 1e-3, `DC ${sum / samples.length}`);
        assert.ok(samples.at(-1) === 0, "ends in silence");
      }
    });
  }

  it("are the same bytes every time, and not silent", () => {
    for (const { song, part, path } of partsOf.filter((_, i) => i % 3 === 0)) {
      const [first, second] = [0, 1].map(() => composeStem(song, part, EXCERPT_SECONDS).to24Bit());
      assert.ok(Buffer.from(first!).equals(second!), path);
      assert.ok(
        first!.some((byte) => byte !== 0),
        `${path} is silent`,
      );
    }
  });

  it("are 24-bit little-endian, interleaved", () => {
    const { song, part } = partsOf.find((each) => each.part.channels === 2)!;
    const stem = composeStem(song, part, 1);
    const bytes = Buffer.from(stem.to24Bit());
    assert.equal(bytes.length, 3 * 2 * song.sampleRate);
    const frame = 12345;
    stem.channels.forEach((samples, side) => {
      assert.equal(bytes.readIntLE(3 * (2 * frame + side), 3), Math.round(samples[frame]! * 2 ** 23));
    });
  });
});

describe("composeAlbum", () => {
  it("leaves alone what is there in this edition", () => {
    const folder = join(temporary, "album");
    for (const { path } of partsOf) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), "as it was");
    }
    writeFileSync(join(folder, "stems", ".composed"), "edition 1\n");
    const hasComposed = composeAlbum(folder, "edition 1", () => assert.fail("composed again"));
    assert.equal(hasComposed, false);
    assert.equal(readFileSync(join(folder, partsOf[0]!.path), "utf8"), "as it was");
  });
});

describe("the album's documents", () => {
  const stems = new Set(partsOf.map(({ path }) => path));
  const album = parseAlbum(readFileSync(join(ALBUM, "record.album.json"), "utf8"));

  it("are without any fault", () => {
    assert.deepEqual(album.diagnostics, []);
    assert.deepEqual(
      album.value?.songs.map(({ title }) => title),
      SONGS.map(({ title }) => title),
    );
    for (const { source } of album.value.songs) {
      assert.ok(existsSync(join(ALBUM, source)) && statSync(join(ALBUM, source)).isFile(), source);
      assert.deepEqual(parseMix(readFileSync(join(ALBUM, source), "utf8")).diagnostics, [], source);
    }
  });

  it("use every stem, and no other file", () => {
    const used = album.value!.songs.flatMap(({ source }) => {
      const session = parse(readFileSync(join(ALBUM, source), "utf8")) as {
        tracks: { clips: { file: string }[] }[];
      };
      return session.tracks.flatMap(({ clips }) => clips.map(({ file }) => file));
    });
    assert.deepEqual(new Set(used), stems);
  });

  it("have the sample rates of their stems", () => {
    album.value!.songs.forEach(({ source }, i) => {
      const session = parseMix(readFileSync(join(ALBUM, source), "utf8")).value!;
      assert.equal(session.sampleRate, SONGS[i]!.sampleRate, source);
    });
  });
});

describe("the score's notation", () => {
  it("reads melodies: beats, rests, accents", () => {
    assert.deepEqual(melody(1, "A4:1.5! r:.5 | C#5:2"), [
      { beat: 4, length: 1.5, pitch: 69, velocity: 1 },
      { beat: 6, length: 2, pitch: 73, velocity: 0.75 },
    ]);
    assert.throws(() => melody(0, "H4:1"), RangeError);
  });

  it("lays chords into the octave above the lowest note", () => {
    assert.deepEqual(chords("Am7 | F", "A3"), [
      { root: 45, tones: [57, 60, 64, 67] },
      { root: 41, tones: [57, 60, 65] },
    ]);
    assert.throws(() => chords("Am13b9", "A3"), RangeError);
  });

  it("reads drum patterns by the sixteenth", () => {
    assert.deepEqual(
      pattern(0, "X... o...").map(({ beat, velocity }) => [beat, velocity]),
      [
        [0, 1],
        [1, 0.4],
      ],
    );
  });
});
