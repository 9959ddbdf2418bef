import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, describe, it } from "node:test";
import wavefile from "wavefile";
import { WavWriter } from "../../src/audio/wavWriter.js";
import type { AlbumResult, MasterProgress } from "../../src/mastering/results.js";
import { Studio } from "../../src/mastering/studio.js";
import { seededRandom } from "../../src/units/random.js";
import { referenceIntegrated, referenceTruePeak } from "../standards/referenceMeter.js";

const WORKER = resolve("dist/worker.js");
const RATE = 44100;

describe("Master Album", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "headroom-album-"));
    writeSong("quiet.wav", 0.05, 1);
    writeSong("loud.wav", 0.9, 2);
    writeSong("third.wav", 0.3, 3);
  });
  after(() => rmSync(folder, { recursive: true }));

  /** Twelve seconds of a beat: decaying bursts of noise over a chord, at a peak level of about `level`. */
  function writeSong(name: string, level: number, seed: number): void {
    const random = seededRandom(seed);
    const samples = new Float32Array(2 * 12 * RATE);
    for (let i = 0; i < samples.length / 2; i++) {
      const t = i / RATE;
      const burst = Math.exp(-((t * 2) % 1) * 12);
      const chord = [110, 138.6, 164.8].reduce((sum, f) => sum + Math.sin(2 * Math.PI * f * t), 0) / 6;
      for (const side of [0, 1])
        samples[2 * i + side] = level * (0.6 * burst * (2 * random() - 1) + 0.6 * chord);
    }
    const writer = WavWriter.create(join(folder, name), { sampleRate: RATE, channels: 2, layout: "f32" });
    writer.write(new Uint8Array(samples.buffer));
    writer.finish();
  }

  const SONGS = ["quiet", "loud", "third"].map((name) => ({ source: `${name}.wav`, title: name, gap: 0 }));

  async function master(
    album: object,
    {
      workers = 2,
      ...options
    }: {
      workers?: number;
      output?: string;
      signal?: AbortSignal;
      onProgress?: (p: MasterProgress) => void;
    } = {},
  ): Promise<AlbumResult> {
    const path = join(folder, "test.album.json");
    writeFileSync(path, JSON.stringify({ headroom: 1, title: "Test", songs: SONGS, ...album }));
    const studio = new Studio({ workerPath: WORKER, workers });
    try {
      return await studio.masterAlbum(path, { output: "out", ...options });
    } finally {
      await studio.dispose();
    }
  }

  /** Reads a delivered file with an independent reader. */
  function read(file: string): { channels: Float64Array[]; sampleRate: number; bitDepth: string } {
    const wav = new wavefile.WaveFile(readFileSync(join(folder, "out", file)));
    const { sampleRate, numChannels } = wav.fmt as { sampleRate: number; numChannels: number };
    const bitDepth = wav.bitDepth;
    const scale = bitDepth === "32f" ? 1 : 2 ** (Number(bitDepth) - 1);
    const interleaved = wav.getSamples(true, Float64Array);
    const channels = Array.from({ length: numChannels }, (_, c) =>
      Float64Array.from(
        { length: interleaved.length / numChannels },
        (__, i) => interleaved[i * numChannels + c]! / scale,
      ),
    );
    return { channels, sampleRate, bitDepth };
  }

  const hashes = (): string[] =>
    readdirSync(join(folder, "out"), { recursive: true, encoding: "utf8" })
      .filter((file) => /\.(wav|md|json|cue)$/.test(file))
      .sort()
      .map(
        (file) =>
          `${file} ${createHash("sha256")
            .update(readFileSync(join(folder, "out", file)))
            .digest("hex")}`,
      );

  it("takes the part of a source that it is told, to the sample", async () => {
    const songs = [{ ...SONGS[0], start: 2.5, end: 7.25 }];
    const deliver = [{ format: "wav", bitDepth: "32f" }];
    const [song] = (await master({ songs, deliver, target: { loudness: -30, mode: "track" } })).songs;
    assert.ok(song && song.error === undefined);
    assert.equal(song.before?.duration, 4.75);
    const samplesOf = (...names: string[]): Float32Array => {
      const bytes = readFileSync(join(folder, ...names));
      return new wavefile.WaveFile(bytes).getSamples(true, Float32Array) as unknown as Float32Array;
    };
    const source = samplesOf("quiet.wav").subarray(2 * 2.5 * RATE, 2 * 7.25 * RATE);
    const written = samplesOf("out", song.deliveries[0]!.file);
    assert.equal(written.length, source.length);
    const gain = 10 ** (song.gain / 20);
    const most = source.reduce(
      (error, sample, i) => Math.max(error, Math.abs(gain * sample - written[i]!)),
      0,
    );
    assert.ok(most < 1e-6, String(most));
    const [beyond] = (await master({ songs: [{ ...SONGS[0], end: 300 }] })).songs;
    assert.match(beyond?.error?.message ?? "", /300 s is beyond the end of the song, which is 12 s long/);
  });

  it("brings every song to the target, and no file over the ceiling, by an independent meter", async () => {
    const deliver = [
      { format: "wav", sampleRate: 48000, bitDepth: 16, dither: "shaped" },
      { format: "wav", bitDepth: 24 },
    ];
    const result = await master({
      target: { mode: "track", loudness: -14, truePeak: -1, maxGainReduction: 12 },
      deliver,
    });
    assert.equal(result.songs.length, 3);
    for (const song of result.songs) {
      assert.equal(song.error, undefined);
      assert.equal(song.files.length, 2);
      for (const file of song.files) {
        const { channels, sampleRate, bitDepth } = read(file);
        assert.deepEqual(
          [sampleRate, bitDepth],
          file.startsWith("wav-48000-16") ? [48000, "16"] : [RATE, "24"],
        );
        const integrated = referenceIntegrated(channels, sampleRate);
        assert.ok(Math.abs(integrated + 14) < 0.1, `${file}: ${integrated} LUFS`);
        const truePeak = referenceTruePeak(channels);
        assert.ok(truePeak <= -1, `${file}: ${truePeak} dBTP`);
      }
    }
  });

  it("says how far a song stays short when the limiter may not do more", async () => {
    const result = await master({ target: { mode: "track", loudness: -8, maxGainReduction: 1 } });
    for (const { after: measured, gainReductionP95, warnings } of result.songs) {
      assert.ok(gainReductionP95 >= -1.05, `${gainReductionP95} dB`);
      assert.ok(measured!.loudness.integrated! < -8.1);
      assert.match(warnings.join(), /LU short of -8\.0 LUFS/);
    }
  });

  it("keeps the differences in preserve mode", async () => {
    const result = await master({ target: { mode: "preserve", loudness: -20 } });
    const differences = result.songs.map(
      (song) => song.after!.loudness.integrated! - song.before!.loudness.integrated!,
    );
    for (const difference of differences)
      assert.ok(Math.abs(difference - differences[0]!) < 0.05, differences.join());
  });

  it("appends the gap, fades out, and leaves the sources alone", async () => {
    const before = createHash("sha256")
      .update(readFileSync(join(folder, "loud.wav")))
      .digest("hex");
    await master({ songs: [{ ...SONGS[1], gap: 1.5, fadeOut: 2 }, SONGS[0]] });
    const { channels, sampleRate } = read("01 loud.wav");
    assert.equal(channels[0]!.length, 13.5 * sampleRate);
    // 24 bit TPDF dither is at most two steps.
    const silence = channels[0]!.subarray(12 * sampleRate);
    assert.ok(silence.every((sample) => Math.abs(sample) <= 2 ** -22));
    assert.ok(Math.max(...channels[0]!.subarray(11.99 * sampleRate, 12 * sampleRate).map(Math.abs)) < 0.001);
    assert.equal(
      createHash("sha256")
        .update(readFileSync(join(folder, "loud.wav")))
        .digest("hex"),
      before,
    );
  });

  it("gives the same bytes for any number of workers", async () => {
    rmSync(join(folder, "out"), { recursive: true, force: true });
    await master({}, { workers: 1 });
    const first = hashes();
    assert.ok(first.length >= 5);
    rmSync(join(folder, "out"), { recursive: true });
    await master({}, { workers: 3 });
    assert.deepEqual(hashes(), first);
  });

  it("goes on when a song fails, and says where it is listed", async () => {
    writeFileSync(join(folder, "broken.wav"), "this is no audio");
    const result = await master({
      songs: [SONGS[0], { source: "broken.wav", title: "Broken" }, { source: "gone.wav", title: "Gone" }],
    });
    assert.deepEqual(
      result.songs.map(({ error }) => error === undefined),
      [true, false, false],
    );
    const { error } = result.songs[1]!;
    assert.match(error!.message, /broken\.wav/);
    assert.equal(error!.line, 1);
    assert.ok(error!.column! > 1);
    assert.equal(result.songs[0]!.files.length, 1);
  });

  it("reports progress that ends near 1 and names songs and stages", async () => {
    const seen: MasterProgress[] = [];
    await master({}, { onProgress: (progress) => seen.push(progress) });
    assert.ok(seen.at(-1).fraction > 0.9);
    for (let i = 1; i < seen.length; i++) assert.ok(seen[i]!.fraction >= seen[i - 1]!.fraction);
    assert.deepEqual(new Set(seen.map(({ title }) => title)), new Set(["quiet", "loud", "third"]));
  });

  it("leaves the output folder as it was when cancelled", async () => {
    const output = join(folder, "cancelled");
    mkdirSync(output);
    writeFileSync(join(output, "01 quiet.wav"), "older master");
    const controller = new AbortController();
    const cancelled = master(
      {},
      {
        output,
        signal: controller.signal,
        onProgress: ({ stage }) => stage === "limiting" && controller.abort(new Error("stop")),
      },
    );
    await assert.rejects(cancelled, /stop/);
    assert.deepEqual(readdirSync(output), ["01 quiet.wav"]);
    assert.equal(readFileSync(join(output, "01 quiet.wav"), "utf8"), "older master");
  });

  it("never overwrites a source", async () => {
    const source = join(folder, "01 own.wav");
    copyFileSync(join(folder, "quiet.wav"), source);
    const before = readFileSync(source);
    const songs = [{ source: "01 own.wav", title: "own" }];
    await assert.rejects(
      master({ songs }, { output: folder }),
      /would overwrite its own source .*01 own\.wav/,
    );
    assert.deepEqual(readFileSync(source), before);
  });

  it("refuses a document with errors, at their place", async () => {
    await assert.rejects(master({ target: { loudness: 3 } }), (error: Error) => {
      assert.equal(error.name, "DocumentError");
      assert.match(
        error.message,
        /test\.album\.json:1:\d+: error: `target\.loudness` is 3; it must be between -40 and -5 LUFS\./,
      );
      return true;
    });
  });
});
