import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, describe, it } from "node:test";
import { ensureDebianPackage } from "../../../.ci/setup.mjs";
import { parseBext } from "../../../src/audio/tags/bext.js";
import { WavReader } from "../../../src/audio/wavReader.js";
import { openAudioFile } from "../../../src/audio/openAudioFile.js";
import { WavWriter } from "../../../src/audio/wavWriter.js";
import type { AlbumResult } from "../../../src/mastering/results.js";
import { Studio } from "../../../src/mastering/studio.js";
import { seededRandom } from "../../../src/units/random.js";

const RATE = 48000;
/** A CD frame at 44.1 kHz. Source: IEC 60908. */
const CD_FRAME = 588;
const PIXEL =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

const ALBUM = {
  headroom: 1,
  title: "Schöne Welt",
  artist: "The Makers",
  year: 2026,
  genre: "Electronic",
  upc: "123456789012",
  label: "Home",
  copyright: "2026 The Makers",
  cover: "cover.png",
  target: { mode: "track", loudness: -16 },
  songs: [
    { source: "a.wav", title: "One", isrc: "QZ-ABC-26-00001", composer: "A. Maker", gap: 1.234 },
    { source: "b.wav", title: "Two: »/« two", artist: "Guest", comment: "Last" },
  ],
  deliver: [
    { format: "wav", sampleRate: 44100, bitDepth: 16 },
    { format: "flac", sampleRate: 44100, bitDepth: 16, fileName: "{album} - {number} {title}" },
    { format: "flac", bitDepth: 24 },
    { format: "mp3", bitRate: 192 },
    { format: "wav", sampleRate: 44100, bitDepth: 16, image: true },
  ],
};

describe("a release", () => {
  let folder: string;
  let result: AlbumResult;
  before(async () => {
    for (const [command, name] of [
      ["ffprobe", "ffmpeg"],
      ["flac", "flac"],
      ["mid3v2", "python3-mutagen"],
    ] as const)
      ensureDebianPackage(command, name);
    folder = mkdtempSync(join(tmpdir(), "headroom-release-"));
    writeSong("a.wav", 3.3, 1);
    writeSong("b.wav", 4.1, 2);
    writeFileSync(join(folder, "cover.png"), Buffer.from(PIXEL, "base64"));
    writeFileSync(join(folder, "x.album.json"), JSON.stringify(ALBUM));
    const studio = new Studio({ workerPath: resolve("dist/worker.js"), workers: 2 });
    try {
      result = await studio.masterAlbum(join(folder, "x.album.json"));
    } finally {
      await studio.dispose();
    }
  });
  after(() => rmSync(folder, { recursive: true }));

  function writeSong(name: string, seconds: number, seed: number): void {
    const random = seededRandom(seed);
    const samples = new Float32Array(2 * Math.round(seconds * RATE));
    for (let i = 0; i < samples.length; i++)
      samples[i] = 0.2 * Math.sin((2 * Math.PI * 220 * (i >> 1)) / RATE) + 0.05 * (2 * random() - 1);
    const writer = WavWriter.create(join(folder, name), { sampleRate: RATE, channels: 2, layout: "f32" });
    writer.write(new Uint8Array(samples.buffer));
    writer.finish();
  }

  const pathOf = (file: string): string => join(folder, "release", file);
  const run = (command: string, ...args: string[]): Buffer =>
    execFileSync(command, args, { maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "ignore"] });
  /** The samples as ffmpeg reads them. */
  const samplesOf = (file: string, format: string): Buffer =>
    run("ffmpeg", "-i", pathOf(file), "-f", format, "-");
  const probe = (file: string) => {
    const shown = JSON.parse(
      run("ffprobe", "-of", "json", "-show_format", "-show_streams", pathOf(file)).toString(),
    ) as { format: { duration: string; tags: Record<string, string> }; streams: { codec_name: string }[] };
    const tags = Object.entries(shown.format.tags).map(([name, text]) => [name.toLowerCase(), text]);
    return { ...shown, tags: Object.fromEntries(tags) as Record<string, string> };
  };
  /** The ID3 tag of a WAV file, of which ffmpeg reads the older INFO list instead. */
  const id3Of = (file: string): Record<string, string> => {
    const script =
      "import json,sys,mutagen.wave as w; t=w.WAVE(sys.argv[1]).tags; print(json.dumps({k: str(v) for k, v in t.items() if not k.startswith('APIC')}))";
    return JSON.parse(run("/usr/bin/python3", "-c", script, pathOf(file)).toString()) as Record<
      string,
      string
    >;
  };

  it("has every file of every set, named as the template says", () => {
    assert.deepEqual(
      result.songs.map(({ error }) => error),
      [undefined, undefined],
    );
    assert.deepEqual(result.songs[1]!.files, [
      "wav-44100-16/02 Two- »-« two.wav",
      "flac-44100-16/Schöne Welt - 02 Two- »-« two.flac",
      "flac-source-24/02 Two- »-« two.flac",
      "mp3-44100-192k/02 Two- »-« two.mp3",
    ]);
    for (const { files } of result.songs) for (const file of files) assert.ok(existsSync(pathOf(file)), file);
    assert.ok(!existsSync(pathOf("samples")));
  });

  it("has FLAC files of the very samples of the WAV files", () => {
    for (const { files } of result.songs) {
      const [wav, flac, flac24] = files;
      run("flac", "--test", "--silent", pathOf(flac!));
      run("flac", "--test", "--silent", pathOf(flac24!));
      assert.ok(samplesOf(wav!, "s16le").equals(samplesOf(flac!, "s16le")));
    }
  });

  it("has tags in every format, as an independent reader reads them", () => {
    const expected = {
      title: "One",
      artist: "The Makers",
      album: "Schöne Welt",
      album_artist: "The Makers",
      genre: "Electronic",
      composer: "A. Maker",
      copyright: "2026 The Makers",
    };
    const [wav, ...others] = result.songs[0]!.files;
    const id3 = id3Of(wav!);
    const { integrated } = result.songs[0]!.after!.loudness;
    assert.deepEqual(
      [id3["TIT2"], id3["TPE2"], id3["TCOM"], id3["TRCK"], id3["TSRC"], id3["TXXX:BARCODE"], id3["TPUB"]],
      ["One", "The Makers", "A. Maker", "1/2", "QZABC2600001", ALBUM.upc, "Home"],
    );
    assert.equal(id3["TXXX:REPLAYGAIN_TRACK_GAIN"], `${(-18 - integrated!).toFixed(2)} dB`);
    assert.deepEqual([probe(wav!).tags["title"], probe(wav!).tags["album"]], ["One", "Schöne Welt"]);
    for (const file of others) {
      const { tags, streams } = probe(file);
      for (const [name, text] of Object.entries(expected)) assert.equal(tags[name], text, `${file}: ${name}`);
      assert.match(tags["track"]!, /^1(\/2)?$/);
      assert.equal(tags["isrc"] ?? tags["tsrc"], "QZABC2600001", file);
      assert.equal(tags["barcode"], ALBUM.upc, file);
      // Loudness at the other rate differs by hundredths.
      assert.ok(Math.abs(parseFloat(tags["replaygain_track_gain"]!) - (-18 - integrated!)) <= 0.05, file);
      assert.ok(
        Math.abs(parseFloat(tags["replaygain_album_gain"]!) - (-18 - result.after.integrated!)) <= 0.05,
      );
      assert.ok(
        streams.some(({ codec_name }) => codec_name === "png"),
        `${file} has its cover`,
      );
    }
    const { tags } = probe(result.songs[1]!.files[3]!);
    assert.deepEqual([tags["artist"], tags["album_artist"]], ["Guest", "The Makers"]);
  });

  it("has WAV files that say how loud they are", () => {
    const reader = openAudioFile(pathOf(result.songs[0]!.files[0]!));
    assert.ok(reader instanceof WavReader);
    const bext = parseBext(reader.readChunk("bext")!);
    const { loudness } = result.songs[0]!.after!;
    reader.close();
    assert.ok(Math.abs(bext!.loudness.integrated! - loudness.integrated!) <= 0.005);
    assert.ok(Math.abs(bext!.loudness.maxTruePeak! - loudness.truePeak!) <= 0.005);
    assert.match(bext!.codingHistory, /^A=PCM,F=44100,W=16,M=stereo/);
  });

  it("has MP3 files as long as the song, and tells how loud they are when decoded", () => {
    const { deliveries, after: mastered } = result.songs[0]!;
    const mp3 = deliveries[3]!;
    // The encoder's delay and its last, whole frame come on top: 0.1 s at most.
    const longer = Number(probe(mp3.file).format.duration) - mastered!.duration;
    assert.ok(longer >= 0 && longer < 0.1, `${longer} s`);
    const meter = execFileSync("sh", [
      ...["-c", 'ffmpeg -nostdin -hide_banner -i "$1" -map 0:a -af ebur128=peak=true -f null - 2>&1', "sh"],
      pathOf(mp3.file),
    ]).toString();
    const [integrated] = /I:\s+(-[\d.]+) LUFS/.exec(meter.slice(meter.lastIndexOf("Summary")))!.slice(1);
    const [truePeak] = /Peak:\s+(-?[\d.]+) dBFS/.exec(meter.slice(meter.lastIndexOf("Summary")))!.slice(1);
    assert.ok(Math.abs(Number(integrated) - mp3.integrated!) <= 0.1, `${integrated} ${mp3.integrated}`);
    assert.ok(Math.abs(Number(truePeak) - mp3.truePeak!) <= 0.2, `${truePeak} ${mp3.truePeak}`);
  });

  it("has one file of the album: the songs' samples, each from a CD frame on", () => {
    const image = result.images[0]!;
    assert.equal(image.file, "wav-44100-16-image/Schöne Welt.wav");
    const whole = samplesOf(image.file, "s16le");
    const [one, two] = result.songs.map(({ files }) => samplesOf(files[0]!, "s16le"));
    const start = Math.ceil(one!.length / 4 / CD_FRAME) * CD_FRAME;
    assert.ok(whole.subarray(0, one!.length).equals(one!));
    assert.ok(whole.subarray(one!.length, start * 4).every((byte) => byte === 0));
    assert.ok(whole.subarray(start * 4).equals(two!));
    const cue = readFileSync(pathOf("wav-44100-16-image/Schöne Welt.cue"), "utf8");
    const frames = start / CD_FRAME;
    const time = [0, Math.floor(frames / 75), frames % 75]
      .map((each) => String(each).padStart(2, "0"))
      .join(":");
    assert.match(
      cue,
      new RegExp(
        `TRACK 02 AUDIO\n    TITLE "Two: »/« two"\n    PERFORMER "Guest"\n    INDEX 00 .*\n    INDEX 01 ${time}\n`,
      ),
    );
    assert.match(cue, /^CATALOG 0123456789012\n/);
    assert.match(cue, /ISRC QZABC2600001\n {4}INDEX 01 00:00:00\n/);
  });

  it("has checksums that hold", () => {
    const lines = execFileSync("sha256sum", ["--check", "--strict", "SHA256SUMS"], {
      cwd: join(folder, "release"),
    }).toString();
    assert.equal(lines.trim().split("\n").length, 2 * 4 + 1);
  });
});
