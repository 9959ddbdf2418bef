/** How the sound of songs is spread over the frequencies, and how the songs of an album compare in it. */
import { median } from "../../units/median.js";
import { K_WEIGHTS, THIRD_OCTAVES, type ThirdOctaves } from "../../engine/thirdOctaves.js";

/** Of one song or reference: what does not depend on how loud it is. */
export interface Tone {
  /** dB by third octave (25 Hz to 20 kHz), relative to the K-weighted sum of all; `null` where there is nothing. */
  readonly bands: readonly (number | null)[];
  /** Sides against the middle, dB; `null` for mono. */
  readonly width: number | null;
}

/** Of an album: the median of its songs, band by band. */
export interface AlbumTone {
  readonly median: readonly (number | null)[];
  /** Of the songs' width, dB. */
  readonly width: number | null;
}

/** Less than that is nothing, dB. */
const FLOOR = -120;

export function toneOf(octaves: ThirdOctaves | undefined): Tone | null {
  if (!octaves) return null;
  const { mid, side } = octaves;
  const both = mid.map((power, band) => power + side[band]!);
  const whole = weightedSum(both);
  if (whole <= 0) return null;
  const bands = Array.from(both, (power) => round(levelOf(power / whole)));
  return { bands, width: round(levelOf(sumOf(side) / sumOf(mid))) };
}

/** @returns the middle one of the songs in each band */
export function albumTone(songs: readonly Tone[]): AlbumTone {
  return {
    median: THIRD_OCTAVES.map((_, band) => median(songs.flatMap(({ bands }) => bands[band] ?? []))),
    width: median(songs.flatMap(({ width }) => width ?? [])),
  };
}

/** @param weights as many as songs, above 0. @returns the weighted mean in each band */
export function meanTone(songs: readonly Tone[], weights: readonly number[]): Tone {
  const mean = (values: readonly (number | null | undefined)[]): number | null => {
    const known = values.flatMap((value, i) =>
      typeof value === "number" ? [[value, weights[i]!] as const] : [],
    );
    const whole = known.reduce((sum, [, weight]) => sum + weight, 0);
    return whole === 0 ? null : known.reduce((sum, [value, weight]) => sum + value * weight, 0) / whole;
  };
  return {
    bands: THIRD_OCTAVES.map((_, band) => mean(songs.map(({ bands }) => bands[band]))),
    width: mean(songs.map(({ width }) => width)),
  };
}

/** @returns by how much an equalizer changes the loudness of a song, LU. @param curve dB by third octave */
export function loudnessChange({ bands }: Tone, curve: readonly number[]): number {
  const powers = bands.map((level) => (level === null ? 0 : 10 ** (level / 10)));
  const changed = powers.map((power, band) => power * 10 ** (curve[band]! / 10));
  return 10 * Math.log10(weightedSum(changed) / weightedSum(powers));
}

/** Bands that count when tones are compared: below and above them there is little that could be heard or matched. */
export const COMPARED = { low: 60, high: 12_700 };

/**
 * @returns root of the mean squared difference of two tones in dB, over the bands that are compared; what is the same
 *   in all of them is loudness, and does not count
 */
export function toneDistance(a: readonly (number | null)[], b: readonly (number | null)[]): number {
  const differences = THIRD_OCTAVES.flatMap((hertz, band) => {
    const [x, y] = [a[band], b[band]];
    const counts = hertz >= COMPARED.low && hertz <= COMPARED.high;
    return counts && typeof x === "number" && typeof y === "number" ? [x - y] : [];
  });
  const mean = differences.reduce((sum, each) => sum + each, 0) / Math.max(1, differences.length);
  const squares = differences.reduce((sum, each) => sum + (each - mean) ** 2, 0);
  return Math.sqrt(squares / Math.max(1, differences.length));
}

const weightedSum = (powers: ArrayLike<number>): number =>
  K_WEIGHTS.reduce((sum, weight, band) => sum + weight * powers[band]!, 0);

const sumOf = (powers: Float64Array): number => powers.reduce((sum, power) => sum + power, 0);

function levelOf(power: number): number | null {
  const level = 10 * Math.log10(power);
  return level > FLOOR && Number.isFinite(level) ? level : null;
}

/** To hundredths of a decibel: what is stored stays readable. */
const round = (value: number | null): number | null =>
  value === null ? null : Math.round(value * 100) / 100;
