import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { describe, it } from "node:test";
import { ensureDebianPackage } from "../../../.ci/setup.mjs";
import { openAudioFile } from "../../../src/audio/openAudioFile.js";
import type { SampleLayout } from "../../../src/audio/audioFile.js";
import { findingsJob } from "../../../src/mastering/overviewJobs.js";
import type { Finding } from "../../../src/protocol/wavProtocol.js";
import type { EditedAudio, StorageFormat } from "../../../src/session/audioEdits.js";
import { seededRandom } from "../../../src/units/random.js";
import { audioOf, temporaryFolder, writeWav } from "../editing/editedAudioBench.js";

const RATE = 48000;
const MUSIC = "/usr/share/games/wesnoth/1.16/data/core/music";

describe("findings", () => {
  const folder = temporaryFolder();
  let files = 0;

  function audioWith(
    sound: readonly Float32Array[],
    layout: SampleLayout = "f32",
    bitDepth: StorageFormat["bitDepth"] = "32f",
  ): EditedAudio {
    const source = writeWav(join(folder, `${++files}.wav`), sound, layout);
    const layers = [{ source: 0, start: 0, isReversed: false, treatments: [] }];
    const audio = audioOf([source], [{ frames: source.frames, layers }], sound.length);
    return { ...audio, format: { bitDepth, dither: "none" } };
  }

  function found(...sound: readonly Float32Array[]): Finding[] {
    return findingsJob({ audio: audioWith(sound) });
  }

  it("are none in clean tones, noise, chords and waves of any shape, at any level up to full scale", () => {
    const clean: Record<string, Float32Array> = {
      "full-scale 50 Hz": tone(50, 1),
      "full-scale 20 Hz": tone(20, 1),
      "full-scale 997 Hz": tone(997, 1),
      "full-scale 12 kHz": tone(12_000, 1),
      noise: whiteNoise(3 * RATE, 1, 0.99),
      chord: music(3 * RATE, 5),
      drums: drums(6 * RATE, 7),
      "drums over a chord": mixed(drums(6 * RATE, 8), music(6 * RATE, 9)),
      "naive saw of 45 Hz": Float32Array.from({ length: 3 * RATE }, (_, n) => (((n * 45) / RATE) % 1) - 0.5),
      "naive square of 110 Hz": tone(110, 0.5).map((value) => 0.4 * Math.sign(value)),
    };
    for (const [name, sound] of Object.entries(clean)) {
      // Phases are cut somewhere: their DC is not what is tested here.
      assert.deepEqual(
        found(sound).filter(({ kind }) => kind !== "dc"),
        [],
        name,
      );
    }
    // Rounded to few bits, the top of a slow wave is flat.
    for (const [layout, bits] of [
      ["u8", 8],
      ["s16", 16],
      ["s24", 24],
    ] as const) {
      for (const hertz of [20, 50, 440]) {
        const audio = audioWith([tone(hertz, 1)], layout, bits);
        assert.deepEqual(findingsJob({ audio }), [], `${layout} ${hertz}`);
      }
    }
  });

  it("find clipped runs: where they are, how long, how loud, in which channel", () => {
    for (const layout of ["s16", "s24", "f32"] as const) {
      const sound = music(2 * RATE, 3).map((value) => 0.5 * value);
      sound.set([0.5, 1, 1, 1, 1, 1, 0.6], 30_000);
      sound.set([-0.7, -1, -1, -1, -0.4], 70_000);
      const audio = audioWith([new Float32Array(2 * RATE).fill(0.0003), sound], layout);
      const clipping = findingsJob({ audio }).filter(({ kind }) => kind === "clipping");
      assert.deepEqual(clipping, [
        {
          kind: "clipping",
          range: { start: 30_001, end: 30_006 },
          channel: 1,
          text: "Clipped: 5 samples at 0.0 dBFS",
        },
        {
          kind: "clipping",
          range: { start: 70_001, end: 70_004 },
          channel: 1,
          text: "Clipped: 3 samples at 0.0 dBFS",
        },
      ]);
    }
    // A sine of +1 dB, cut: every half period, told of together.
    const cut = tone(200, 1.122).map((value) => Math.max(-1, Math.min(1, value)));
    const [one, ...others] = found(cut);
    assert.equal(others.length, 0);
    assert.equal(one!.kind, "clipping");
    assert.match(one!.text, /^Clipped 1200 times at 0\.0 dBFS, up to 3[5-7] samples$/);
  });

  it("count two equal samples, or equal ones below the highest of the file, as sound", () => {
    const sound = music(RATE, 3).map((value) => 0.5 * value);
    sound.set([0.5, 1, 1, 0.6], 20_000);
    sound.set([0.5, 0.995, 0.995, 0.995, 0.6], 30_000);
    assert.deepEqual(
      found(sound).filter(({ kind }) => kind === "clipping"),
      [],
    );
  });

  it("find every click at its sample: spikes and jumps, in quiet and in loud music, across blocks", () => {
    const places = [5000, 8191, 16_384, 24_575, 32_767, 40_001, 57_600, 65_536];
    for (const [name, level, size] of [
      ["quiet", 0.02, 0.01],
      ["loud", 0.9, 0.1],
    ] as const) {
      for (const shape of ["spike", "jump"] as const) {
        const sound = music(2 * RATE, 11).map((value) => level * value);
        for (const [i, place] of places.entries()) {
          const signed = i % 2 === 0 ? size : -size;
          const length = shape === "spike" ? 1 : sound.length - place;
          for (let n = place; n < place + length; n++) sound[n]! += signed;
        }
        const clicks = found(new Float32Array(2 * RATE).fill(1e-4), sound).filter(
          ({ kind }) => kind === "click",
        );
        assert.deepEqual(
          clicks.map(({ range, channel }) => [range.start, range.end, channel]),
          places.map((place) => [place, place + 1, 1]),
          `${name} ${shape}`,
        );
        const expected = 20 * Math.log10(size);
        for (const { text } of clicks) {
          const told = Number(/a (spike|jump) of (-?[\d.]+) dBFS/.exec(text)![2]);
          assert.ok(Math.abs(told - expected) < 1.5, `${name} ${shape}: ${text}`);
        }
      }
    }
  });

  it("find a click over drums", () => {
    const sound = mixed(drums(4 * RATE, 2), music(4 * RATE, 3));
    sound[101_234]! += 0.3;
    const clicks = found(sound).filter(({ kind }) => kind === "click");
    assert.deepEqual(
      clicks.map(({ range }) => range.start),
      [101_234],
    );
  });

  it("find silence: digital in all channels at once, near-silence at both ends, dropouts in one channel", () => {
    const left = music(10 * RATE, 5);
    const right = music(10 * RATE, 6);
    left.fill(0, 3 * RATE, 5 * RATE);
    right.fill(0, 3.5 * RATE, 6 * RATE);
    right.fill(0, 400_001, 400_001 + 240);
    const list = found(left, right).filter(({ kind }) => kind === "silence");
    assert.deepEqual(list, [
      {
        kind: "silence",
        range: { start: 3.5 * RATE, end: 5 * RATE },
        channel: -1,
        text: "1.5 s of digital silence",
      },
      {
        kind: "silence",
        range: { start: 400_001, end: 400_241 },
        channel: 1,
        text: "Dropout: 5.0 ms of zeros inside sound",
      },
    ]);
    const sound = whiteNoise(5 * RATE, 4, 0.00005);
    const faded = music(RATE, 4).map((value, n) => value * Math.sin((Math.PI * n) / RATE) ** 2);
    sound.set(faded, RATE);
    const texts = found(sound).map(({ text }) => text);
    assert.deepEqual(texts, ["1.0 s below -80 dBFS at the beginning", "3.0 s below -80 dBFS at the end"]);
    const empty = found(new Float32Array(RATE), new Float32Array(RATE));
    assert.deepEqual(
      empty.map(({ text, range }) => [text, range]),
      [["1.0 s of digital silence", { start: 0, end: RATE }]],
    );
  });

  it("find DC above -60 dBFS, per channel", () => {
    const list = found(
      tone(1000, 0.5).map((value) => value + 0.002),
      tone(1000, 0.5).map((value) => value - 0.0009),
    );
    assert.deepEqual(list, [
      {
        kind: "dc",
        range: { start: 0, end: 3 * RATE },
        channel: 0,
        text: "DC offset of -54.0 dBFS (0.00200)",
      },
    ]);
  });

  it("stay few on sound that is nothing but faults, and are sorted", () => {
    const random = seededRandom(1);
    const sound = Float32Array.from({ length: 5 * RATE }, () => (random() < 0.001 ? 1 : 0));
    const square = Float32Array.from({ length: 60 * RATE }, (_, n) => (n % 9600 < 4800 ? 1 : -1));
    for (const list of [found(sound), found(square)]) {
      assert.ok(list.length <= 400);
      list.forEach(({ range }, i) => assert.ok(i === 0 || range.start >= list[i - 1]!.range.start));
    }
    assert.deepEqual(found(new Float32Array(0)), []);
  });

  it("find no click in a record of an orchestra, a piano and drums, but the one put there", () => {
    ensureDebianPackage("ffmpeg", "ffmpeg");
    ensureDebianPackage(MUSIC, "wesnoth-1.16-music");
    for (const song of ["frantic", "knolls", "nunc_dimittis"]) {
      const path = join(folder, `${song}.wav`);
      const from = join(MUSIC, `${song}.ogg`);
      execFileSync("ffmpeg", ["-v", "error", "-i", from, "-t", "60", "-c:a", "pcm_s24le", path]);
      const file = openAudioFile(path);
      const { frames, channels, sampleRate } = file.info;
      file.close();
      const plain = { source: 0, isReversed: false, treatments: [] };
      const layers = [{ ...plain, start: 0 }];
      const audio = { ...audioOf([{ path, frames }], [{ frames, layers }], channels), sampleRate };
      assert.deepEqual(
        findingsJob({ audio }).filter(({ kind }) => kind === "click"),
        [],
        song,
      );
    }
  });
});

function tone(hertz: number, level: number, frames = 3 * RATE): Float32Array {
  return Float32Array.from({ length: frames }, (_, n) => level * Math.sin((2 * Math.PI * hertz * n) / RATE));
}

function whiteNoise(frames: number, seed: number, peak: number): Float32Array {
  const random = seededRandom(seed);
  return Float32Array.from({ length: frames }, () => (2 * random() - 1) * peak);
}

/** A chord of soft tones with overtones and a little noise, at most 1. */
function music(frames: number, seed: number): Float32Array {
  const random = seededRandom(seed);
  const partials = Array.from({ length: 12 }, (_, i) => ({
    hertz: 110 * (1 + (i % 6)) * (1 + 0.01 * random()),
    phase: 6 * random(),
    level: 0.25 / (1 + i),
  }));
  return Float32Array.from({ length: frames }, (_, n) => {
    const sum = partials.reduce(
      (total, { hertz, phase, level }) => total + level * Math.sin((2 * Math.PI * hertz * n) / RATE + phase),
      0,
    );
    return sum + 0.001 * (random() - 0.5);
  });
}

/** Kick, snare and hi-hat, 120 to the minute: attacks of a sample, bodies of pitch and of noise. */
function drums(frames: number, seed: number): Float32Array {
  const random = seededRandom(seed);
  const sound = new Float32Array(frames);
  for (let beat = 0; beat * 6000 < frames; beat++) {
    const kind = ["kick", "hat", "snare", "hat"][beat % 4]!;
    for (let n = 0; n < 6000 && beat * 6000 + n < frames; n++) {
      const t = n / RATE;
      const noise = 2 * random() - 1;
      const hit = {
        kick: 0.7 * Math.sin(2 * Math.PI * (50 * t + 8 * (1 - Math.exp(-t * 40)))) * Math.exp(-t * 18),
        snare: (0.4 * noise + 0.3 * Math.sin(2 * Math.PI * 190 * t)) * Math.exp(-t * 25),
        hat: 0.3 * noise * Math.exp(-t * 60),
      }[kind]!;
      sound[beat * 6000 + n]! += hit + 0.3 * noise * Math.exp(-t * 400) * (kind === "kick" ? 1 : 0);
    }
  }
  return sound;
}

function mixed(a: Float32Array, b: Float32Array): Float32Array {
  return a.map((value, n) => 0.5 * value + 0.4 * b[n]!);
}
