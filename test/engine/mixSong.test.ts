import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { WavWriter } from "../../src/audio/wavWriter.js";
import { Dsp } from "../../src/engine/dsp.js";
import { checkDocument } from "../../src/mastering/checkDocument.js";
import { openSong } from "../../src/mastering/openSong.js";
import { seededRandom } from "../../src/units/random.js";

const RATE = 48000;
/** One rounding to a 32-bit float of a signal below full scale. */
const FLOAT_STEP = 2 ** -24;

describe("MixSong", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "headroom-mix-"));
    writeFloats("noise.wav", noise(1, 24000));
    writeFloats("other.wav", noise(2, 24000));
    writeFloats(
      "sine44k.wav",
      Float32Array.from({ length: 44100 }, (_, i) => 0.5 * Math.sin((2 * Math.PI * 997 * i) / 44100)),
      44100,
    );
  });
  after(() => rmSync(folder, { recursive: true }));

  function noise(seed: number, frames: number): Float32Array {
    const random = seededRandom(seed);
    return Float32Array.from({ length: frames }, () => random() - 0.5);
  }

  /** Interleaved samples to a float file. */
  function writeFloats(name: string, samples: Float32Array, sampleRate = RATE, channels = 1): void {
    const writer = WavWriter.create(join(folder, name), { sampleRate, channels, layout: "f32" });
    writer.write(new Uint8Array(samples.buffer));
    writer.finish();
  }

  /** Renders a session given as an object. */
  function render(session: object): { left: Float32Array; right: Float32Array; warnings: readonly string[] } {
    const path = join(folder, "song.mix.json");
    writeFileSync(path, JSON.stringify({ headroom: 1, sampleRate: RATE, ...session }));
    const dsp = new Dsp();
    const song = openSong(dsp, path);
    const [left, right]: [number[], number[]] = [[], []];
    for (let block = song.next(); block; block = song.next()) {
      left.push(...dsp.float32(block.left, block.frames));
      right.push(...dsp.float32(block.right, block.frames));
    }
    song.close();
    return { left: Float32Array.from(left), right: Float32Array.from(right), warnings: song.warnings() };
  }

  const clip = (extra: object = {}): object => ({ file: "noise.wav", ...extra });
  const assertNear = (actual: number, expected: number, tolerance: number, what: string): void =>
    assert.ok(Math.abs(actual - expected) <= tolerance, `${what}: ${actual} instead of ${expected}`);

  it("convolves with an impulse response beside the document, of any sample rate, for as long as its tail sounds", () => {
    const response = new Float32Array(9600);
    response[0] = 0.5;
    response[7000] = 0.25;
    writeFloats("response.wav", response);
    const insert = { type: "convolution", file: "response.wav", normalize: false, mix: 100 };
    const tracks = [{ id: "a", clips: [clip()], inserts: [insert] }];
    const { left } = render({ panLaw: 0, tracks });
    const input = noise(1, 24000);
    assert.ok(left.length >= 31000);
    for (let i = 0; i < 31000; i++)
      assertNear(left[i]!, 0.5 * (input[i] ?? 0) + 0.25 * (input[i - 7000] ?? 0), 2e-6, `frame ${i}`);

    const slow = Float32Array.from({ length: 4410 }, (_, i) => (i === 400 ? 1 : 0));
    writeFloats("slow.wav", slow, 44100, 2);
    const converted = render({
      panLaw: 0,
      tracks: [{ id: "a", clips: [clip()], inserts: [{ ...insert, file: "slow.wav" }] }],
    });
    // A single sample at 44.1 kHz lets all below its half pass, as loud as it came: of white noise, so much energy.
    const energy = (samples: Float32Array) => samples.reduce((sum, x) => sum + x * x, 0);
    const kept = energy(converted.left) / energy(input);
    assert.ok(kept > 20000 / 24000 && kept < 44100 / 48000, `energy: ${kept}`);
  });

  it("refuses to render without the impulse response, at the place that names it", () => {
    const inserts = [{ type: "convolution", file: "nowhere.wav" }];
    const tracks = [{ id: "a", clips: [clip()], inserts }];
    assert.throws(() => render({ tracks }), /nowhere\.wav/);
    const found = checkDocument(join(folder, "song.mix.json"));
    assert.deepEqual(
      found.map(({ code, path }) => [code, path.join("/")]),
      [["file-missing", "tracks/0/inserts/0/file"]],
    );
    writeFloats("odd.wav", new Float32Array(300), RATE, 3);
    const odd = [{ ...tracks[0], inserts: [{ type: "convolution", file: "odd.wav" }] }];
    assert.throws(() => render({ tracks: odd }), /3 audio channels; an impulse response has 1, 2 or 4/);
  });

  it("places a clip to the sample and gives each side its gain", () => {
    const source = noise(1, 24000);
    const { left, right } = render({
      tracks: [
        {
          id: "a",
          pan: -1,
          fader: -6,
          clips: [clip({ start: 0.25, offset: 0.125, length: 0.25, gain: -2 })],
        },
      ],
    });
    assert.equal(left.length, 24000);
    const gain = 10 ** (-8 / 20);
    for (const i of [0, 11999]) assert.equal(left[i], 0);
    for (const i of [12000, 15000, 23999])
      assertNear(left[i]!, gain * source[i - 12000 + 6000]!, FLOAT_STEP, `frame ${i}`);
    assert.ok(right.every((sample) => Math.abs(sample) < 1e-8));
  });

  it("sums tracks, and mutes and solos them", () => {
    const [first, second] = [noise(1, 24000), noise(2, 24000)];
    const tracks = (a: object, b: object): object => ({
      panLaw: 0,
      tracks: [
        { id: "a", clips: [clip()], ...a },
        { id: "b", clips: [clip({ file: "other.wav" })], ...b },
      ],
    });
    const at = 12345;
    assertNear(render(tracks({}, {})).left[at]!, first[at]! + second[at]!, FLOAT_STEP, "sum");
    assertNear(render(tracks({ mute: true }, {})).left[at]!, second[at]!, FLOAT_STEP, "mute");
    assertNear(render(tracks({ solo: true }, {})).left[at]!, first[at]!, FLOAT_STEP, "solo");
    assertNear(
      render(tracks({ polarity: "inverted", trim: -6 }, { mute: true })).left[at]!,
      -(10 ** (-6 / 20)) * first[at]!,
      FLOAT_STEP,
      "trim",
    );
  });

  it("fades by the shape's curve", () => {
    writeFloats("ones.wav", new Float32Array(48000).fill(1));
    const fades = { linear: 0.5, equalPower: Math.SQRT1_2, sCurve: 0.5 };
    for (const [shape, middle] of Object.entries(fades)) {
      const file = "ones.wav";
      const { left } = render({
        panLaw: 0,
        tracks: [
          { id: "a", clips: [{ file, fadeIn: { length: 0.5, shape }, fadeOut: { length: 0.25, shape } }] },
        ],
      });
      assert.equal(left[0], 0, shape);
      assertNear(left[12000]!, middle, 1e-6, `${shape} in`);
      assertNear(left[24000]!, 1, 0, `${shape} between`);
      assertNear(left[42000]!, middle, 1e-6, `${shape} out`);
    }
  });

  it("lets a late track meet the others in time: a null of a dry path and one with look-ahead", () => {
    const { left } = render({
      tracks: [
        { id: "dry", clips: [clip({ start: 0.1 })] },
        {
          id: "late",
          polarity: "inverted",
          clips: [clip({ start: 0.1 })],
          inserts: [{ type: "limiter", ceiling: 0, lookahead: 7 }],
        },
      ],
      master: { inserts: [{ type: "limiter", ceiling: 0, lookahead: 3 }] },
    });
    assert.ok(left.length >= 28800);
    // -120 dB, what the design asks of latency compensation.
    assert.ok(left.every((sample) => Math.abs(sample) < 1e-6));
  });

  it("converts a clip of another sample rate: right pitch, right length", () => {
    const { left } = render({ panLaw: 0, tracks: [{ id: "a", clips: [{ file: "sine44k.wav" }] }] });
    assert.equal(left.length, 48000);
    // Away from the ends, where the file begins and stops abruptly. -100 dB of the sine.
    for (let i = 4800; i < 43200; i += 97) {
      assertNear(left[i]!, 0.5 * Math.sin((2 * Math.PI * 997 * i) / 48000), 5e-6, `frame ${i}`);
    }
  });

  it("keeps a tail until it is below -90 dB", () => {
    writeFloats("click.wav", Float32Array.of(1, 0, 0, 0));
    const { left } = render({
      panLaw: 0,
      tracks: [
        {
          id: "a",
          clips: [{ file: "click.wav" }],
          inserts: [{ type: "eq", bands: [{ type: "peak", frequency: 30, q: 20, gain: 20 }] }],
        },
      ],
    });
    assert.ok(left.length > 48000 / 4, `${left.length} frames`);
    assert.ok(Math.max(...left.subarray(-4096).map(Math.abs)) > 10 ** (-90 / 20));
  });

  it("tells of samples that are no numbers, and lets none through", () => {
    const samples = noise(3, 9600);
    samples[4800] = NaN;
    samples[4801] = Infinity;
    writeFloats("bad.wav", samples);
    const { left, warnings } = render({
      panLaw: 0,
      tracks: [{ id: "a", clips: [{ file: "bad.wav" }], inserts: [{ type: "compressor" }] }],
    });
    assert.ok(left.every(Number.isFinite));
    assert.equal(warnings.length, 1);
    assert.match(warnings[0]!, /bad\.wav: 2 samples are not finite numbers, the first at 0\.100 s/);
  });
});
