import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, describe, it } from "node:test";
import { WavWriter } from "../../../src/audio/wavWriter.js";
import type { AlbumResult } from "../../../src/mastering/results.js";
import { Studio } from "../../../src/mastering/studio.js";
import { seededRandom } from "../../../src/units/random.js";

const RATE = 44100;

describe("mastering again", () => {
  let folder: string;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "headroom-again-"));
    ["a", "b", "c"].forEach((name, i) => writeSong(`${name}.wav`, 0.1 + 0.2 * i, i + 1));
    await master();
  });
  after(() => rmSync(folder, { recursive: true }));

  function writeSong(name: string, level: number, seed: number): void {
    const random = seededRandom(seed);
    const samples = new Float32Array(2 * 6 * RATE);
    for (let i = 0; i < samples.length; i++)
      samples[i] =
        level *
        (0.5 * Math.sin((2 * Math.PI * 220 * (i >> 1)) / RATE) +
          0.3 * Math.exp(-((i / RATE) % 1) * 9) * (random() - 0.5));
    const writer = WavWriter.create(join(folder, name), { sampleRate: RATE, channels: 2, layout: "f32" });
    writer.write(new Uint8Array(samples.buffer));
    writer.finish();
  }

  const SONGS = ["a", "b", "c"].map((name) => ({ source: `${name}.wav`, title: name, gap: 0.5 }));
  const DELIVER = [{ format: "wav", bitDepth: 16 }, { format: "flac", bitDepth: 16 }, { format: "mp3" }];

  async function master(
    album: object = {},
    options: { isForced?: boolean; output?: string; isCached?: boolean } = {},
  ): Promise<AlbumResult> {
    const { isCached = true, ...rest } = options;
    const path = join(folder, "test.album.json");
    const target = { mode: "track", loudness: -16 };
    writeFileSync(
      path,
      JSON.stringify({ headroom: 1, title: "T", target, songs: SONGS, deliver: DELIVER, ...album }),
    );
    const cacheFolder = isCached ? join(folder, "cache") : undefined;
    const studio = new Studio({ workerPath: resolve("dist/worker.js"), workers: 2, cacheFolder });
    try {
      const result = await studio.masterAlbum(path, { output: "out", ...rest });
      for (const { error } of result.songs) assert.equal(error, undefined);
      return result;
    } finally {
      await studio.dispose();
    }
  }

  /** Every file of a release with its hash, and which one it is on the disk. */
  function release(name: string): Map<string, { hash: string; inode: number }> {
    const files = readdirSync(join(folder, name), { recursive: true, encoding: "utf8" }).sort();
    return new Map(
      files
        .filter((file) => statSync(join(folder, name, file)).isFile())
        .map((file) => {
          const path = join(folder, name, file);
          const hash = createHash("sha256").update(readFileSync(path)).digest("hex");
          return [file, { hash, inode: statSync(path).ino }];
        }),
    );
  }
  const hashesOf = (files: ReturnType<typeof release>): [string, string][] =>
    [...files].map(([file, { hash }]) => [file, hash]);
  const isAudio = (file: string): boolean => /\.(wav|flac|mp3)$/.test(file);

  it("leaves alone what has not changed", async () => {
    const earlier = release("out");
    const result = await master();
    const now = release("out");
    assert.deepEqual(hashesOf(now), hashesOf(earlier));
    for (const [file, { inode }] of earlier)
      if (isAudio(file)) assert.equal(now.get(file)!.inode, inode, file);
    assert.equal(result.songs[0]!.deliveries.length, 3);
  });

  it("gives what mastering all of it gives, after a change of one song", async () => {
    const songs = SONGS.map((song, i) => (i === 1 ? { ...song, loudness: -3.5 } : song));
    const earlier = release("out");
    await master({ songs });
    const now = release("out");
    await master({ songs }, { output: "fresh", isCached: false });
    assert.deepEqual(hashesOf(now), hashesOf(release("fresh")));
    // The album's gain is in the tags of the others: they are other files with the same sound.
    assert.notEqual(
      now.get([...now.keys()].find((file) => file.endsWith("01 a.wav"))!)!.hash,
      earlier.get([...now.keys()].find((file) => file.endsWith("01 a.wav"))!)!.hash,
    );
    await master();
    assert.deepEqual(hashesOf(release("out")), hashesOf(earlier));
  });

  it("finds masters that have been altered or removed, whatever time they bear", async () => {
    const earlier = release("out");
    const [first, , third] = [...earlier.keys()].filter((file) => file.endsWith(".wav"));
    const bytes = readFileSync(join(folder, "out", first!));
    bytes[5000]! ^= 1;
    writeFileSync(join(folder, "out", first!), bytes);
    rmSync(join(folder, "out", third!));
    await master();
    assert.deepEqual(hashesOf(release("out")), hashesOf(earlier));
  });

  it("masters all of it when it is told to", async () => {
    const earlier = release("out");
    await master({}, { isForced: true });
    const now = release("out");
    assert.deepEqual(hashesOf(now), hashesOf(earlier));
    for (const [file, { inode }] of earlier)
      if (isAudio(file)) assert.notEqual(now.get(file)!.inode, inode, file);
  });

  it("masters anew when a source, the chain or a tag has changed", async () => {
    const bands = [{ type: "peak", frequency: 1000, gain: 2 }];
    for (const change of [{ chain: [{ type: "eq", bands }] }, { title: "U" }, { artist: "Somebody" }]) {
      const earlier = release("out");
      await master(change);
      const now = release("out");
      for (const [file, { hash }] of earlier)
        if (isAudio(file)) assert.notEqual(now.get(file)!.hash, hash, file);
    }
    writeSong("a.wav", 0.2, 9);
    const earlier = release("out");
    await master({ artist: "Somebody" });
    const now = release("out");
    for (const file of now.keys())
      if (file.endsWith("01 a.flac")) assert.notEqual(now.get(file)!.hash, earlier.get(file)!.hash);
  });

  it("writes a lock file that is the same for the same release, and has no times in it", async () => {
    await master();
    const lock = readFileSync(join(folder, "test.album.lock.json"), "utf8");
    await master({}, { isForced: true });
    assert.equal(readFileSync(join(folder, "test.album.lock.json"), "utf8"), lock);
    const { songs } = JSON.parse(lock) as { songs: { integrated: string; files: Record<string, string> }[] };
    assert.ok(Math.abs(Number(songs[0]!.integrated) + 16) < 0.1);
    for (const { files } of songs)
      for (const [file, hash] of Object.entries(files))
        assert.equal(hash, `sha256-${release("out").get(file)!.hash}`);
    assert.ok(!lock.includes(folder));
  });
});
