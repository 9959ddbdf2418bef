import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, describe, it } from "node:test";
import wavefile from "wavefile";
import { WavWriter } from "../../src/audio/wavWriter.js";
import { newAlbum } from "../../src/mastering/newAlbum.js";
import type { MasterSongInput } from "../../src/mastering/masterSong.js";
import type { SongResult } from "../../src/mastering/results.js";
import { Studio } from "../../src/mastering/studio.js";
import { parseAlbum } from "../../src/session/albumDocument.js";
import { editText } from "../../src/session/edits/editText.js";
import { masteringPresetChanges } from "../../src/session/presets/applyMasteringPreset.js";
import { MASTERING_PRESETS, MASTERING_PRESET_NAMES } from "../../src/session/presets/masteringChains.js";
import { seededRandom } from "../../src/units/random.js";
import { referenceIntegrated, referenceTruePeak } from "../standards/referenceMeter.js";

const RATE = 44100;

describe("mastering presets", () => {
  let folder: string;
  let studio: Studio;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "headroom-preset-"));
    writeSong();
    studio = new Studio({ workerPath: resolve("dist/worker.js"), workers: 2 });
  });
  after(async () => {
    await studio.dispose();
    rmSync(folder, { recursive: true });
  });

  /** A beat of pink noise over a chord, soft and loud by turns: 12 s, about -18 LUFS. */
  function writeSong(): void {
    const random = seededRandom(7);
    const samples = new Float32Array(2 * 12 * RATE);
    const pink = [new Float64Array(8), new Float64Array(8)];
    for (let i = 0; i < samples.length / 2; i++) {
      const t = i / RATE;
      const swell = 0.6 + 0.4 * Math.sin((2 * Math.PI * t) / 6);
      const burst = Math.exp(-((t * 2) % 1) * 9);
      const chord = [110, 138.6, 164.8, 440, 880].reduce(
        (sum, f) => sum + Math.sin(2 * Math.PI * f * t) / f,
        0,
      );
      for (const side of [0, 1]) {
        const noise = pinkNoise(pink[side]!, 2 * random() - 1);
        samples[2 * i + side] = swell * (0.12 * burst * noise + 12 * chord + 0.01 * noise);
      }
    }
    const writer = WavWriter.create(join(folder, "song.wav"), {
      sampleRate: RATE,
      channels: 2,
      layout: "f32",
    });
    writer.write(new Uint8Array(samples.buffer));
    writer.finish();
  }

  const master = (input: Partial<MasterSongInput>): Promise<SongResult> =>
    studio.masterSong({
      ...{ source: join(folder, "song.wav"), output: join(folder, "out.wav"), preset: "transparent" },
      ...input,
    });

  function read(path: string): Float64Array[] {
    const wav = new wavefile.WaveFile(readFileSync(path));
    const samples = wav.getSamples(true, Float64Array);
    const scale = 2 ** (Number(wav.bitDepth) - 1);
    return [0, 1].map((c) =>
      Float64Array.from({ length: samples.length / 2 }, (_, i) => samples[2 * i + c]! / scale),
    );
  }

  for (const preset of MASTERING_PRESET_NAMES) {
    it(`"${preset}" meets its target and ceiling, and keeps what it promises to keep`, async () => {
      const { target, chain } = MASTERING_PRESETS[preset];
      const result = await master({ preset });
      const channels = read(join(folder, "out.wav"));
      assert.ok(referenceTruePeak(channels) <= target.truePeak, "true peak");
      const miss = target.loudness - referenceIntegrated(channels, RATE);
      assert.ok(Math.abs(miss) <= 0.1 || /LU short of/.test(result.warnings.join()), `${miss} LU`);
      assert.ok(result.gainReductionP95 >= -target.maxGainReduction - 0.05, "limiter");
      const source = readFloat(join(folder, "song.wav"));
      const gain = 10 ** ((result.chainGain + result.gain) / 20);
      channels.forEach((side, c) => {
        const added = Math.abs(meanOf(side)) - gain * Math.abs(meanOf(source[c]!));
        assert.ok(added < 10 ** (-90 / 20), `DC ${added}`);
      });
      const lost = result.before!.loudness.lra! - result.after!.loudness.lra!;
      const most = preset === "loud" || preset === "podcast" ? 4 : preset === "warm" ? 2 : 1;
      assert.ok(lost <= most, `${lost} LU of range`);
      const wide = correlationOf(source) - correlationOf(channels);
      assert.ok(wide <= 0.1, `correlation falls by ${wide}`);
      assert.equal(result.stages.length, chain.filter(({ type }) => DYNAMICS.has(type)).length);
      for (const { reductionMax } of result.stages) assert.ok(reductionMax <= 0 && reductionMax > -8);
    });
  }

  it("bring a song to the same level before the chain, however loud it is", async () => {
    const before = readFloat(join(folder, "song.wav"));
    const quiet = new Float32Array(before[0]!.length * 2);
    before.forEach((side, c) => side.forEach((value, i) => (quiet[2 * i + c] = value / 8)));
    const writer = WavWriter.create(join(folder, "quiet.wav"), {
      sampleRate: RATE,
      channels: 2,
      layout: "f32",
    });
    writer.write(new Uint8Array(quiet.buffer));
    writer.finish();
    const [loud, soft] = [
      await master({ output: join(folder, "loud.wav") }),
      await master({ source: join(folder, "quiet.wav"), output: join(folder, "soft.wav") }),
    ];
    assert.ok(Math.abs(soft.chainGain - loud.chainGain - 20 * Math.log10(8)) < 0.01);
    assert.deepEqual(soft.stages, loud.stages);
    assert.ok(Math.abs(soft.after!.loudness.integrated! - loud.after!.loudness.integrated!) < 0.02);
  });

  it("stay out of the way when every insert is bypassed: gain and limiter are left", async () => {
    const result = await master({ preset: "demo", loudness: -30, output: join(folder, "plain.wav") });
    const [source, plain] = [readFloat(join(folder, "song.wav")), read(join(folder, "plain.wav"))];
    const gain = 10 ** (result.gain / 20);
    const residual = plain[0]!.reduce(
      (most, value, i) => Math.max(most, Math.abs(value - gain * source[0]![i]!)),
      0,
    );
    // Two steps of 24 bits: rounding and dither.
    assert.ok(residual <= 2 * 2 ** -23, `${20 * Math.log10(residual)} dBFS`);
  });

  it("give one file and nothing else, and none if it would be the song itself", async () => {
    const names = (): string[] => readdirSync(folder).sort();
    const known = names();
    await master({ output: join(folder, "deliver", "one.flac") });
    assert.deepEqual(readdirSync(join(folder, "deliver")), ["one.flac"]);
    assert.deepEqual(
      names().filter((name) => name !== "deliver"),
      known,
    );
    await assert.rejects(master({ output: join(folder, "song.wav") }), /would overwrite the song/);
    await assert.rejects(master({ output: join(folder, "song.aac") }), /\.wav, \.flac or \.mp3/);
    assert.ok(!existsSync(join(folder, "song.aac")));
  });

  it("are written into an album that keeps its comments", () => {
    const text = `{
  // Mine.
  "headroom": 1, "title": "T",
  "target": { "mode": "preserve", "loudness": -20 }, // how loud
  "songs": [{ "source": "a.wav", "title": "A" }]
}`;
    for (const name of MASTERING_PRESET_NAMES) {
      const edits = editText(text, masteringPresetChanges(name));
      const changed = edits.reduceRight(
        (each, { offset, length, text: put }) => each.slice(0, offset) + put + each.slice(offset + length),
        text,
      );
      const { value, diagnostics } = parseAlbum(changed);
      assert.deepEqual(diagnostics, []);
      assert.match(changed, /\/\/ Mine\.[^]*\/\/ how loud/);
      assert.equal(value?.target.mode, "preserve");
      assert.equal(value.target.loudness, MASTERING_PRESETS[name].target.loudness);
      assert.equal(value.chain.length, MASTERING_PRESETS[name].chain.length);
    }
  });

  it("begin a new album of the songs in a folder", () => {
    for (const name of ["02 Second_song.wav", "01 First.flac", "notes.txt"])
      writeFileSync(join(folder, name), "");
    for (const preset of MASTERING_PRESET_NAMES) {
      const output = join(folder, `${preset}.album.json`);
      newAlbum({ folder, output, preset });
      const { value, diagnostics } = parseAlbum(readFileSync(output, "utf8"));
      assert.deepEqual(diagnostics, []);
      assert.deepEqual(
        value?.songs.slice(0, 2).map(({ source, title }) => [source, title]),
        [
          ["01 First.flac", "First"],
          ["02 Second_song.wav", "Second song"],
        ],
      );
      assert.throws(() => newAlbum({ folder, output, preset }), /of this name already/);
    }
  });

  function readFloat(path: string): Float64Array[] {
    const wav = new wavefile.WaveFile(readFileSync(path));
    const samples = wav.getSamples(true, Float64Array);
    return [0, 1].map((c) =>
      Float64Array.from({ length: samples.length / 2 }, (_, i) => samples[2 * i + c]!),
    );
  }
});

const DYNAMICS = new Set(["compressor", "multiband", "deesser", "gate", "limiter"]);

/** P. Kellet's filter of white noise, six of its poles, behind a filter of DC. */
function pinkNoise(state: Float64Array, white: number): number {
  const poles = [0.99886, 0.99332, 0.969, 0.8665, 0.55, -0.7616];
  const gains = [0.0555179, 0.0750759, 0.153852, 0.3104856, 0.5329522, -0.016898];
  let sum = 0.5362 * white;
  for (let i = 0; i < 6; i++) sum += state[i] = poles[i]! * state[i]! + gains[i]! * white;
  state[7] = sum - state[6]! + 0.995 * state[7]!;
  state[6] = sum;
  return state[7];
}

const meanOf = (values: Float64Array): number => values.reduce((sum, each) => sum + each, 0) / values.length;

function correlationOf([left, right]: readonly Float64Array[]): number {
  let [cross, a, b] = [0, 0, 0];
  left!.forEach((value, i) => {
    cross += value * right![i]!;
    a += value * value;
    b += right![i]! * right![i]!;
  });
  return cross / Math.sqrt(a * b);
}
