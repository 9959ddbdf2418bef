/** Whatever the bytes are, opening ends soon, in a sane result or in an AudioFileError. */
import assert from "node:assert/strict";
import { it } from "node:test";
import fc from "fast-check";
import { AudioFileError } from "../../src/audio/audioFile.js";
import { memoryByteSource } from "../../src/audio/byteSource.js";
import { openAudioSource } from "../../src/audio/openAudioFile.js";
import {
  bytesOf,
  concat,
  counting,
  data,
  extensibleFmt,
  fmt,
  u16,
  u32,
  u64,
  wav,
  wave64,
} from "./wavFixtures.js";

const adpcm = (tag: number, extension: Uint8Array) => {
  const format = fmt(tag, 2, 4);
  format.bytes.set(u16(32), 12);
  return { id: "fmt ", bytes: concat(format.bytes, u16(extension.length), extension) };
};
const list = { id: "LIST", bytes: concat(bytesOf("INFOINAM"), u32(3), bytesOf("abc\0")) };
const ds64 = { id: "ds64", bytes: concat(u64(0n), u64(100n), u64(25n), u32(1), bytesOf("LIST"), u64(16n)) };

const FILES: Readonly<Record<string, Uint8Array>> = {
  RIFF: wav("RIFF", fmt(1, 2, 16), list, data(counting(100))),
  RIFX: wav("RIFX", fmt(1, 2, 24, true), data(counting(100)), { id: "abcd", bytes: counting(7) }),
  RF64: wav("RF64", ds64, extensibleFmt(3, 2, 32, 32, 3), list, data(counting(100), 0xffffffff)),
  Wave64: wave64(fmt(6, 1, 8), data(counting(99))),
  "IMA ADPCM": wav("RIFF", adpcm(0x11, u16(25)), { id: "fact", bytes: u32(60) }, data(new Uint8Array(100))),
  "MS ADPCM": wav("RIFF", adpcm(2, concat(u16(20), u16(1), u16(256), u16(0))), data(new Uint8Array(100))),
};

/** Opens, checks and reads all; an {@link AudioFileError} is as good. */
function survive(bytes: Uint8Array, what: string): void {
  try {
    const file = openAudioSource(memoryByteSource(bytes, "bad.wav"));
    const { info, pcm } = file;
    assert.ok(Number.isInteger(info.frames) && info.frames >= 0, `${what}: ${info.frames} frames`);
    // No encoding packs a frame of a channel into less than four bits, and a header is worth two more.
    assert.ok(
      info.frames * info.channels <= bytes.length * 2 + 2,
      `${what}: ${info.frames} frames of ${bytes.length} bytes`,
    );
    const target = new Uint8Array(info.frames * pcm.frameBytes);
    assert.equal(file.readFrames(0, info.frames, target), info.frames, what);
    file.close();
  } catch (error) {
    assert.ok(error instanceof AudioFileError, `${what}: ${String(error)}`);
    assert.equal(error.file, "bad.wav");
    assert.ok(error.offset === undefined || error.offset <= bytes.length, `${what}: offset ${error.offset}`);
  }
}

for (const [name, file] of Object.entries(FILES)) {
  it(`${name}: survives every value of every header byte`, () => {
    const audioAt = Buffer.from(file).indexOf("data") + 8;
    for (let at = 0; at < audioAt; at++) {
      for (let value = 0; value < 256; value++) {
        const bytes = file.slice();
        bytes[at] = value;
        survive(bytes, `${name} with byte ${at} = ${value}`);
      }
    }
  });

  it(`${name}: survives being cut at every byte`, () => {
    for (let length = 0; length <= file.length; length++)
      survive(file.subarray(0, length), `${name} cut at ${length}`);
  });

  it(`${name}: survives random damage`, () => {
    const damage = fc.array(fc.tuple(fc.nat(file.length - 1), fc.constantFrom(0, 1, 0x7f, 0x80, 0xff)), {
      minLength: 2,
      maxLength: 12,
    });
    fc.assert(
      fc.property(damage, (places) => {
        const bytes = file.slice();
        for (const [at, value] of places) bytes[at] = value;
        survive(bytes, `${name} with ${JSON.stringify(places)}`);
      }),
      { seed: 7, numRuns: 2000 },
    );
  });
}

it("survives random bytes behind a RIFF header", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) =>
      survive(concat(bytesOf("RIFF\0\0\0\0WAVE"), bytes), "random bytes"),
    ),
    { seed: 3, numRuns: 2000 },
  );
});
