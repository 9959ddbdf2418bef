import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { ensureDebianPackage } from "../../.ci/setup.mjs";
import { AudioFileError } from "../../src/audio/audioFile.js";
import { fileByteSource, memoryByteSource } from "../../src/audio/byteSource.js";
import { decodeToPcm } from "../../src/audio/compressed/decodeToPcm.js";
import { openCompressed } from "../../src/audio/compressed/openCompressed.js";
import { concat } from "./wavFixtures.js";
import { openAudioFile } from "../../src/audio/openAudioFile.js";
import { decodePcm } from "../../src/audio/pcm.js";

/** A chord with an echo, different in every channel, so that a swap of channels is heard. */
const signal = (channels: number): string =>
  Array.from(
    { length: channels },
    (_, i) => `${0.1 + 0.08 * i}*sin(${700 * (i + 1)}*t)*(0.6+0.4*sin(9*t))+0.05*random(${i})`,
  ).join("|");

const ffmpeg = (...words: string[]): Buffer =>
  execFileSync("ffmpeg", ["-v", "error", "-nostdin", "-y", ...words], { maxBuffer: 1 << 28 });

/** What ffmpeg decodes: interleaved floats. */
function decodedByFfmpeg(path: string): Float32Array {
  const bytes = ffmpeg("-i", path, "-f", "f32le", "-c:a", "pcm_f32le", "-");
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
}

/** All channels of a PCM file, one after the other. */
function samplesOf(path: string): number[] {
  const file = openAudioFile(path);
  const { frames } = file.info;
  const bytes = new Uint8Array(frames * file.pcm.frameBytes);
  file.readFrames(0, frames, bytes);
  file.close();
  return decodePcm(bytes, file.pcm, frames).flatMap((channel) => Array.from(channel));
}

async function decode(bytes: Uint8Array, name: string, target: string): Promise<void> {
  const audio = openCompressed(memoryByteSource(bytes, name));
  if (!audio) throw new AudioFileError(name, 0, "this is no compressed audio of a known kind");
  await decodeToPcm(audio, target);
}

interface Case {
  readonly file: string;
  readonly channels: number;
  readonly rate: number;
  readonly encode: readonly string[];
  /** Largest difference of a sample from ffmpeg's decoder; 0: the same integers. */
  readonly tolerance: number;
  readonly seconds?: number;
}

const CASES: readonly Case[] = [
  { file: "ogg-flac.oga", channels: 2, rate: 48000, encode: ["-c:a", "flac", "-f", "ogg"], tolerance: 0 },
  {
    file: "stereo.ogg",
    channels: 2,
    rate: 44100,
    encode: ["-c:a", "libvorbis", "-q:a", "6"],
    tolerance: 2e-6,
  },
  { file: "six.ogg", channels: 6, rate: 48000, encode: ["-c:a", "libvorbis", "-q:a", "6"], tolerance: 2e-6 },
  // Opus decoders need not agree bit for bit (RFC 6716, section 6.1).
  {
    file: "stereo.opus",
    channels: 2,
    rate: 48000,
    encode: ["-c:a", "libopus", "-b:a", "128k"],
    tolerance: 2e-4,
  },
  {
    file: "six.opus",
    channels: 6,
    rate: 48000,
    encode: ["-c:a", "libopus", "-b:a", "400k", "-mapping_family", "1"],
    tolerance: 2e-4,
  },
  { file: "gapless.mp3", channels: 2, rate: 44100, encode: ["-b:a", "192k"], tolerance: 2e-6 },
  { file: "variable.mp3", channels: 1, rate: 48000, encode: ["-q:a", "4"], tolerance: 2e-6 },
  {
    file: "no-header.mp3",
    channels: 2,
    rate: 44100,
    encode: ["-b:a", "128k", "-write_xing", "0", "-id3v2_version", "0"],
    tolerance: 2e-6,
  },
];

describe("decodeToPcm", () => {
  let folder: string;
  before(() => {
    ensureDebianPackage("ffmpeg", "ffmpeg");
    folder = mkdtempSync(join(tmpdir(), "headroom-decode-"));
    for (const { file, channels, rate, encode, seconds = 2 } of CASES) {
      const source = `aevalsrc=${signal(channels)}:s=${rate}:d=${seconds}${channels === 6 ? ":c=5.1" : ""}`;
      ffmpeg("-f", "lavfi", "-i", source, ...encode, join(folder, file));
    }
  });
  after(() => rmSync(folder, { recursive: true }));

  for (const { file, channels, rate, tolerance } of CASES) {
    it(`${file}: as long as ffmpeg's decoding, and the same samples`, async () => {
      const target = join(folder, `${file}.wav`);
      const source = fileByteSource(join(folder, file));
      const audio = openCompressed(source);
      assert.ok(audio);
      const reports: number[] = [];
      await decodeToPcm(audio, target, (fraction) => reports.push(fraction));
      source.close();
      assert.deepEqual(audio.info.warnings, []);
      assert.equal(reports.at(-1), 1);
      const decoded = openAudioFile(target);
      assert.deepEqual(
        { channels: decoded.info.channels, sampleRate: decoded.info.sampleRate },
        { channels, sampleRate: rate },
      );
      // Without its header, the length of an MP3 is an estimate.
      const tolerated = file === "no-header.mp3" ? 1152 : 0;
      assert.ok(
        Math.abs(decoded.info.frames - audio.info.frames) <= tolerated,
        `${audio.info.frames} frames told`,
      );
      decoded.close();
      const [ours, theirs] = [decodedByFfmpeg(target), decodedByFfmpeg(join(folder, file))];
      assert.equal(ours.length, theirs.length);
      const largest = ours.reduce((most, sample, i) => Math.max(most, Math.abs(sample - theirs[i]!)), 0);
      assert.ok(largest <= tolerance, `differs by ${largest}`);
    });
  }

  it("makes sound or a plain sentence of files that are cut off or damaged, and leaves nothing half-written", async () => {
    const problems: string[] = [];
    const target = join(folder, "damaged.wav");
    for (const file of ["ogg-flac.oga", "stereo.ogg", "stereo.opus", "gapless.mp3"]) {
      const whole = new Uint8Array(readFileSync(join(folder, file)));
      const damaged = [
        ...[4, 10, 27, 40, 64, 100, 200, 1000, 4097, Math.floor(whole.length / 2), whole.length - 1].map(
          (length) => whole.slice(0, length),
        ),
        ...[50, 300, 2000, Math.floor(whole.length / 3)].map((at) => {
          const copy = whole.slice();
          copy.fill(0xa5, at, at + 40);
          return copy;
        }),
      ];
      for (const bytes of damaged) {
        const outcome = await decode(bytes, file, target).catch((error: Error) => error);
        if (outcome instanceof Error) {
          if (!/^\S+: .{20}/.test(outcome.message.replace(/ \(byte \d+\)/, "")))
            problems.push(outcome.message);
          assert.ok(!existsSync(target));
        } else {
          const samples = samplesOf(target);
          if (samples.length === 0 || samples.some((sample) => !Number.isFinite(sample))) problems.push(file);
          rmSync(target);
        }
      }
    }
    assert.deepEqual(problems, []);
    assert.deepEqual(
      readdirSync(folder).filter((name) => name.startsWith(".")),
      [],
    );
  });

  it("knows a compressed file by what it holds, not by its name", () => {
    const text = new TextEncoder().encode("OggS is an Ogg file's signature, but this is a text.");
    assert.throws(() => openCompressed(memoryByteSource(text, "text.ogg")), /an Ogg file without Vorbis/);
    assert.equal(openCompressed(memoryByteSource(new Uint8Array(0), "empty.mp3")), undefined);
    writeFileSync(join(folder, "renamed.wav"), readFileSync(join(folder, "gapless.mp3")));
    const renamed = fileByteSource(join(folder, "renamed.wav"));
    assert.equal(openCompressed(renamed)?.info.container, "MP3");
    renamed.close();
  });

  it("says of a damaged MP3 what it is, where it is damaged and what to do", () => {
    const frame = Uint8Array.of(0xff, 0xfb, 0x90, 0x64);
    const silence = (length: number): Uint8Array => new Uint8Array(length);
    const cases: [name: string, bytes: Uint8Array, sentence: RegExp][] = [
      ["a bit rate that does not exist", concat(Uint8Array.of(0xff, 0xfb, 0xf0, 0x64), silence(700)), /\(byte 0\).* in the 704 bytes from here on/], // prettier-ignore
      ["one frame, then nothing", concat(frame, silence(700)), /\(byte 0\): no frame of MP3/],
      ["a tag whose size makes no sense", concat(new TextEncoder().encode("ID3"), Uint8Array.of(4, 0, 0, 255, 255, 255, 255), silence(50)), /\(byte 0\): no frame of MP3/], // prettier-ignore
      ["a tag and nothing behind it", concat(new TextEncoder().encode("ID3"), Uint8Array.of(4, 0, 0, 0, 0, 0, 10), silence(30)), /\(byte 20\).*20 bytes behind the ID3 tag from here on/], // prettier-ignore
    ];
    for (const [name, bytes, sentence] of cases) {
      const open = (): unknown => openCompressed(memoryByteSource(bytes, "damaged.mp3"));
      assert.throws(open, sentence, name);
      assert.throws(open, /Copy or download it again/, name);
      assert.throws(open, (error: Error) => !error.message.includes("source"), name);
    }
    for (const head of [[0xff, 0xf1], [0xff, 0xfe], [0xff, 0xff]])
      assert.equal(openCompressed(memoryByteSource(concat(Uint8Array.from(head), silence(64)), "x")), undefined); // prettier-ignore
  });
});
