import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { fileByteSource, memoryByteSource } from "../../src/audio/byteSource.js";
import { openAudioFile, openAudioSource } from "../../src/audio/openAudioFile.js";
import { bytesOf, concat, counting, data, fmt, temporaryFolder, wav } from "./wavFixtures.js";

const folder = temporaryFolder();
const isWindows = process.platform === "win32";

describe("openAudioFile", () => {
  it("opens by contents, whatever the name", () => {
    const path = join(folder, "song.mp3");
    writeFileSync(path, wav("RIFF", fmt(1, 1, 16), data(counting(10))));
    const file = openAudioFile(path);
    assert.deepEqual([file.info.path, file.info.frames], [path, 5]);
    file.close();
    file.close();
    assert.throws(() => file.readFrames(0, 1, new Uint8Array(2)), { name: "AudioFileError", file: path });
  });

  it("refuses missing files, folders, links in a circle", () => {
    assert.throws(() => openAudioFile(join(folder, "none.wav")), {
      name: "AudioFileError",
      reason: "there is no such file",
    });
    assert.throws(() => openAudioFile(folder), { name: "AudioFileError", reason: /a folder/ });
    if (isWindows) return;
    symlinkSync("circle.wav", join(folder, "circle.wav"));
    assert.throws(() => openAudioFile(join(folder, "circle.wav")), {
      name: "AudioFileError",
      reason: /circle/,
    });
  });

  it("refuses pipes and devices without waiting for them", { skip: isWindows }, () => {
    const pipe = join(folder, "pipe.wav");
    execFileSync("mkfifo", [pipe]);
    assert.throws(() => openAudioFile(pipe), { name: "AudioFileError", reason: /a pipe/ });
    if (existsSync("/dev/zero"))
      assert.throws(() => openAudioFile("/dev/zero"), { name: "AudioFileError", reason: /device/ });
  });

  const others: readonly [string, Uint8Array | string, RegExp][] = [
    ["empty", "", /an empty file/],
    [
      "Git LFS",
      "version https://git-lfs.github.com/spec/v1\noid sha256:00\n",
      /Git LFS pointer.*git lfs pull/,
    ],
    ["AVI", concat(bytesOf("RIFF"), counting(4), bytesOf("AVI ")), /not one of WAVE audio/],
    ["MIDI", "MThd\0\0\0\x06", /MIDI.*no sound/],
    ["M4A", concat(counting(4), bytesOf("ftypM4A ")), /MP4 or M4A/],
    ["zeros", new Uint8Array(4096), /nothing but zeros/],
    ["text", "Night Drive, mix 3\n", /a text file/],
    ["noise", Uint8Array.of(0x93, 0x01, 0x02), /first bytes are unknown/],
  ];
  for (const [what, contents, reason] of others) {
    it(`says what it is: ${what}`, () => {
      const bytes = typeof contents === "string" ? bytesOf(contents) : contents;
      assert.throws(() => openAudioSource(memoryByteSource(bytes, "x"), "y.wav"), {
        name: "AudioFileError",
        file: "y.wav",
        reason,
      });
    });
  }

  it("closes the source when it cannot be opened", () => {
    let closed = 0;
    const source = { ...memoryByteSource(new Uint8Array(4), "x"), close: () => closed++ };
    assert.throws(() => openAudioSource(source));
    assert.equal(closed, 1);
  });
});

describe("fileByteSource", () => {
  it("reads ranges and stops at the end", () => {
    const path = join(folder, "bytes.bin");
    writeFileSync(path, counting(100));
    const source = fileByteSource(path);
    const target = new Uint8Array(10);
    assert.equal(source.size, 100);
    assert.equal(source.read(40, target), 10);
    assert.deepEqual(target, counting(50).subarray(40));
    assert.equal(source.read(97, target), 3);
    assert.equal(source.read(200, target), 0);
    source.close();
  });
});
