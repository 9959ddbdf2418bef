/** Every encoding, against the independent reader `wavefile`, tables, or blocks made by other encoders. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import wavefile from "wavefile";
import { A_LAW, MU_LAW } from "../../src/audio/g711.js";
import { decodePcm } from "../../src/audio/pcm.js";
import { seededRandom } from "../../src/units/random.js";
import { concat, data, fmt, readAll, readerOf, u16, u32, wav } from "./wavFixtures.js";

const random = seededRandom(20);
const FRAMES = 1000;

/** A stereo file of random samples made by wavefile. */
function made(bitDepth: string, sample: () => number, channels = 2): wavefile.WaveFile {
  const file = new wavefile.WaveFile();
  file.fromScratch(
    channels,
    44100,
    bitDepth,
    Array.from({ length: channels }, () => Array.from({ length: FRAMES }, sample)),
  );
  return file;
}

const integer = (bits: number) => () => Math.floor((random() - 0.5) * 2 ** bits);

describe("WavReader agrees with wavefile", () => {
  const cases: readonly [string, string, () => number, (stored: number) => number][] = [
    ["8", "PCM 8-bit", () => Math.floor(random() * 256), (stored) => (stored - 128) / 2 ** 7],
    ["16", "PCM 16-bit", integer(16), (stored) => stored / 2 ** 15],
    ["24", "PCM 24-bit", integer(24), (stored) => stored / 2 ** 23],
    ["32", "PCM 32-bit", integer(32), (stored) => stored / 2 ** 31],
    ["32f", "float 32-bit", () => random() * 4 - 2, (stored) => stored],
    ["64", "float 64-bit", () => random() * 4 - 2, (stored) => stored],
  ];
  for (const container of ["RIFF", "RIFX"]) {
    for (const [bitDepth, codec, sample, scale] of cases) {
      it(`${codec} in ${container}`, () => {
        const file = made(bitDepth, sample);
        if (container === "RIFX") file.toRIFX();
        const expected = file.getSamples(false, Float64Array) as unknown as Float64Array[];
        const reader = readerOf(file.toBuffer());
        assert.equal(reader.info.codec, codec);
        const planar = decodePcm(readAll(reader, 77), reader.pcm, FRAMES);
        planar.forEach((samples, channel) => assert.deepEqual(samples, expected[channel]!.map(scale)));
      });
    }
  }

  const compressed: readonly [
    string,
    (file: wavefile.WaveFile) => void,
    (file: wavefile.WaveFile) => void,
  ][] = [
    ["A-law", (file) => file.toALaw(), (file) => file.fromALaw()],
    ["mu-law", (file) => file.toMuLaw(), (file) => file.fromMuLaw()],
  ];
  for (const [codec, compress, expand] of compressed) {
    it(codec, () => {
      const file = made("16", integer(16));
      compress(file);
      const reader = readerOf(file.toBuffer());
      expand(file);
      const expected = file.getSamples(true, Int16Array) as unknown as Int16Array;
      assert.equal(reader.info.codec, codec);
      assert.deepEqual(new Int16Array(readAll(reader, 77).buffer), expected);
    });
  }
});

describe("G.711", () => {
  // Recommendation ITU-T G.711, tables 1a and 2a: greatest and least decoder outputs, in 1/8 and 1/4 of 16 bits.
  it("has the decision values of the recommendation", () => {
    assert.deepEqual([A_LAW[0xd5], A_LAW[0x55], A_LAW[0xaa], A_LAW[0x2a]], [8, -8, 4032 * 8, -4032 * 8]);
    assert.deepEqual([MU_LAW[0xff], MU_LAW[0x7f], MU_LAW[0x80], MU_LAW[0x00]], [0, 0, 8031 * 4, -8031 * 4]);
  });
  for (const [name, table] of [
    ["A-law", A_LAW],
    ["mu-law", MU_LAW],
  ] as const) {
    it(`${name} is odd and grows with the magnitude`, () => {
      const positive =
        name === "A-law"
          ? [...Array(128).keys()].map((code) => (code | 0x80) ^ 0x55)
          : [...Array(128).keys()].map((code) => 0xff - code);
      for (const code of positive) assert.equal(table[code]! + table[code ^ 0x80]!, 0);
      const magnitudes = positive.map((code) => table[code]!);
      assert.deepEqual(
        magnitudes,
        [...magnitudes].sort((a, b) => a - b),
      );
    });
  }
});

interface AdpcmBlock {
  readonly name: string;
  readonly tag: number;
  readonly channels: number;
  readonly blockBytes: number;
  readonly extension: Uint8Array;
  readonly block: string;
  /** Interleaved. */
  readonly samples: readonly number[];
}

const MS_COEFFICIENTS = [256, 0, 512, -256, 0, 0, 192, 64, 240, 0, 460, -208, 392, -232];

// Two tones and noise; IMA encoded by ffmpeg 5.1 and decoded by SoX 14.4, MS the other way round.
// prettier-ignore
const BLOCKS: readonly AdpcmBlock[] = [
  {
    name: "IMA ADPCM, mono", tag: 0x11, channels: 1, blockBytes: 32, extension: u16(57),
    block: "0000000077777787bf4920a9ccac20473312c9db9a89228190bb18753411a9bd",
    samples: [
      0, 11, 41, 104, 240, 533, 1164, 2521, 2327, -317, -2963, -3993, -1182, -804, 913, -23, -1443, -3767, -6578, -9980,
      -12267, -11852, -9962, -4809, 1821, 8061, 13734, 17417, 19425, 17600, 12619, 7932, 1236, -3221, -5652, -7861,
      -8530, -5487, -2720, -1211, -1668, -1253, -2387, -4791, -6976, -7260, -6486, -3905, 1248, 7878, 14118, 16549,
      18758, 16750, 13707, 7619, 1946,
    ],
  },
  {
    name: "IMA ADPCM, stereo", tag: 0x11, channels: 2, blockBytes: 32, extension: u16(25),
    block: "000000000000000077777777777777ff97ab9daabf43258110214335baad8a42",
    samples: [
      0, 0, 11, 11, 41, 41, 104, 104, 240, 240, 533, 533, 1164, 1164, 2521, -193, 5431, -3103, 11667, -9339, 8993, -15579,
      3320, -9906, -363, -3276, -7729, 6530, -10670, 13056, -15127, 16615, -19179, 15537, -18443, 10635, -16435, 4395,
      -14610, -4520, -11843, -10452, -8321, -15845, -4204, -16825, 1884, -12368, 7557, -5074,
    ],
  },
  {
    name: "MS ADPCM, stereo, predictors 5 and 6", tag: 2, channels: 2, blockBytes: 44,
    extension: concat(u16(32), u16(7), ...MS_COEFFICIENTS.map((value) => u16(value))),
    block: "05067400ab00d814481f000000007777c20220a01deceddd4fa024e3161122ff1e2d1c4d0e10030414d4b121",
    samples: [
      0, 0, 5336, 8008, 10400, 13459, 16298, 16221, 18171, 14607, 19408, 9432, 21541, 1205, 19079, -6702, 18066, -13271,
      14650, -16543, 9571, -15368, 2501, -10394, 62, -2543, -7932, 5525, -10295, 12552, -15654, 15821, -18146, 15736,
      -18435, 10719, -15773, 3880, -14534, -4548, -12248, -11874, -8309, -15938, -4129, -15892, 2380, -11909, 7631, -5041,
      12598, 3073, 16436, 10731, 19297, 15390, 21913, 15928, 22100, 12942, 19521, 6131, 18644, -1668,
    ],
  },
];

it("IMA ADPCM keeps to its greatest step and to 16 bits", () => {
  // Step 32767; code 7 adds 15/8 of it, code 8 takes off 1/8, as the recommendation computes it.
  const block = Uint8Array.of(0, 0, 88, 0, 0x87, 0x88, 0x88, 0x88);
  const mono = { ...BLOCKS[0]!, blockBytes: 8, extension: u16(9) };
  const samples = new Int16Array(readAll(readerOf(adpcmFile(mono, block))).buffer);
  assert.deepEqual([...samples.subarray(0, 3)], [0, 32767, 32767 - 4095]);
});

function adpcmFile(
  { tag, channels, blockBytes, extension }: AdpcmBlock,
  bytes: Uint8Array,
  frames?: number,
): Uint8Array {
  const format = fmt(tag, channels, 4);
  format.bytes.set(u16(blockBytes), 12);
  const chunk = { id: "fmt ", bytes: concat(format.bytes, u16(extension.length), extension) };
  return frames === undefined
    ? wav("RIFF", chunk, data(bytes))
    : wav("RIFF", chunk, { id: "fact", bytes: u32(frames) }, data(bytes));
}

for (const adpcm of BLOCKS) {
  const block = Uint8Array.from(Buffer.from(adpcm.block, "hex"));
  const framesPerBlock = adpcm.samples.length / adpcm.channels;
  const decoded = (bytes: Uint8Array, piece: number) => [
    ...new Int16Array(readAll(readerOf(bytes), piece).buffer),
  ];

  describe(adpcm.name, () => {
    it("decodes a block made by another encoder exactly", () => {
      assert.deepEqual(decoded(adpcmFile(adpcm, block), 1000), adpcm.samples);
    });
    it("reads across blocks in pieces of any size, and a last block cut short", () => {
      const bytes = adpcmFile(adpcm, concat(block, block, block.subarray(0, 24)));
      const whole = decoded(bytes, 1000);
      assert.deepEqual(whole.slice(0, 2 * adpcm.samples.length), [...adpcm.samples, ...adpcm.samples]);
      const rest = whole.slice(2 * adpcm.samples.length);
      assert.ok(rest.length > adpcm.channels);
      assert.deepEqual(rest, adpcm.samples.slice(0, rest.length));
      for (const piece of [1, 7, framesPerBlock, framesPerBlock + 1])
        assert.deepEqual(decoded(bytes, piece), whole);
    });
    it("ends where fact says, but never behind the data", () => {
      assert.equal(readerOf(adpcmFile(adpcm, block, 5)).info.frames, 5);
      assert.equal(readerOf(adpcmFile(adpcm, block, 5000)).info.frames, framesPerBlock);
    });
    it("refuses a block with an impossible header at its offset, and still reads the others", () => {
      // The last channel's, so that the others are decoded before the fault is seen.
      const badByte = adpcm.tag === 2 ? adpcm.channels - 1 : 4 * adpcm.channels - 2;
      const bad = block.map((byte, i) => (i === badByte ? 200 : byte ^ 1));
      const reader = readerOf(adpcmFile(adpcm, concat(block, bad)));
      const offset = reader.chunks.at(-1)!.offset + block.length + badByte;
      assert.equal(reader.readFrames(0, framesPerBlock, new Uint8Array(4096)), framesPerBlock);
      assert.throws(() => reader.readFrames(framesPerBlock, 1, new Uint8Array(4)), {
        name: "AudioFileError",
        offset,
      });
      const again = new Uint8Array(2 * adpcm.samples.length);
      reader.readFrames(0, framesPerBlock, again);
      assert.deepEqual([...new Int16Array(again.buffer)], adpcm.samples);
    });
  });
}
