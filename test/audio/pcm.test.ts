import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { BYTES_PER_SAMPLE, SAMPLE_LAYOUTS } from "../../src/audio/audioFile.js";
import { decodePcm, encodePcm, pcmFormat } from "../../src/audio/pcm.js";

const formats = fc.record({
  layout: fc.constantFrom(...SAMPLE_LAYOUTS),
  channels: fc.integer({ min: 1, max: 8 }),
  bigEndian: fc.boolean(),
});

describe("PCM", () => {
  it("gives back the bytes it decoded, in every layout and byte order", () => {
    fc.assert(
      fc.property(
        formats,
        fc.uint8Array({ minLength: 64, maxLength: 640 }),
        ({ layout, channels, bigEndian }, noise) => {
          const pcm = pcmFormat(layout, channels, bigEndian);
          const frames = Math.floor(noise.length / pcm.frameBytes);
          const bytes = noise.subarray(0, frames * pcm.frameBytes);
          const planar = decodePcm(bytes, pcm, frames);
          // Payload bits of NaN need not survive; everything else must.
          fc.pre(planar.every((samples) => !samples.some(Number.isNaN)));
          assert.deepEqual(encodePcm(planar, pcm), Uint8Array.from(bytes));
        },
      ),
      { seed: 5 },
    );
  });

  for (const [layout, bits] of [
    ["u8", 8],
    ["s16", 16],
    ["s24", 24],
    ["s32", 32],
  ] as const) {
    it(`${layout}: full scale, limits, ties to even, NaN`, () => {
      const step = 2 ** (1 - bits);
      const encoded = encodePcm(
        [[-1, 1, 2, -Infinity, 0.5 * step, 1.5 * step, -0.5 * step, Number.NaN]],
        pcmFormat(layout, 1),
      );
      const [samples] = decodePcm(encoded, pcmFormat(layout, 1), 8);
      assert.deepEqual(
        [...samples!].map((value) => value + 0),
        [-1, 1 - step, 1 - step, -1, 0, 2 * step, 0, 0],
      );
    });
  }

  it("interleaves channels in order", () => {
    assert.deepEqual(
      [
        ...encodePcm(
          [
            [0.5, 0],
            [-0.5, 0.25],
          ],
          pcmFormat("s16", 2, true),
        ),
      ],
      [0x40, 0, 0xc0, 0, 0, 0, 0x20, 0],
    );
  });

  it("refuses too few bytes and a wrong number of channels", () => {
    assert.throws(
      () => decodePcm(new Uint8Array(BYTES_PER_SAMPLE.s24 * 2 - 1), pcmFormat("s24", 1), 2),
      RangeError,
    );
    assert.throws(() => encodePcm([[0]], pcmFormat("s24", 2)), RangeError);
  });
});
