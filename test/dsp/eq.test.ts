import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { OfflineAudioContext } from "web-audio-api";
import { both, Kind, noise, ProcessorBench, responseDb } from "./processorBench.js";

/** As in src/dsp/filters/prototype.ts. */
const TYPES = ["lowpass", "highpass", "lowshelf", "highshelf", "peak", "notch", "tilt"] as const;
type BandType = (typeof TYPES)[number];

interface Band {
  readonly type: BandType;
  readonly frequency: number;
  readonly gain?: number;
  readonly q?: number;
  readonly slope?: number;
}

const bandParameters = ({ type, frequency, gain = 0, q = Math.SQRT1_2, slope = 12 }: Band, band: number) =>
  [TYPES.indexOf(type), frequency, gain, q, slope].map((value, field) => [band * 8 + field, value] as const);

const eq = (sampleRate: number, ...bands: Band[]) =>
  new ProcessorBench(Kind.eq, sampleRate, bands.flatMap(bandParameters));

const magnitude = ({ dsp, address }: ProcessorBench, frequency: number) =>
  dsp.exports.eqMagnitude(address, frequency);

/** The analogue curve in dB: R. Bristow-Johnson's prototypes and ideal Butterworth magnitudes. */
function analogueDb({ type, frequency, gain = 0, q = Math.SQRT1_2, slope = 12 }: Band, at: number): number {
  const x = at / frequency;
  const a = 10 ** (gain / 40);
  const power = (c2: number, c1: number, c0: number) => (c0 - c2 * x * x) ** 2 + (c1 * x) ** 2;
  const root = Math.sqrt(a) / q;
  const quotient = (): number => {
    switch (type) {
      case "lowpass":
        return slope === 12 ? 1 / power(1, 1 / q, 1) : 1 / (1 + x ** (slope / 3));
      case "highpass":
        return slope === 12 ? x ** 4 / power(1, 1 / q, 1) : 1 / (1 + x ** (-slope / 3));
      case "lowshelf":
        return power(a, a * root, a * a) / power(a, root, 1);
      case "highshelf":
        return power(a * a, a * root, a) / power(1, root, a);
      case "peak":
        return power(1, a / q, 1) / power(1, 1 / (a * q), 1);
      case "notch":
        return power(1, 0, 1) / power(1, 1 / q, 1);
      case "tilt":
        return power(0, a, 1) / power(0, 1, a);
    }
  };
  return 10 * Math.log10(quotient());
}

/** Largest difference from the analogue curve up to 20 kHz, where that is above -60 dB. */
function largestError(band: Band, sampleRate: number): number {
  const bench = eq(sampleRate, band);
  let largest = 0;
  for (let k = 0; k <= 120; k++) {
    for (const at of [10 * 2000 ** (k / 120), (20000 * (k + 1)) / 121]) {
      const wanted = analogueDb(band, at);
      if (wanted > -60) largest = Math.max(largest, Math.abs(magnitude(bench, at) - wanted));
    }
  }
  return largest;
}

const FREQUENCIES = [20, 200, 1000, 3000, 8000, 12000, 14000, 16000, 18000];
const QS = [0.3, 0.707, 1, 2, 4, 8];
const GAINS = [-18, -6, 6, 18];

describe("eq against the analogue curves", () => {
  // dB; the figures of the doc comment in src/dsp/filters/design.ts.
  const limits = {
    lowpass: 0.05,
    highpass: 0.08,
    lowshelf: 0.09,
    highshelf: 0.09,
    peak: 0.02,
    notch: 0.04,
    tilt: 0.01,
  };
  for (const type of TYPES) {
    it(`${type}: within ${limits[type]} dB up to 20 kHz at 44.1 kHz`, () => {
      const gains = /shelf|peak|tilt/.test(type) ? GAINS : [0];
      for (const frequency of FREQUENCIES) {
        for (const q of type === "tilt" ? [1] : QS) {
          for (const gain of gains) {
            const error = largestError({ type, frequency, gain, q }, 44100);
            assert.ok(error < limits[type], `${frequency} Hz, q ${q}, ${gain} dB: ${error} dB`);
          }
        }
      }
    });
  }

  for (const type of ["lowpass", "highpass"] as const) {
    it(`${type}: Butterworth slopes of 6 to 48 dB per octave within 0.1 dB`, () => {
      for (const slope of [6, 18, 24, 36, 48]) {
        for (const frequency of FREQUENCIES) {
          const error = largestError({ type, frequency, slope }, 44100);
          assert.ok(error < 0.1, `${slope} dB per octave at ${frequency} Hz: ${error} dB`);
        }
      }
    });
  }

  it("holds 0.1 dB for any band, at any sample rate", () => {
    const band = fc.record({
      type: fc.constantFrom(...TYPES),
      frequency: fc.double({ min: Math.log(20), max: Math.log(18000), noNaN: true }).map(Math.exp),
      gain: fc.double({ min: -18, max: 18, noNaN: true }),
      q: fc.double({ min: Math.log(0.3), max: Math.log(8), noNaN: true }).map(Math.exp),
    });
    fc.assert(
      fc.property(band, fc.constantFrom(44100, 48000, 96000, 192000), (band, sampleRate) => {
        assert.ok(largestError(band, sampleRate) < 0.1);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it("follows the curve even of a band above Nyquist", () => {
    for (const type of ["lowpass", "highshelf", "peak"] as const) {
      assert.ok(largestError({ type, frequency: 30000, gain: 6, q: 1 }, 44100) < 0.05, type);
    }
  });
});

describe("eq on signals", () => {
  it("has the impulse response whose spectrum eqMagnitude states", () => {
    const bands: Band[] = [
      { type: "highpass", frequency: 120, slope: 18 },
      { type: "peak", frequency: 3000, gain: -7, q: 2 },
      { type: "highshelf", frequency: 9000, gain: 5 },
    ];
    const bench = eq(48000, ...bands);
    const { left } = bench.run(both(16384, (frame) => (frame === 0 ? 1 : 0)));
    for (const frequency of [50, 100, 400, 2500, 3000, 8000, 15000, 23000]) {
      // The response ends below -140 dB; samples are 32-bit floats.
      const difference = responseDb(left, frequency, 48000) - magnitude(bench, frequency);
      assert.ok(Math.abs(difference) < 1e-3, `${frequency} Hz: ${difference} dB`);
    }
  });

  // Far below Nyquist the bilinear cookbook filters of Web Audio and ours are the same curves.
  const webAudio: readonly (readonly [Band, number])[] = [
    [{ type: "peak", frequency: 300, gain: 6, q: 1.5 }, 1.5],
    [{ type: "lowshelf", frequency: 200, gain: -8 }, 1],
    [{ type: "highshelf", frequency: 250, gain: 4 }, 1],
    [{ type: "notch", frequency: 400, q: 3 }, 3],
    [{ type: "highpass", frequency: 150, q: 1 }, 0],
    [{ type: "lowpass", frequency: 400, q: 1 }, 0],
  ];
  for (const [band, q] of webAudio) {
    it(`${band.type}: agrees with web-audio-api's BiquadFilter at low frequencies`, async () => {
      const frames = 16384;
      const context = new OfflineAudioContext(1, frames, 48000);
      const source = context.createBufferSource();
      const buffer = context.createBuffer(1, frames, 48000);
      buffer.getChannelData(0)[0] = 1;
      source.buffer = buffer;
      const filter = context.createBiquadFilter();
      filter.type = band.type === "peak" ? "peaking" : (band.type as BiquadFilterType);
      filter.frequency.value = band.frequency;
      filter.gain.value = band.gain ?? 0;
      filter.Q.value = q;
      source.connect(filter).connect(context.destination);
      source.start();
      const reference = (await context.startRendering()).getChannelData(0);
      const { left } = eq(48000, band).run(both(frames, (frame) => (frame === 0 ? 1 : 0)));
      for (const frequency of [60, 120, 250, 390, 600, 900]) {
        const difference = responseDb(left, frequency, 48000) - responseDb(reference, frequency, 48000);
        assert.ok(Math.abs(difference) < 0.03, `${frequency} Hz: ${difference} dB`);
      }
    });
  }

  // Any number of sections, with corrections and without: every way through the cascade.
  const anyBands = fc.array(
    fc.record({
      type: fc.constantFrom(...TYPES),
      frequency: fc.constantFrom(40, 300, 5000, 16000),
      gain: fc.constantFrom(-12, 4, 15),
      slope: fc.constantFrom(6, 12, 24, 48),
    }),
    { minLength: 1, maxLength: 8 },
  );
  const anySizes = fc.array(fc.integer({ min: 1, max: 1500 }), { minLength: 1, maxLength: 6 });

  it("gives the same bits however the signal is cut into blocks", () => {
    const signal = noise(5000, 3);
    fc.assert(
      fc.property(anyBands, anySizes, (bands, sizes) => {
        const whole = eq(48000, ...bands).run(signal, [4096]);
        for (const blocks of [[64], [128], [511], sizes])
          assert.deepEqual(eq(48000, ...bands).run(signal, blocks), whole);
      }),
      { seed: 2, numRuns: 15 },
    );
  });

  it("treats a mono signal, bit for bit, like the left of two equal channels, also while it changes", () => {
    const { left } = noise(5000, 6);
    fc.assert(
      fc.property(anyBands, anySizes, (bands, sizes) => {
        const [mono, stereo] = [eq(48000, ...bands), eq(48000, ...bands)];
        const compare = () =>
          assert.deepEqual(mono.runMono(left, sizes), stereo.run({ left, right: left }).left);
        compare();
        for (const bench of [mono, stereo]) bench.set(1, 2000);
        compare();
      }),
      { seed: 3, numRuns: 25 },
    );
  });

  it("is two independent channels", () => {
    const signal = noise(3000, 7);
    const bands: Band[] = [
      { type: "highpass", frequency: 80, slope: 24 },
      { type: "highshelf", frequency: 15000, gain: 9 },
      { type: "peak", frequency: 700, gain: 5 },
    ];
    const { left, right } = eq(48000, ...bands).run(signal);
    assert.deepEqual(left, eq(48000, ...bands).runMono(signal.left));
    assert.deepEqual(right, eq(48000, ...bands).runMono(signal.right));
  });

  it("leaves the signal alone, bit for bit, without bands or with flat ones", () => {
    const signal = noise(1000, 4);
    assert.deepEqual(eq(44100).run(signal), signal);
    assert.deepEqual(
      eq(44100, { type: "peak", frequency: 1000 }, { type: "tilt", frequency: 500 }).run(signal),
      signal,
    );
  });

  it("forgets a sample that is not a number, at once", () => {
    for (const bad of [Number.NaN, Infinity, -Infinity]) {
      const signal = noise(4000, 5);
      signal.left[1000] = bad;
      const { left, right } = eq(48000, { type: "lowshelf", frequency: 100, gain: 12 }).run(signal, [256]);
      assert.ok(left.every(Number.isFinite) && right.every(Number.isFinite));
    }
  });

  it("falls silent after the signal: exact zeros", () => {
    const bench = eq(
      48000,
      { type: "peak", frequency: 50, gain: 12, q: 4 },
      { type: "highpass", frequency: 30 },
    );
    const { left } = bench.run(both(48000 * 20, (frame) => (frame < 100 ? 1 : 0)));
    assert.ok(left.subarray(-1000).every((value) => value === 0));
  });

  it("moves to a changed response without a click, within 25 ms", () => {
    const bench = eq(48000, { type: "peak", frequency: 1000, gain: 0 });
    const sine = both(48000, (frame) => 0.25 * Math.sin((2 * Math.PI * 1000 * frame) / 48000));
    bench.run(sine);
    bench.set(2, 6);
    const { left } = bench.run(sine);
    const peak = (from: number, to: number) => Math.max(...left.subarray(from, to).map(Math.abs));
    assert.ok(peak(0, 32) < 0.26, "the gain does not jump");
    assert.ok(Math.abs(20 * Math.log10(peak(6000, 12000) / 0.25) - 6) < 0.02);
    assert.ok(Math.abs(peak(1200, 2400) / peak(6000, 12000) - 1) < 0.02);
  });

  it("reaches an automated value within 32 frames", () => {
    const change = (frames: number) => {
      const bench = eq(48000, { type: "highshelf", frequency: 20, gain: 0, q: 0.7 });
      bench.dsp.exports.automateWithin(frames);
      const impulses = both(2048, (frame) => (frame === 1024 + 32 ? 1 : 0));
      bench.run({ left: impulses.left.subarray(0, 1024), right: impulses.right.subarray(0, 1024) });
      bench.set(2, 12);
      return bench.run({ left: impulses.left.subarray(1024), right: impulses.right.subarray(1024) })
        .left[32]!;
    };
    const settled = eq(48000, { type: "highshelf", frequency: 20, gain: 12, q: 0.7 });
    const wanted = settled.run(both(64, (frame) => (frame === 32 ? 1 : 0))).left[32]!;
    assert.equal(change(32), wanted);
    assert.notEqual(change(0), wanted);
  });

  for (const [parameter, field, value] of [
    ["type", 0, 3],
    ["frequency", 1, 6000],
    ["gain", 2, -15],
    ["q", 3, 8],
    ["slope", 4, 48],
  ] as const) {
    it(`changes the ${parameter} of a band without a click`, () => {
      const band: Band =
        parameter === "slope"
          ? { type: "lowpass", frequency: 2000 }
          : { type: "peak", frequency: 500, gain: 9 };
      const bench = eq(48000, band);
      // Nothing of the sine lies above 10 kHz; a step in it does.
      const sine = (start: number) =>
        both(9600, (frame) => 0.25 * Math.sin((2 * Math.PI * 400 * (start + frame)) / 48000));
      bench.run(sine(0));
      bench.set(field, value);
      const { left } = bench.run(sine(9600));
      let largest = 0;
      // Fourth difference: 24 dB per octave down to the sine, which keeps 1e-5 of itself.
      for (let i = 4; i < left.length; i++) {
        const [a, b, c, d, e] = left.subarray(i - 4, i + 1) as unknown as [
          number,
          number,
          number,
          number,
          number,
        ];
        largest = Math.max(largest, Math.abs(a - 4 * b + 6 * c - 4 * d + e));
      }
      assert.ok(largest < 0.25 * 10 ** (-60 / 20), `a step of ${20 * Math.log10(largest / 0.25)} dB`);
    });
  }
});
