import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { BYTES_PER_SAMPLE, SAMPLE_LAYOUTS, type SampleLayout } from "../../../src/audio/audioFile.js";
import { Dsp } from "../../../src/engine/dsp.js";
import { addressTable } from "../../../src/engine/addressTable.js";
import { seededRandom } from "../../../src/units/random.js";

/** The obvious slow decoder. */
function sampleAt(view: DataView, layout: SampleLayout, littleEndian: boolean, index: number): number {
  const at = index * BYTES_PER_SAMPLE[layout];
  switch (layout) {
    case "u8":
      return (view.getUint8(at) - 128) / 2 ** 7;
    case "s16":
      return view.getInt16(at, littleEndian) / 2 ** 15;
    case "s24": {
      const [low, high] = littleEndian ? [at, at + 2] : [at + 2, at];
      return ((view.getInt8(high) << 16) | (view.getUint8(at + 1) << 8) | view.getUint8(low)) / 2 ** 23;
    }
    case "s32":
      return Math.fround(view.getInt32(at, littleEndian) / 2 ** 31);
    case "f32":
      return view.getFloat32(at, littleEndian);
    case "f64":
      return Math.fround(view.getFloat64(at, littleEndian));
  }
}

/** Decodes `bytes`, which lie `misalignment` bytes off in memory. */
function decode(
  bytes: Uint8Array,
  layout: SampleLayout,
  bigEndian: boolean,
  channels: number,
  misalignment = 0,
) {
  const dsp = new Dsp();
  const frames = bytes.length / (BYTES_PER_SAMPLE[layout] * channels);
  const source = dsp.allocate(bytes.length + 16) + misalignment;
  const guarded = frames + 8;
  const table = addressTable(dsp, channels, guarded);
  const targets = Array.from(dsp.int32(table, channels));
  for (const target of targets) dsp.float32(target, guarded).fill(9);
  dsp.bytes.set(bytes, source);
  const { pcmDecode, pcmFirstNonFinite } = dsp.exports;
  const count = pcmDecode(source, SAMPLE_LAYOUTS.indexOf(layout), bigEndian ? 1 : 0, channels, frames, table);
  const decoded = targets.map((target) => dsp.float32(target, guarded));
  for (const channel of decoded)
    assert.ok(
      channel.subarray(frames).every((value) => value === 9),
      "wrote too far",
    );
  return { channels: decoded.map((channel) => channel.slice(0, frames)), count, first: pcmFirstNonFinite() };
}

function randomBytes(length: number, seed: number): Uint8Array {
  const random = seededRandom(seed);
  return Uint8Array.from({ length }, () => 256 * random());
}

describe("pcmDecode", () => {
  for (const layout of SAMPLE_LAYOUTS) {
    for (const bigEndian of [false, true]) {
      it(`is exact for ${layout}, ${bigEndian ? "big" : "little"} endian, any number of channels and frames`, () => {
        for (const channels of [1, 2, 3, 6, 16]) {
          for (const frames of [0, 1, 2, 3, 4, 5, 7, 63, 400, 1025]) {
            const bytes = randomBytes(frames * channels * BYTES_PER_SAMPLE[layout], frames + 1);
            const view = new DataView(bytes.buffer);
            let [bad, first] = [0, -1];
            const expected = Array.from({ length: channels }, (_, channel) =>
              Float32Array.from({ length: frames }, (__, frame) =>
                sampleAt(view, layout, !bigEndian, frame * channels + channel),
              ),
            );
            for (let i = 0; i < frames * channels; i++) {
              const channel = expected[i % channels]!;
              const frame = Math.floor(i / channels);
              if (Number.isFinite(channel[frame])) continue;
              channel[frame] = 0;
              bad++;
              if (first < 0) first = frame;
            }
            const actual = decode(bytes, layout, bigEndian, channels, frames % 4);
            assert.deepEqual(
              actual,
              { channels: expected, count: bad, first },
              `${channels} channels, ${frames} frames`,
            );
          }
        }
      });
    }
  }

  it("maps the ends of the integer ranges to -1 and to one step below 1", () => {
    assert.deepEqual(decode(Uint8Array.of(0, 0, 0x80, 0xff, 0xff, 0x7f), "s24", false, 1).channels, [
      Float32Array.of(-1, 1 - 2 ** -23),
    ]);
    assert.deepEqual(decode(Uint8Array.of(0, 128, 255), "u8", false, 1).channels, [
      Float32Array.of(-1, 0, 127 / 128),
    ]);
  });

  it("replaces what is not finite by silence and says how many and where the first one is", () => {
    for (const [layout, Values] of [
      ["f32", Float32Array],
      ["f64", Float64Array],
    ] as const) {
      const values = new Values(600).fill(0.25);
      values[301] = NaN;
      values[302] = -Infinity;
      values[599] = Infinity;
      const { channels, count, first } = decode(new Uint8Array(values.buffer), layout, false, 2);
      assert.deepEqual([count, first], [3, 150]);
      assert.deepEqual(
        [channels[1]![150], channels[0]![151], channels[1]![299], channels[0]![150]],
        [0, 0, 0, 0.25],
      );
    }
  });
});
