/** An equalizer that brings the tone of a song towards another: few bands, wide and within limits. */
import { THIRD_OCTAVES } from "../../engine/thirdOctaves.js";
import { insertDefaults, type EqBand, type Insert } from "../../session/insertTable.js";
import { eqLevel } from "../../units/eqResponse.js";

export type Eq = Extract<Insert, { type: "eq" }>;

/** Of a band's gain, dB, at full amount. */
const MOST_GAIN = 6;
/** No bass is boosted that speakers only answer with excursion, no treble that is hiss. Hz. */
const BOOSTED = { low: 60, high: 12_700 };
/** Bands that would do less than this, dB, are left out. */
const LEAST_GAIN = 0.1;

/** Two thirds of an octave apart, each about as wide. */
const PEAKS = [100, 160, 250, 400, 630, 1000, 1600, 2500, 4000, 6300, 10_000];
const PEAK_Q = 1.8;
const SHELVES = [
  { type: "lowshelf", frequency: 63 },
  { type: "highshelf", frequency: 12_000 },
] as const;

/** Keeps the gains of neighbours from working against each other. */
const REGULARITY = 0.05;
/** Their responses are not quite linear in the gain: the fit is done again around what it found. */
const ROUNDS = 4;

/**
 * @param from tone of the song, `to` tone to approach, dB by third octave
 * @param amount 0 to 100 %: share of the way that is aimed at; the limits shrink with it
 * @returns `undefined` if there is nothing to do
 */
export function matchingEq(
  from: readonly (number | null)[],
  to: readonly (number | null)[],
  amount: number,
): Eq | undefined {
  const wanted = smoothed(
    THIRD_OCTAVES.map((_, band) => {
      const [a, b] = [from[band], to[band]];
      return typeof a === "number" && typeof b === "number" ? ((b - a) * amount) / 100 : 0;
    }),
  ).map((gain, band) => limited(gain, THIRD_OCTAVES[band]!, (MOST_GAIN * amount) / 100));
  const bands = fit(wanted);
  const heard = bands.filter(({ gain }) => Math.abs(gain) >= LEAST_GAIN);
  if (heard.length === 0) return undefined;
  const rounded = heard.map((band) => ({ ...band, gain: Math.round(band.gain * 100) / 100 }));
  return { ...insertDefaults("eq"), name: "Tonal balance", bands: rounded };
}

/** @returns what an equalizer does, dB by third octave */
export function eqCurve({ bands }: Eq): number[] {
  return THIRD_OCTAVES.map((hertz) => eqLevel(bands, hertz));
}

/** Each band with a quarter of both neighbours, two thirds of an octave; their mean is taken off: loudness is not tone. */
function smoothed(curve: readonly number[]): number[] {
  const wide = curve.map((_, band) => {
    const [below, at, above] = [
      curve[band - 1] ?? curve[band]!,
      curve[band]!,
      curve[band + 1] ?? curve[band]!,
    ];
    return 0.25 * below + 0.5 * at + 0.25 * above;
  });
  const audible = wide.filter((_, band) => THIRD_OCTAVES[band]! >= 100 && THIRD_OCTAVES[band]! <= 8000);
  const mean = audible.reduce((sum, each) => sum + each, 0) / audible.length;
  return wide.map((gain) => gain - mean);
}

function limited(gain: number, hertz: number, most: number): number {
  const isBoostable = hertz >= BOOSTED.low && hertz <= BOOSTED.high;
  return Math.max(-most, Math.min(isBoostable ? most : 0, gain));
}

/** Least squares on the decibels of the bands' responses. */
function fit(wanted: readonly number[]): EqBand[] {
  const bands: EqBand[] = [
    { ...SHELVES[0], gain: 0, q: Math.SQRT1_2, slope: 12 },
    ...PEAKS.map((frequency) => ({ type: "peak", frequency, gain: 0, q: PEAK_Q, slope: 12 }) as const),
    { ...SHELVES[1], gain: 0, q: Math.SQRT1_2, slope: 12 },
  ];
  for (let round = 0; round < ROUNDS; round++) {
    const missing = wanted.map((gain, i) => gain - eqLevel(bands, THIRD_OCTAVES[i]!));
    // What each band does per decibel of its gain, where it is now.
    const responses = bands.map((band) => {
      const unit = Math.abs(band.gain) < 1 ? 1 : band.gain;
      return THIRD_OCTAVES.map((hertz) => eqLevel([{ ...band, gain: unit }], hertz) / unit);
    });
    const change = solve(
      normalMatrix(responses),
      responses.map((response) => dot(response, missing)),
    );
    bands.forEach((band, i) => {
      const gain = Math.max(-MOST_GAIN, Math.min(MOST_GAIN, band.gain + change[i]!));
      bands[i] = { ...band, gain: mayBoost(band) ? gain : Math.min(0, gain) };
    });
  }
  return bands;
}

/** A shelf reaches to where nothing is boosted. */
const mayBoost = ({ type }: EqBand): boolean => type === "peak";

function normalMatrix(responses: readonly (readonly number[])[]): number[][] {
  return responses.map((a, i) => responses.map((b, j) => dot(a, b) + (i === j ? REGULARITY : 0)));
}

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, each, i) => sum + each * b[i]!, 0);

/** Gaussian elimination; the matrix is symmetric and positive definite, so that no pivoting is needed. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i]!]);
  const size = rows.length;
  for (let i = 0; i < size; i++) {
    for (let k = i + 1; k < size; k++) {
      const factor = rows[k]![i]! / rows[i]![i]!;
      for (let j = i; j <= size; j++) rows[k]![j]! -= factor * rows[i]![j]!;
    }
  }
  const result = new Array<number>(size).fill(0);
  for (let i = size - 1; i >= 0; i--) {
    const known = result.reduce((sum, each, j) => (j > i ? sum + rows[i]![j]! * each : sum), 0);
    result[i] = (rows[i]![size]! - known) / rows[i]![i]!;
  }
  return result;
}
