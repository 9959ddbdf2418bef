import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { ensureDebianPackage } from "../../.ci/setup.mjs";
import { FlacWriter } from "../../src/audio/flac/flacWriter.js";
import { seededRandom } from "../../src/units/random.js";

/** Interleaved little-endian integers: noise with loud, quiet and extreme samples. */
function noise(frames: number, channels: number, bytesPerSample: number, seed: number): Uint8Array {
  const random = seededRandom(seed);
  const bytes = new Uint8Array(frames * channels * bytesPerSample);
  const scale = 2 ** (8 * bytesPerSample - 1);
  for (let i = 0; i < bytes.length; i += bytesPerSample) {
    const level = random() < 0.01 ? 1 : random() ** 4;
    const value = Math.max(-scale, Math.min(scale - 1, Math.round((2 * random() - 1) * level * scale)));
    for (let byte = 0; byte < bytesPerSample; byte++) bytes[i + byte] = value >> (8 * byte);
  }
  return bytes;
}

describe("FlacWriter, read by the reference decoder", () => {
  let folder: string;
  before(() => {
    ensureDebianPackage("flac", "flac");
    folder = mkdtempSync(join(tmpdir(), "headroom-flac-"));
  });
  after(() => rmSync(folder, { recursive: true }));

  /** The samples as `flac -d` gives them, after it has checked the file. */
  const decoded = (path: string): Buffer => {
    execFileSync("flac", ["--silent", "--test", "--warnings-as-errors", path]);
    const words = [
      "--silent",
      "--decode",
      "--stdout",
      "--force-raw-format",
      "--endian=little",
      "--sign=signed",
    ];
    return execFileSync("flac", [...words, path], { maxBuffer: 1 << 28 });
  };

  for (const bitDepth of [16, 24] as const) {
    for (const channels of [1, 2, 6]) {
      it(`keeps every sample: ${bitDepth} bit, ${channels} channels, in pieces of odd sizes`, async () => {
        const path = join(folder, `${bitDepth}-${channels}.flac`);
        const samples = noise(30_011, channels, bitDepth / 8, bitDepth + channels);
        const frameBytes = (channels * bitDepth) / 8;
        const writer = await FlacWriter.create(path, { sampleRate: 48000, channels, bitDepth });
        for (let frame = 0, size = 1; frame < 30_011; frame += size, size = (size * 7 + 3) % 9001) {
          await writer.write(samples.subarray(frame * frameBytes, (frame + size) * frameBytes));
        }
        assert.equal(writer.frames, 30_011);
        await writer.finish();
        assert.deepEqual(decoded(path), Buffer.from(samples));
        const facts = ["--show-total-samples", "--show-bps", "--show-channels", "--show-sample-rate"];
        const shown = execFileSync("metaflac", [...facts, path], { encoding: "utf8" });
        assert.deepEqual(shown.trim().split("\n").map(Number), [30_011, bitDepth, channels, 48000]);
        assert.doesNotMatch(execFileSync("metaflac", ["--show-md5sum", path], { encoding: "utf8" }), /^0+$/m);
      });
    }
  }

  it("writes comments", async () => {
    const path = join(folder, "comments.flac");
    const comments = new Map([
      ["TITLE", "Stück"],
      ["ISRC", "DEABC2600001"],
      ["GENRE", ""],
    ]);
    const writer = await FlacWriter.create(path, { sampleRate: 44100, channels: 1, bitDepth: 16, comments });
    await writer.write(noise(100, 1, 2, 1));
    await writer.finish();
    const shown = execFileSync("metaflac", ["--no-utf8-convert", "--export-tags-to=-", path], {
      encoding: "utf8",
    });
    assert.deepEqual(shown.trim().split("\n").sort(), ["ISRC=DEABC2600001", "TITLE=Stück"]);
    assert.equal(decoded(path).length, 200);
  });

  it("leaves nothing behind when it is given up or has nothing to write", async () => {
    const before = readdirSync(folder);
    const options = { sampleRate: 48000, channels: 2, bitDepth: 24 } as const;
    const abandoned = await FlacWriter.create(join(folder, "abandoned.flac"), options);
    await abandoned.write(noise(5000, 2, 3, 2));
    abandoned.abort();
    const empty = await FlacWriter.create(join(folder, "empty.flac"), options);
    await assert.rejects(empty.seal(), /at least one frame/);
    assert.deepEqual(readdirSync(folder), before);
  });

  it("refuses what FLAC cannot hold, in plain words", async () => {
    const create = (sampleRate: number, channels: number) =>
      FlacWriter.create(join(folder, "never.flac"), { sampleRate, channels, bitDepth: 16 });
    await assert.rejects(create(11025, 2), /FLAC files of 11025 Hz cannot be written\. Choose one of 8000/);
    await assert.rejects(create(48000, 9), /1 to 8 audio channels, not 9/);
  });
});
