import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { OfflineAudioContext } from "web-audio-api";
import { parameterPairs } from "../../../src/engine/insertValues.js";
import { INSERT_TABLE, insertSchema, type Insert } from "../../../src/session/insertTable.js";
import { Kind, noise, ProcessorBench, type Stereo } from "../processorBench.js";

type Settings = Partial<Omit<Extract<Insert, { type: "convolution" }>, "type">>;

/** Impulse responses of the four ways; without the middle two no side sounds on the other. */
type Ways = readonly [
  leftLeft: Float32Array,
  leftRight?: Float32Array | undefined,
  rightLeft?: Float32Array | undefined,
  rightRight?: Float32Array | undefined,
];

function convolution(ways: Ways, settings: Settings = {}, sampleRate = 48000): ProcessorBench {
  const insert = insertSchema.parse({
    type: "convolution",
    file: "hall.wav",
    mix: 100,
    normalize: false,
    ...settings,
  });
  const pairs = parameterPairs(INSERT_TABLE.convolution.parameters, { ...insert });
  return new ProcessorBench(Kind.convolution, sampleRate, pairs, ({ dsp, address }) => {
    const [leftLeft, leftRight, rightLeft, rightRight = leftLeft] = ways;
    const put = (samples: Float32Array | undefined) => {
      if (!samples) return 0;
      const at = dsp.allocate(samples.length * 4);
      dsp.float32(at, samples.length).set(samples);
      return at;
    };
    const addresses = [leftLeft, leftRight, rightLeft, rightRight].map(put);
    dsp.exports.processorImpulse(
      address,
      ...(addresses as [number, number, number, number]),
      leftLeft.length,
    );
  });
}

/** An impulse response of noise that decays by 60 dB in its length. */
const room = (frames: number, seed: number) =>
  noise(frames, seed).left.map((sample, i) => (sample * 10 ** ((-3 * i) / frames)) / 4);

/** The sum itself, in 64 bits. */
function convolve(x: Float32Array, h: Float32Array): Float64Array {
  const y = new Float64Array(x.length);
  for (let k = 0; k < h.length; k++) {
    const tap = h[k]!;
    for (let n = k; n < x.length; n++) y[n]! += tap * x[n - k]!;
  }
  return y;
}

const decibels = (ratio: number) => 20 * Math.log10(ratio);
const peakOf = (samples: Iterable<number>): number => {
  let peak = 0;
  for (const sample of samples) peak = Math.max(peak, Math.abs(sample));
  return peak;
};

/** Largest error against the largest sample, dB. */
function errorDb(found: Float32Array, wanted: Float64Array): number {
  const error = found.map((sample, i) => sample - wanted[i]!);
  return decibels(peakOf(error) / peakOf(wanted));
}

describe("convolution", () => {
  for (const frames of [1, 63, 64, 65, 512, 700, 4096, 4200, 14000]) {
    it(`is the sum itself within -120 dB: an impulse response of ${frames} frames, without delay and in blocks`, () => {
      const [left, right] = [room(frames, 1), room(frames, 2)];
      const input = noise(16000, 3);
      const wanted = [convolve(input.left, left), convolve(input.right, right)] as const;
      const direct = convolution([left, undefined, undefined, right]);
      assert.equal(direct.dsp.exports.processorLatency(direct.address), 0);
      const found = direct.run(input);
      assert.ok(errorDb(found.left, wanted[0]) < -120, `left: ${errorDb(found.left, wanted[0])} dB`);
      assert.ok(errorDb(found.right, wanted[1]) < -120, `right: ${errorDb(found.right, wanted[1])} dB`);

      const blocks = convolution([left, undefined, undefined, right], { latency: "block" });
      const latency = blocks.dsp.exports.processorLatency(blocks.address);
      assert.equal(latency, 4096);
      const late = blocks.run(input);
      const due = late.left.subarray(latency);
      assert.ok(
        errorDb(due, wanted[0].subarray(0, due.length)) < -120,
        `blocks: ${errorDb(due, wanted[0])} dB`,
      );
    });
  }

  it("sends each side the ways of true stereo", () => {
    const ways = [room(5000, 1), room(5000, 2), room(5000, 3), room(5000, 4)] as const;
    const input = noise(8000, 5);
    const sum = (a: Float64Array, b: Float64Array) => a.map((x, i) => x + b[i]!);
    const { left, right } = convolution(ways).run(input);
    const wantedLeft = sum(convolve(input.left, ways[0]), convolve(input.right, ways[2]));
    const wantedRight = sum(convolve(input.right, ways[3]), convolve(input.left, ways[1]));
    assert.ok(errorDb(left, wantedLeft) < -120);
    assert.ok(errorDb(right, wantedRight) < -120);
  });

  it("agrees with the ConvolverNode of web-audio-api", async () => {
    const [response, input] = [room(3000, 6), noise(8192, 7)];
    const context = new OfflineAudioContext(1, input.left.length, 48000);
    const source = context.createBufferSource();
    source.buffer = context.createBuffer(1, input.left.length, 48000);
    source.buffer.getChannelData(0).set(input.left);
    const node = context.createConvolver();
    node.normalize = false;
    const buffer = context.createBuffer(1, response.length, 48000);
    buffer.getChannelData(0).set(response);
    node.buffer = buffer;
    source.connect(node);
    node.connect(context.destination);
    source.start();
    const rendered = (await context.startRendering()).getChannelData(0);
    const { left } = convolution([response]).run(input);
    assert.ok(
      errorDb(left, Float64Array.from(rendered)) < -100,
      `${errorDb(left, Float64Array.from(rendered))} dB`,
    );
  });

  it("really has no delay, and its pre-delay is exact to the frame", () => {
    const response = new Float32Array(20000);
    response[0] = 0.5;
    const input = noise(6000, 8);
    const { left } = convolution([response]).run(input);
    left.forEach((sample, i) => assert.ok(Math.abs(sample - 0.5 * input.left[i]!) < 1e-6));
    for (const place of [63, 64, 511, 512, 4095, 4096, 4097]) {
      const late = new Float32Array(5000);
      late[place] = 1;
      const impulse = { left: new Float32Array(12000), right: new Float32Array(12000) };
      impulse.left[0] = 1;
      const found = convolution([late], { preDelay: 20 }).run(impulse).left;
      assert.equal(
        found.reduce((best, x, i) => (Math.abs(x) > Math.abs(found[best]!) ? i : best), 0),
        place + 960,
      );
      assert.ok(Math.abs(found[place + 960]! - 1) < 1e-6);
    }
  });

  it("brings noise out as loud as it went in when it normalizes, and trims and fades the impulse response", () => {
    const energy = (samples: Float32Array) => samples.reduce((sum, x) => sum + x * x, 0);
    const response = room(9000, 9).map((x) => 7 * x);
    const input = noise(48000, 10);
    const { left } = convolution([response], { normalize: true }).run(input);
    assert.ok(Math.abs(decibels(energy(left) / energy(input.left)) / 2) < 0.3);

    const impulse = { left: new Float32Array(9600), right: new Float32Array(9600) };
    impulse.left[0] = 1;
    const trimmed = convolution([response.slice()], { start: 10, length: 0.1 }).run(impulse).left;
    for (let i = 0; i < 4800; i++) {
      const fade = i < 4320 ? 1 : (4800 - i) / 481;
      assert.ok(Math.abs(trimmed[i]! - response[480 + i]! * fade) < 2e-6, `frame ${i}`);
    }
    assert.ok(peakOf(trimmed.subarray(4800)) < 1e-6);
  });

  it("mixes in time with the dry signal in blocks too", () => {
    const response = Float32Array.of(1);
    const input = noise(9000, 11);
    for (const [latency, late] of [
      ["zero", 0],
      ["block", 4096],
    ] as const) {
      const { left } = convolution([response], { latency, mix: 50 }).run(input);
      left.subarray(late).forEach((x, i) => assert.ok(Math.abs(x - input.left[i]!) < 1e-6));
      assert.ok(left.subarray(0, late).every((x) => x === 0));
    }
  });

  it("gives the same bits however the signal is cut into blocks", () => {
    const response = room(9000, 12);
    const input = noise(14000, 13);
    for (const latency of ["zero", "block"] as const) {
      const make = () => convolution([response.slice()], { latency, lowCut: 80, preDelay: 3, mix: 60 });
      const whole = make().run(input, [14000]);
      for (const sizes of [[1], [64], [511], [4096], [3, 77, 20]])
        assert.deepEqual(make().run(input, sizes), whole);
    }
  });

  it("turns silence into silence, also after the tail, and is not poisoned", () => {
    const bench = convolution([room(6000, 14)]);
    const silence: Stereo = { left: new Float32Array(5000), right: new Float32Array(5000) };
    assert.deepEqual(bench.run(silence), silence);
    const input = noise(20000, 15);
    input.left.set([Number.NaN, Number.NEGATIVE_INFINITY], 1000);
    const { left, right } = bench.run(input);
    assert.ok(
      left.every((x, i) => i === 1000 || i === 1001 || Number.isFinite(x)) && right.every(Number.isFinite),
    );
    bench.run({ left: new Float32Array(16384), right: new Float32Array(16384) });
    assert.deepEqual(bench.run(silence), silence);
    const again = convolution([room(6000, 14)]).run(input);
    const after = bench.run(input);
    // Where the blocks fall differs, and so does the rounding.
    assert.ok(peakOf(after.right.map((x, i) => x - again.right[i]!)) < 1e-5);
  });

  it("tells how long it may be silent: the gap of an impulse response with an echo", () => {
    const response = room(100, 16);
    const echo = new Float32Array(30000);
    echo.set(response);
    echo.set(response, 20000);
    const bench = convolution([echo], { preDelay: 10 });
    const hold = bench.dsp.exports.processorHold(bench.address);
    assert.ok(hold >= 19900 + 480 && hold < 20000 + 480, `${hold}`);
  });
});
