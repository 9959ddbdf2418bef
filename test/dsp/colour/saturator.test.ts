import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { keepsTheRules, largestStep, peakOf } from "../dynamics/processorRules.js";
import { both, Kind, noise, ProcessorBench, responseDb } from "../processorBench.js";

const [CURVE, DRIVE, CHARACTER, TONE, AUTO_GAIN, OUTPUT, MIX] = [0, 1, 2, 3, 4, 5, 6];
const [TAPE, TUBE, CLIP] = [0, 1, 2];

type Parameters = readonly (readonly [number, number])[];
const saturator = (parameters: Parameters, sampleRate = 48000) =>
  new ProcessorBench(Kind.saturator, sampleRate, parameters);
const latencyOf = ({ dsp, address }: ProcessorBench) => dsp.exports.processorLatency(address);

/** Level in dB of a sine of `frequency` Hz in `samples`, which hold a whole number of its periods. */
function partDb(samples: Float32Array, frequency: number, sampleRate: number): number {
  return responseDb(samples, frequency, sampleRate) - 20 * Math.log10(samples.length / 2);
}

describe("saturator", () => {
  for (const sampleRate of [44100, 48000]) {
    for (const [name, parameters] of [
      ["tape", [[CURVE, TAPE]]],
      [
        "tube, most asymmetric",
        [
          [CURVE, TUBE],
          [CHARACTER, 100],
        ],
      ],
      [
        "hard clip",
        [
          [CURVE, CLIP],
          [CHARACTER, 0],
        ],
      ],
      [
        "soft clip",
        [
          [CURVE, CLIP],
          [CHARACTER, 60],
        ],
      ],
    ] as const) {
      it(`${name}: 10 kHz at 0 dBFS, aliases under -80 dB at ${sampleRate} Hz`, () => {
        for (const drive of [0, 6, 12]) {
          const bench = saturator([...parameters, [DRIVE, drive], [AUTO_GAIN, 0]], sampleRate);
          const sine = both(sampleRate / 2, (frame) => Math.sin((2 * Math.PI * 10000 * frame) / sampleRate));
          // A tenth of a second, long after the start: whole periods of every multiple of 10 Hz.
          const settled = bench.run(sine).left.subarray(-sampleRate / 10);
          const tone = partDb(settled, 10000, sampleRate);
          for (let frequency = 100; frequency < sampleRate / 2; frequency += 100) {
            if (frequency % 10000 === 0) continue;
            const alias = partDb(settled, frequency, sampleRate) - tone;
            assert.ok(alias < -80, `${drive} dB: ${alias} dB at ${frequency} Hz`);
          }
        }
      });
    }
  }

  const sigmoid = (x: number) => x / Math.sqrt(1 + x * x);
  const clip = (x: number, knee: number) => {
    const over = Math.min(Math.max(Math.abs(x) - (1 - knee), 0), 2 * knee);
    return Math.sign(x) * (Math.min(Math.abs(x), 1 + knee) - (knee > 0 ? over ** 2 / (4 * knee) : 0));
  };
  for (const [name, parameters, curve] of [
    [
      "tape",
      [
        [CURVE, TAPE],
        [CHARACTER, 0],
      ],
      sigmoid,
    ],
    [
      "hard clip",
      [
        [CURVE, CLIP],
        [CHARACTER, 0],
      ],
      (x: number) => clip(x, 0),
    ],
    [
      "soft clip",
      [
        [CURVE, CLIP],
        [CHARACTER, 60],
      ],
      (x: number) => clip(x, 0.6),
    ],
  ] as const) {
    it(`${name}: follows its curve, and is as late as it says`, () => {
      const gain = 10 ** (9 / 20);
      const bench = saturator([...parameters, [DRIVE, 9], [AUTO_GAIN, 0], [OUTPUT, -3]]);
      const input = both(9600, (frame) => 0.9 * Math.sin((2 * Math.PI * 50 * frame) / 48000));
      const { left } = bench.run(input);
      const latency = latencyOf(bench);
      for (let frame = 960; frame + latency < 9600; frame++) {
        const wanted = curve(gain * input.left[frame]!) * 10 ** (-3 / 20);
        // A corner of the hard clip rings in the band's end, by less than half a per cent.
        const difference = Math.abs(left[frame + latency]! - wanted);
        assert.ok(difference < (name === "hard clip" ? 5e-3 : 2e-4), `frame ${frame}: ${difference}`);
      }
    });
  }

  it("tube: even harmonics, no direct current, and silence from silence", () => {
    const bench = saturator([
      [CURVE, TUBE],
      [DRIVE, 6],
      [CHARACTER, 100],
    ]);
    assert.equal(peakOf(bench.run(both(1000, () => 0)).left), 0);
    const settled = bench
      .run(both(96000, (frame) => 0.5 * Math.sin((2 * Math.PI * 500 * frame) / 48000)))
      .left.subarray(-48000);
    const tone = partDb(settled, 500, 48000);
    assert.ok(partDb(settled, 1000, 48000) > tone - 30);
    const mean = settled.reduce((sum, value) => sum + value, 0) / settled.length;
    assert.ok(Math.abs(mean) < 1e-4, `${mean}`);
  });

  for (const [curve, name] of [
    [TAPE, "tape"],
    [TUBE, "tube"],
    [CLIP, "clip"],
  ] as const) {
    it(`${name}: leaves a quiet signal flat within 0.02 dB to 20 kHz, whatever the drive, mixed or not`, () => {
      for (const [drive, mix] of [
        [0, 100],
        [12, 100],
        [6, 50],
      ] as const) {
        const bench = saturator(
          [
            [CURVE, curve],
            [DRIVE, drive],
            [CHARACTER, 40],
            [AUTO_GAIN, 1],
            [MIX, mix],
          ],
          44100,
        );
        const { left } = bench.run(both(16384, (frame) => (frame === 0 ? 1e-3 : 0)));
        for (const frequency of [200, 1000, 5000, 10000, 15000, 18000, 20000]) {
          const error = responseDb(left, frequency, 44100) + 60;
          assert.ok(Math.abs(error) < 0.02, `${drive} dB, ${mix} %, ${frequency} Hz: ${error} dB`);
        }
      }
    });
  }

  it("tape saturates the highs first", () => {
    const lossAt = (frequency: number) => {
      const bench = saturator([
        [CURVE, TAPE],
        [DRIVE, 6],
        [CHARACTER, 100],
      ]);
      const sine = both(48000, (frame) => 0.5 * Math.sin((2 * Math.PI * frequency * frame) / 48000));
      return partDb(bench.run(sine).left.subarray(-4800), frequency, 48000) + 20 * Math.log10(2);
    };
    assert.ok(lossAt(10000) < lossAt(200) - 3);
  });

  it("tone tilts the saturated signal around 1 kHz", () => {
    const { left } = saturator([
      [CURVE, CLIP],
      [TONE, 6],
    ]).run(both(16384, (frame) => (frame === 0 ? 0.01 : 0)));
    const at = (frequency: number) => responseDb(left, frequency, 48000) + 40;
    assert.ok(Math.abs(at(1000)) < 0.05);
    assert.ok(Math.abs(at(30) + 3) < 0.1 && Math.abs(at(19000) - 3) < 0.1);
  });

  it("gives the dry signal, as late as it says, at a mix of 0 %", () => {
    const bench = saturator([[MIX, 0]]);
    const input = noise(3000, 1);
    const { left } = bench.run(input);
    assert.deepEqual(left.subarray(latencyOf(bench)), input.left.subarray(0, 3000 - latencyOf(bench)));
  });

  for (const [name, parameter, value] of [
    ["curve", CURVE, CLIP],
    ["drive", DRIVE, 18],
    ["character", CHARACTER, 100],
    ["tone", TONE, 6],
    ["compensation", AUTO_GAIN, 0],
    ["output", OUTPUT, -12],
    ["mix", MIX, 0],
  ] as const) {
    it(`changes the ${name} without a click`, () => {
      const bench = saturator([
        [CURVE, TAPE],
        [DRIVE, 6],
      ]);
      const step = largestStep(bench, 0.5, () => bench.set(parameter, value));
      assert.ok(step < 0.004, `a step of ${step}`);
    });
  }

  keepsTheRules(
    [
      () =>
        saturator([
          [CURVE, TAPE],
          [TONE, 3],
          [MIX, 70],
        ]),
      () =>
        saturator([
          [CURVE, TUBE],
          [DRIVE, 12],
        ]),
      () =>
        saturator([
          [CURVE, CLIP],
          [DRIVE, 12],
          [CHARACTER, 0],
        ]),
    ],
    { isMono: true, recovery: 200 },
  );
});
