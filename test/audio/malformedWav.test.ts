/** Whatever the bytes are, opening ends soon, in a sane result or in an AudioFileError. */
import assert from "node:assert/strict";
import { it } from "node:test";
import fc from "fast-check";
import { AudioFileError } from "../../src/audio/audioFile.js";
import { memoryByteSource } from "../../src/audio/byteSource.js";
import { openAudioSource } from "../../src/audio/openAudioFile.js";
import { WAV_KINDS } from "./damagedFiles.js";
import { bytesOf, concat } from "./wavFixtures.js";

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

for (const [name, file] of Object.entries(WAV_KINDS)) {
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
