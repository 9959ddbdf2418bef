/**
 * EBU Tech 3341 (version 4, 2023), table 1: minimum requirements test signals. Cases 7 and 8
 * are authentic programmes that the EBU does not let others hand on; all others are
 * synthesized. Tolerances are the document's: 0.1 LU, and +0.2 / -0.4 dB for true peak.
 */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { measurePlanar } from "./planarMeter.js";
import { SAMPLE_RATES, SILENCE, ToneMeter, measureTone, type Section } from "./toneMeter.js";

const LOUDNESS_TOLERANCE = 0.1;
const indices = Array.from({ length: 20 }, (_, i) => i);

function near(actual: number | null, expected: number, what: string): void {
  assert.ok(
    actual !== null && Math.abs(actual - expected) <= LOUDNESS_TOLERANCE,
    `${what}: ${actual}, not ${expected}`,
  );
}

function allNear(curve: Float32Array, firstStep: number, expected: number, what: string): void {
  curve.subarray(firstStep).forEach((value, i) => near(value, expected, `${what}, step ${firstStep + i}`));
}

const repeat = (times: number, sections: readonly Section[]): Section[] =>
  Array.from({ length: times }, () => sections).flat();

/** A tone of case 15 to 19, `amplitude` of full scale, faded in and out over 10 ms as the EBU's own files are. */
function taperedSine(sampleRate: number, period: number, amplitude: number, degrees: number): Float32Array {
  const frames = sampleRate / 2;
  const fade = sampleRate / 100;
  return Float32Array.from({ length: frames }, (_, i) => {
    const taper = Math.min(1, i / fade, (frames - 1 - i) / fade);
    return amplitude * taper * Math.sin((2 * Math.PI * i) / period + (degrees * Math.PI) / 180);
  });
}

/** Half the length of the decimation filter, at 4 times the rate, and its Hann-windowed sinc. */
const DECIMATOR_REACH = 128;
const decimator = Float64Array.from({ length: 2 * DECIMATOR_REACH - 1 }, (_, i) => {
  const t = i - DECIMATOR_REACH + 1;
  const sinc = t === 0 ? 1 : Math.sin((Math.PI * t) / 4) / ((Math.PI * t) / 4);
  return (sinc * (1 + Math.cos((Math.PI * t) / DECIMATOR_REACH))) / 8;
});

/** Cases 20 to 23: made at 4 times the rate, where one cycle of 24 samples is twice as high; then decimated. */
function decimatedBurst(offset: number): Float32Array {
  const cycles = 200;
  const fine = Float64Array.from({ length: 24 * cycles }, (_, i) => {
    const cycle = Math.floor(i / 24);
    const taper = Math.min(1, i / 480, (24 * cycles - i) / 480);
    return (cycle === cycles / 2 ? 1 : 0.5) * taper * Math.sin((2 * Math.PI * i) / 24);
  });
  return Float32Array.from({ length: fine.length / 4 }, (_, frame) =>
    decimator.reduce(
      (sum, tap, i) => sum + tap * (fine[4 * frame + offset + i - DECIMATOR_REACH + 1] ?? 0),
      0,
    ),
  );
}

for (const rate of SAMPLE_RATES) {
  describe(`EBU Tech 3341 at ${rate} Hz`, () => {
    for (const [number, level] of [
      [1, -23],
      [2, -33],
    ] as const) {
      it(`case ${number}: M, S and I of a steady tone`, () => {
        const { momentary, shortTerm, integrated, momentaryMax, shortTermMax } = measureTone(rate, [
          [level, 20],
        ]);
        allNear(momentary, 10, level, "M");
        allNear(shortTerm, 29, level, "S");
        near(momentaryMax, level, "max M");
        near(shortTermMax, level, "max S");
        near(integrated, level, "I");
      });
    }

    const gated: [number: number, sections: Section[]][] = [
      [
        3,
        [
          [-36, 10],
          [-23, 60],
          [-36, 10],
        ],
      ],
      [
        4,
        [
          [-72, 10],
          [-36, 10],
          [-23, 60],
          [-36, 10],
          [-72, 10],
        ],
      ],
      [
        5,
        [
          [-26, 20],
          [-20, 20.1],
          [-26, 20],
        ],
      ],
    ];
    for (const [number, sections] of gated) {
      it(`case ${number}: gating`, () => near(measureTone(rate, sections).integrated, -23, "I"));
    }

    it("case 6: 5.0, and the same with a silent LFE", () => {
      const five = new ToneMeter(rate, 5).play([[[-28, -28, -24, -30, -30], 20]]).finish();
      near(five.integrated, -23, "5 channels");
      const six = new ToneMeter(rate, 6, 0x3f).play([[[-28, -28, -24, SILENCE, -30, -30], 20]]).finish();
      near(six.integrated, -23, "6 channels");
    });

    it("case 9: S is constant after 3 s", () => {
      const { shortTerm } = measureTone(
        rate,
        repeat(5, [
          [-20, 1.34],
          [-30, 1.66],
        ]),
      );
      allNear(shortTerm, 29, -23, "S");
    });

    it("case 10: maximum S of 3 s of tone, wherever they begin", () => {
      for (const i of indices) {
        near(
          measureTone(rate, [
            [SILENCE, 0.15 * i],
            [-23, 3],
            [SILENCE, 1],
          ]).shortTermMax,
          -23,
          `file ${i}`,
        );
      }
    });

    it("case 11: maximum S, rising", () => {
      const meter = new ToneMeter(rate);
      for (const i of indices) {
        meter.play([
          [SILENCE, 0.15 * i],
          [-38 + i, 3],
          [SILENCE, 3 - 0.15 * i],
        ]);
        near(meter.reading.shortTermMax, -38 + i, `tone ${i}`);
      }
    });

    it("case 12: M is constant after 1 s", () => {
      const { momentary } = measureTone(
        rate,
        repeat(25, [
          [-20, 0.18],
          [-30, 0.22],
        ]),
      );
      allNear(momentary, 9, -23, "M");
    });

    it("case 13: maximum M of 400 ms of tone, wherever they begin", () => {
      for (const i of indices) {
        near(
          measureTone(rate, [
            [SILENCE, 0.02 * i],
            [-23, 0.4],
            [SILENCE, 1],
          ]).momentaryMax,
          -23,
          `file ${i}`,
        );
      }
    });

    it("case 14: maximum M, rising", () => {
      const meter = new ToneMeter(rate);
      for (const i of indices) {
        meter.play([
          [SILENCE, 0.02 * i],
          [-38 + i, 0.4],
          [SILENCE, 0.4 - 0.02 * i],
        ]);
        near(meter.reading.momentaryMax, -38 + i, `tone ${i}`);
      }
    });

    const tones: [number: number, period: number, amplitude: number, degrees: number, expected: number][] = [
      [15, 4, 0.5, 0, -6],
      [16, 4, 0.5, 45, -6],
      [17, 6, 0.5, 60, -6],
      [18, 8, 0.5, 67.5, -6],
      [19, 4, 1.41, 45, 3],
    ];
    for (const [number, period, amplitude, degrees, expected] of tones) {
      it(`case ${number}: true peak of a steady tone`, () => {
        peakNear(taperedSine(rate, period, amplitude, degrees), rate, expected);
      });
    }
    for (const offset of [0, 1, 2, 3]) {
      it(`case ${20 + offset}: true peak of a burst`, () => peakNear(decimatedBurst(offset), rate, 0));
    }
  });
}

function peakNear(samples: Float32Array, rate: number, expected: number): void {
  const { truePeak } = measurePlanar([samples, samples], rate);
  assert.ok(
    truePeak !== null && truePeak <= expected + 0.2 && truePeak >= expected - 0.4,
    `${truePeak} dBTP`,
  );
}
