import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { insertDefaults } from "../../../src/session/insertTable.js";
import { Kind, noise, ProcessorBench, responseDb, type Stereo } from "../processorBench.js";
import { setInsert } from "./insertBench.js";
import { autocorrelation, echoDensity, OCTAVES, reverberationTime } from "./roomAcoustics.js";

type Settings = Partial<Omit<ReturnType<typeof insertDefaults<"reverb">>, "type">>;

const reverb = (settings: Settings, sampleRate = 48000) =>
  setInsert({ ...insertDefaults("reverb"), mix: 100, preDelay: 0, ...settings }, sampleRate);

const impulse = (frames: number, side: "left" | "right" = "left"): Stereo => {
  const signal = { left: new Float32Array(frames), right: new Float32Array(frames) };
  signal[side][0] = 1;
  return signal;
};

const energy = (samples: Float32Array) => samples.reduce((sum, sample) => sum + sample * sample, 0);
const db = (ratio: number) => 10 * Math.log10(ratio);

/** What the schema promises for the octave about `frequency` Hz. */
function promised(
  settings: Required<Pick<Settings, "decay" | "bassDecay" | "trebleDecay">>,
  frequency: number,
) {
  const bass = 1 / (1 + (frequency / 250) ** 2);
  const treble = 1 - 1 / (1 + (frequency / 4000) ** 2);
  const { decay, bassDecay, trebleDecay } = settings;
  return decay / (1 + (1 / bassDecay - 1) * bass + (1 / trebleDecay - 1) * treble);
}

describe("reverb", () => {
  const spaces = [
    [48000, { kind: "room", decay: 0.5, bassDecay: 1, trebleDecay: 1 }],
    [44100, { kind: "room", decay: 0.8, bassDecay: 1.2, trebleDecay: 0.5 }],
    [48000, { kind: "plate", decay: 1.5, bassDecay: 1.1, trebleDecay: 0.5 }],
    [44100, { kind: "plate", decay: 3, bassDecay: 1.5, trebleDecay: 0.3 }],
    [48000, { kind: "hall", decay: 2.5, bassDecay: 0.6, trebleDecay: 0.8 }],
    [96000, { kind: "hall", decay: 1.8, bassDecay: 1.3, trebleDecay: 0.4 }],
    [48000, { kind: "hall", decay: 0.6, bassDecay: 1.5, trebleDecay: 0.3 }],
    [48000, { kind: "plate", decay: 4, bassDecay: 1, trebleDecay: 1 }],
  ] as const;
  for (const [sampleRate, settings] of spaces) {
    const { kind, decay, bassDecay, trebleDecay } = settings;
    it(`decays as set, per octave: ${kind}, ${decay} s x ${bassDecay}, 1, ${trebleDecay} at ${sampleRate} Hz`, () => {
      const frames = Math.round(sampleRate * decay * Math.max(1, bassDecay) * 0.8);
      const responses = (["left", "right"] as const).flatMap((side) => {
        const { left, right } = reverb(settings, sampleRate).run(impulse(frames, side));
        return [left, right];
      });
      for (const octave of OCTAVES) {
        const time = reverberationTime(responses, octave, sampleRate);
        const wanted = promised(settings, octave);
        assert.ok(Math.abs(time / wanted - 1) < 0.1, `${octave} Hz: ${time} s, set ${wanted} s`);
      }
    });
  }

  it("is dense within 60 ms in a room and on a plate, and within 200 ms in a hall", () => {
    for (const [kind, time] of [
      ["room", 0.06],
      ["plate", 0.06],
      ["hall", 0.2],
    ] as const) {
      const { left } = reverb({ kind, decay: 2 }).run(impulse(48000));
      for (let after = 0; after < 0.4; after += 0.05) {
        const density = echoDensity(left, time + after, 48000);
        assert.ok(density > 0.8 && density < 1.25, `${kind}, ${time + after} s: ${density}`);
      }
    }
  });

  it("does not ring: its late tail has no period, as far as its autocorrelation shows", () => {
    for (const kind of ["room", "plate", "hall"] as const) {
      const decay = kind === "room" ? 1 : 2.5;
      const { left } = reverb({ kind, decay, bassDecay: 1, trebleDecay: 1 }).run(impulse(48000));
      const flat = left
        .subarray(0.3 * 48000, 0.8 * 48000)
        .map((sample, frame) => sample * 10 ** ((3 * frame) / (48000 * decay)));
      const most = Math.max(...autocorrelation(flat, 24, 4800).map(Math.abs));
      assert.ok(most < 0.2, `${kind}: ${most}`);
    }
  });

  it("is as loud wet as dry for a steady sound, whatever the decay", () => {
    for (const [kind, decay] of [
      ["room", 0.3],
      ["plate", 1],
      ["plate", 5],
      ["hall", 2.5],
      ["hall", 12],
    ] as const) {
      const input = noise(48000 * 3, 3);
      const { left, right } = reverb({ kind, decay, trebleDecay: 1, bassDecay: 1 }).run(input);
      for (const side of [left, right]) {
        const level = db(energy(side.subarray(96000)) / energy(input.left.subarray(96000)));
        assert.ok(Math.abs(level) < 3, `${kind} ${decay} s: ${level} dB`);
      }
    }
  });

  it("sounds different on either side: the sides of its tail do not correlate", () => {
    const { left, right } = reverb({ decay: 2 }).run(impulse(48000));
    const product = left.reduce((sum, sample, frame) => sum + sample * right[frame]!, 0);
    assert.ok(Math.abs(product) / Math.sqrt(energy(left) * energy(right)) < 0.1);
    const mono = reverb({ decay: 2, width: 0 }).run(impulse(4800));
    assert.deepEqual(mono.left, mono.right);
  });

  it("starts after the pre-delay, to the frame", () => {
    const first = (preDelay: number) =>
      reverb({ preDelay, diffusion: 50 })
        .run(impulse(48000))
        .left.findIndex((sample) => sample !== 0);
    const without = first(0);
    assert.ok(without > 0 && without < 480);
    for (const preDelay of [1, 20, 333.3, 500])
      assert.equal(first(preDelay) - without, Math.round(preDelay * 48));
  });

  it("cuts the lows and highs of the wet signal alone", () => {
    const settings = { decay: 0.3, modulationDepth: 0, diffusion: 60 };
    const whole = reverb(settings).run(impulse(48000)).left;
    const cut = reverb({ ...settings, lowCut: 200, highCut: 5000 }).run(impulse(48000)).left;
    for (const [frequency, wanted] of [
      [50, -24.1],
      [200, -3],
      [1000, 0],
      [5000, -3],
    ] as const) {
      const change = responseDb(cut, frequency, 48000) - responseDb(whole, frequency, 48000);
      assert.ok(Math.abs(change - wanted) < 0.3, `${frequency} Hz: ${change} dB`);
    }
    const dry = noise(2000, 2);
    assert.deepEqual(reverb({ mix: 0, lowCut: 200 }).run(dry), dry);
  });

  it("gives the same bits however the signal is cut into blocks, and each time", () => {
    const input = noise(9000, 4);
    const whole = reverb({ lowCut: 100 }).run(input, [9000]);
    for (const sizes of [[1], [64], [511], [4096], [3, 77, 20]])
      assert.deepEqual(reverb({ lowCut: 100 }).run(input, sizes), whole);
  });

  it("turns silence into silence, and is silent for good once the tail is over", () => {
    const bench = reverb({ kind: "room", decay: 0.2 });
    const silence = impulse(4096);
    silence.left[0] = 0;
    assert.deepEqual(bench.run(silence), silence);
    const sound = bench.run(impulse(3 * 48000)).left;
    assert.ok(sound.subarray(0, 48000).some((sample) => sample !== 0));
    assert.ok(sound.subarray(2 * 48000).every((sample) => sample === 0));
    assert.ok(bench.run(impulse(9600)).left.some((sample) => sample !== 0));
  });

  it("is not poisoned by what is no number or beyond all measure", () => {
    const input = noise(48000, 6);
    input.left.set([Number.NaN, Number.NEGATIVE_INFINITY, 3e38, 1e-40], 1000);
    const { left, right } = reverb({ mix: 50 }).run(input);
    assert.ok(right.every(Number.isFinite));
    assert.ok(left.every((sample, frame) => (frame >= 1000 && frame < 1003) || Number.isFinite(sample)));
  });

  it("takes changes while it sounds without a click", () => {
    const tone = (from: number): Stereo => {
      const left = Float32Array.from(
        { length: 4800 },
        (_, i) => 0.5 * Math.sin(((from + i) * 2 * Math.PI * 200) / 48000),
      );
      return { left, right: left.slice() };
    };
    for (const [parameter, value] of [
      [0, 2],
      [1, 6],
      [3, 1],
      [6, 60],
      [7, 140],
      [8, 20],
      [9, 6],
      [10, 1.5],
      [15, 20],
    ] as const) {
      const bench = reverb({ kind: "plate", decay: 1 });
      let steepest = 0;
      let last: number | undefined;
      for (let from = 0; from < 48000; from += 4800) {
        if (from === 24000) bench.set(parameter, value);
        for (const sample of bench.run(tone(from)).left) {
          if (last !== undefined && from >= 14400) steepest = Math.max(steepest, Math.abs(sample - last));
          last = sample;
        }
      }
      assert.ok(steepest < 0.1, `parameter ${parameter}: a step of ${steepest}`);
    }
  });

  it("can say how long it may be silent before it sounds", () => {
    const { dsp, address } = reverb({ preDelay: 300 });
    assert.ok(dsp.exports.processorHold(address) > 0.3 * 48000);
    const gain = new ProcessorBench(Kind.gain, 48000);
    assert.equal(gain.dsp.exports.processorHold(gain.address), 0);
  });
});
