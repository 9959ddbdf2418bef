import assert from "node:assert/strict";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import fc from "fast-check";
import { Dsp } from "../../../src/engine/dsp.js";
import { EditedReader } from "../../../src/engine/editing/editedReader.js";
import { type Layer, type Piece, type Treatment } from "../../../src/session/audioEdits.js";
import { FADE_SHAPES } from "../../../src/session/fadeShape.js";
import { soundJob } from "../../../src/mastering/soundJob.js";
import { fadeFactor } from "./referenceEdits.js";
import { audioOf, noise, render, temporaryFolder, writeWav } from "./editedAudioBench.js";

const SOURCE_FRAMES = 300;

/** One frame of a treatment, in plain arithmetic. */
function treated(frame: readonly number[], treatment: Treatment, position: number): number[] {
  switch (treatment.kind) {
    case "gain":
      return frame.map((value, c) => Math.fround(value * treatment.factors[c]!));
    case "offset":
      return frame.map((value, c) => Math.fround(value + treatment.offsets[c]!));
    case "permute":
      return treatment.order.map((from) => frame[from]!);
    case "ramp": {
      const { shape, length, at, isRising } = treatment;
      const factor = fadeFactor(shape, at + position, length, isRising);
      return frame.map((value) => Math.fround(value * factor));
    }
  }
}

/** What the pieces sound like, frame by frame. */
function expected(
  pieces: readonly Piece[],
  sources: readonly Float32Array[][],
  channels: number,
): number[][] {
  const sound = Array.from({ length: channels }, (): number[] => []);
  for (const { frames, layers } of pieces) {
    for (let n = 0; n < frames; n++) {
      const sum = new Float32Array(channels);
      for (const layer of layers) {
        const at = layer.isReversed ? layer.start + frames - 1 - n : layer.start + n;
        const plain = Array.from({ length: channels }, (_, c) =>
          layer.source < 0 ? 0 : sources[layer.source]![c]![at]!,
        );
        layer.treatments
          .reduce((frame, treatment) => treated(frame, treatment, n), plain)
          .forEach((value, c) => (sum[c]! += value));
      }
      sum.forEach((value, c) => sound[c]!.push(value));
    }
  }
  return sound;
}

function treatmentArbitrary(channels: number, frames: number): fc.Arbitrary<Treatment> {
  const perChannel = (value: fc.Arbitrary<number>) =>
    fc.array(value, { minLength: channels, maxLength: channels });
  const number = fc.integer({ min: -200, max: 200 }).map((value) => value / 100);
  return fc.oneof(
    perChannel(number).map((factors) => ({ kind: "gain" as const, factors })),
    perChannel(number).map((offsets) => ({ kind: "offset" as const, offsets })),
    perChannel(fc.nat(channels - 1)).map((order) => ({ kind: "permute" as const, order })),
    fc.record({
      kind: fc.constant("ramp" as const),
      shape: fc.constantFrom(...FADE_SHAPES),
      length: fc.integer({ min: frames + 20, max: frames + 100 }),
      at: fc.nat(20),
      isRising: fc.boolean(),
    }),
  );
}

function layerArbitrary(channels: number, frames: number): fc.Arbitrary<Layer> {
  const treatments = fc.array(treatmentArbitrary(channels, frames), { maxLength: 3 });
  const start = fc.nat(SOURCE_FRAMES - frames);
  return fc.oneof(
    fc.record({ source: fc.nat(1), start, isReversed: fc.boolean(), treatments }),
    fc.record({ source: fc.constant(-1), start: fc.constant(0), isReversed: fc.boolean(), treatments }),
  );
}

function piecesArbitrary(channels: number): fc.Arbitrary<Piece[]> {
  const piece = fc.integer({ min: 1, max: 120 }).chain((frames) =>
    fc.record({
      frames: fc.constant(frames),
      layers: fc.array(layerArbitrary(channels, frames), { minLength: 1, maxLength: 3 }),
    }),
  );
  return fc.array(piece, { minLength: 1, maxLength: 8 });
}

describe("EditedReader", () => {
  const folder = temporaryFolder();

  for (const layout of ["u8", "s16", "s24", "f32"] as const) {
    it(`gives an unedited ${layout} file bit for bit`, () => {
      const scale = { u8: 2 ** 7, s16: 2 ** 15, s24: 2 ** 23, f32: 2 ** 23 }[layout];
      const sound = noise(2, 10000, 3).map((side) =>
        side.map((value) => Math.round(value * scale) / scale + 0),
      );
      const source = writeWav(join(folder, `${layout}.wav`), sound, layout);
      const layer: Layer = { source: 0, start: 0, isReversed: false, treatments: [] };
      assert.deepEqual(render(audioOf([source], [{ frames: 10000, layers: [layer] }], 2)), sound);
    });
  }

  for (const channels of [1, 2, 6, 16]) {
    it(`renders pieces, layers and treatments of ${channels} channels as plain arithmetic does`, () => {
      const material = [noise(channels, SOURCE_FRAMES, 1), noise(channels, SOURCE_FRAMES, 2)];
      const sources = material.map((sound, i) => writeWav(join(folder, `${channels}-${i}.wav`), sound));
      fc.assert(
        fc.property(piecesArbitrary(channels), (pieces) => {
          const sound = render(audioOf(sources, pieces, channels));
          expected(pieces, material, channels).forEach((side, c) => {
            const rendered = sound[c]!;
            assert.equal(rendered.length, side.length);
            side.forEach((value, n) =>
              assert.ok(Math.abs(rendered[n]! - value) <= 1e-6, `${rendered[n]} for ${value} at ${n}`),
            );
          });
        }),
        { numRuns: 60 },
      );
    });
  }

  it("does not depend on the blocks, to the last bit", () => {
    const material = [noise(2, SOURCE_FRAMES, 1), noise(2, SOURCE_FRAMES, 2)];
    const sources = material.map((sound, i) => writeWav(join(folder, `blocks-${i}.wav`), sound));
    const sizes = fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(piecesArbitrary(2), sizes, (pieces, blocks) => {
        const audio = audioOf(sources, pieces, 2);
        assert.deepEqual(render(audio, blocks), render(audio));
      }),
      { numRuns: 60 },
    );
  });

  it("reads any stretch, and less where the audio ends", () => {
    const [sound] = [noise(1, 1000, 5)];
    const source = writeWav(join(folder, "stretch.wav"), sound);
    const layer: Layer = { source: 0, start: 100, isReversed: true, treatments: [] };
    const audio = audioOf([source], [{ frames: 700, layers: [layer] }], 1);
    const backwards = sound[0]!.slice(100, 800).reverse();
    assert.deepEqual(soundJob({ audio, start: 250, count: 300 }), [backwards.slice(250, 550)]);
    assert.deepEqual(soundJob({ audio, start: 600, count: 300 }), [backwards.slice(600)]);
    assert.deepEqual(soundJob({ audio, start: 700, count: 300 }), [new Float32Array(0)]);
    assert.deepEqual(soundJob({ audio: audioOf([], [], 1), start: 0, count: 9 }), [new Float32Array(0)]);
  });

  it("hears silence for samples that are no numbers", () => {
    const source = writeWav(join(folder, "nan.wav"), [[0.5, NaN, Infinity, -0.5]]);
    const layer: Layer = { source: 0, start: 0, isReversed: false, treatments: [] };
    const audio = audioOf([source], [{ frames: 4, layers: [layer] }], 1);
    assert.deepEqual(render(audio), [Float32Array.of(0.5, 0, 0, -0.5)]);
  });

  it("keeps few files open, however many sources there are, and none once it is closed", () => {
    const sources = Array.from({ length: 40 }, (_, i) =>
      writeWav(join(folder, `many-${i}.wav`), [Float32Array.of(i / 64)]),
    );
    const pieces = sources.map((_, source): Piece => {
      return { frames: 1, layers: [{ source, start: 0, isReversed: false, treatments: [] }] };
    });
    const openFiles = () => (process.platform === "linux" ? readdirSync("/proc/self/fd").length : 0);
    const before = openFiles();
    const reader = new EditedReader(new Dsp(), audioOf(sources, pieces, 1));
    assert.equal(reader.read(0, 4096), 40);
    assert.ok(openFiles() - before <= 8, `${openFiles() - before} more open files`);
    reader.close();
    assert.ok(openFiles() <= before);
    assert.deepEqual(render(audioOf(sources, pieces, 1)), [Float32Array.from(sources, (_, i) => i / 64)]);
  });

  it("says so when a source is missing, has become shorter, or has other channels", () => {
    const source = writeWav(join(folder, "short.wav"), [new Float32Array(10)]);
    const layer: Layer = { source: 0, start: 0, isReversed: false, treatments: [] };
    const readOf =
      (frames: number, channels: number, path = source.path) =>
      () =>
        render(audioOf([{ path, frames }], [{ frames, layers: [layer] }], channels));
    assert.throws(readOf(11, 1), /short\.wav: it has 10 frames instead of 11: it was changed/);
    assert.throws(readOf(10, 2), /short\.wav: it has 1 audio channels instead of 2/);
    assert.throws(readOf(10, 1, join(folder, "none.wav")), /none\.wav: there is no such file/);
    writeFileSync(join(folder, "text.wav"), "no audio at all");
    assert.throws(readOf(10, 1, join(folder, "text.wav")), { name: "AudioFileError" });
    assert.throws(readOf(10, 17), /17 audio channels; at most 16/);
  });
});
