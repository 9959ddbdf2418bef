import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, describe, it } from "node:test";
import { WavWriter } from "../../src/audio/wavWriter.js";
import type { SongResult } from "../../src/mastering/results.js";
import { Studio } from "../../src/mastering/studio.js";
import { seededRandom } from "../../src/units/random.js";

const RATE = 44100;
const SECONDS = 6;
type Sides = [left: Float32Array, right: Float32Array];

describe("quality control", () => {
  let folder: string;
  const results = new Map<string, SongResult>();
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "headroom-quality-"));
    for (const [name, spoil] of Object.entries(SONGS)) write(name, spoil);
    const path = join(folder, "x.album.json");
    const songs = Object.keys(SONGS).map((name) => ({
      source: `${name}.wav`,
      title: name,
      gap: 0,
      isrc: "QZABC2600001",
    }));
    const album = {
      headroom: 1,
      title: "T",
      artist: "A",
      year: 2026,
      target: { mode: "track", loudness: -20 },
      songs,
    };
    writeFileSync(
      path,
      JSON.stringify({ ...album, deliver: [{ format: "wav", sampleRate: 48000, bitDepth: 24 }] }),
    );
    const studio = new Studio({ workerPath: resolve("dist/worker.js"), workers: 2 });
    try {
      for (const song of (await studio.masterAlbum(path, { output: "out" })).songs)
        results.set(song.title, song);
    } finally {
      await studio.dispose();
    }
  });
  after(() => rmSync(folder, { recursive: true }));

  /** A chord that swells and fades, and a quiet room. */
  function clean(): Sides {
    const random = seededRandom(5);
    const sides: Sides = [new Float32Array(SECONDS * RATE), new Float32Array(SECONDS * RATE)];
    for (let i = 0; i < SECONDS * RATE; i++) {
      const t = i / RATE;
      const swell = Math.sin((Math.PI * t) / SECONDS) ** 2;
      const chord = [110, 220, 277.2, 329.6].reduce((sum, f) => sum + Math.sin(2 * Math.PI * f * t), 0) / 8;
      sides.forEach((side) => (side[i] = swell * (0.5 * chord + 0.02 * (random() - 0.5))));
    }
    return sides;
  }

  const SONGS: Readonly<Record<string, (sides: Sides) => Sides>> = {
    clean: (sides) => sides,
    clipped: (sides) => sides.map((side) => side.map((x) => Math.max(-1, Math.min(1, 8 * x)))) as Sides,
    click: ([left, right]) => {
      left[2.5 * RATE]! += 0.4;
      return [left, right];
    },
    dropout: (sides) => sides.map((side) => side.fill(0, 3 * RATE, 3.02 * RATE)) as Sides,
    offset: (sides) => sides.map((side) => side.map((x) => x + 0.01)) as Sides,
    leaning: ([left, right]) => [left, right.map((x) => x / 2)],
    oneSided: ([left, right]) => [left.fill(0), right],
    inverted: ([left, right]) => [left, right.map((x) => -x)],
    late: (sides) =>
      sides.map((side) => {
        const later = new Float32Array(2 * RATE + side.length);
        later.set(side, 2 * RATE);
        return later;
      }) as Sides,
    cut: (sides) => sides.map((side) => side.slice(0, 3 * RATE)) as Sides,
  };

  function write(name: string, spoil: (sides: Sides) => Sides): void {
    const [left, right] = spoil(clean());
    const samples = new Float32Array(2 * left.length);
    left.forEach((value, i) => {
      samples[2 * i] = value;
      samples[2 * i + 1] = right[i]!;
    });
    const writer = WavWriter.create(join(folder, `${name}.wav`), {
      sampleRate: RATE,
      channels: 2,
      layout: "f32",
    });
    writer.write(new Uint8Array(samples.buffer));
    writer.finish();
  }

  const found = (name: string): [kind: string, time: number | null][] =>
    results
      .get(name)!
      .quality.before.filter(({ severity }) => severity === "warning")
      .map(({ kind, time }) => [kind, time]);

  it("has nothing to say of a clean song, nor of its master", () => {
    assert.deepEqual(found("clean"), []);
    for (const { quality, error } of results.values()) {
      assert.equal(error, undefined);
      assert.deepEqual(
        quality.after.filter(({ kind }) => kind === "over"),
        [],
      );
    }
  });

  it("finds what is wrong, where it is", () => {
    const near = (name: string, kind: string, seconds: number, tolerance: number): void => {
      const times = found(name).flatMap(([each, time]) => (each === kind ? [time] : []));
      assert.ok(
        times.some((time) => time !== null && Math.abs(time - seconds) <= tolerance),
        `${name}: ${JSON.stringify(found(name))}`,
      );
    };
    near("click", "click", 2.5, 1 / RATE);
    near("dropout", "dropout", 3, 1 / RATE);
    near("cut", "cut", 3, 0.05);
    assert.ok(found("clipped").some(([kind]) => kind === "clipping"));
    assert.deepEqual(
      found("offset").map(([kind]) => kind),
      ["dc"],
    );
    assert.deepEqual(
      found("inverted").map(([kind]) => kind),
      ["phase"],
    );
    assert.deepEqual(
      found("oneSided").map(([kind]) => kind),
      ["imbalance"],
    );
    const leaning = results.get("leaning")!.quality.before.find(({ kind }) => kind === "imbalance");
    assert.match(leaning!.message, /^The left side is 6\.0 dB louder than the right one/);
    const head = results.get("late")!.quality.before.find(({ kind }) => kind === "silence");
    assert.match(head!.message, /^2\.[0-3] s of silence at its head/);
  });

  it("tells of files that are more than their source, and of what is missing", () => {
    const { before: all } = results.get("clean")!.quality;
    assert.match(
      all.map(({ message }) => message).join("\n"),
      /delivered at 48000 Hz, but its source has 44100 Hz/,
    );
    assert.ok(!all.some(({ kind }) => kind === "metadata"));
  });

  it("is in the report, with the time", () => {
    const report = readFileSync(join(folder, "out", "x.report.md"), "utf8");
    assert.match(report, /## Quality control[^]*- click, source, 0:02\.5: Click: /);
  });
});
