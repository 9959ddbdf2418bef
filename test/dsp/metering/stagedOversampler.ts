/**
 * Plain twin of the true-peak kernel (src/dsp/metering/truePeak.ts): the same cascade of
 * interpolators in 64 bits, run in full on everything.
 */

/** Taps on either side and pass edge of each doubling, as in src/dsp/metering/oversampling.ts. */
const STAGES = [
  [24, 0.459],
  [5, 0.27],
  [4, 0.135],
] as const;

/** The kernel's bounds: a value is at most P + slack D. */
export const SLACKS = [0.982, 0.479, 0.439];

/** Samples around which nothing of an impulse is left after any number of stages. */
const MARGIN = 40;

export class StagedOversampler {
  readonly #filters = STAGES.map(([reach, edge]) => halfwayTaps(reach, edge));

  truePeak(samples: ArrayLike<number>): number {
    const padded = new Float64Array(samples.length + 2 * MARGIN);
    padded.set(samples, MARGIN);
    return peakWithVertices(this.#filters.reduce(doubled, padded));
  }

  /**
   * Slack of the whole cascade, and of what is left of it after one and two stages: the worst
   * phase's taps taken in pairs of opposite signs, plus a quarter of the worst step on the 8x grid.
   */
  slacks(): number[] {
    return this.#filters.map((_, first) => {
      const stages = this.#filters.slice(first);
      const phases = 2 ** stages.length;
      const impulse = new Float64Array(4 * MARGIN);
      impulse[2 * MARGIN] = 1;
      const response = stages.reduce(doubled, impulse);
      const taps = (phase: number): number[] =>
        Array.from({ length: 2 * MARGIN }, (__, k) => response[(2 * MARGIN + MARGIN - k) * phases + phase]!);
      const all = Array.from({ length: phases + 1 }, (__, phase) => taps(phase));
      const steps = all.slice(1).map((next, phase) => stepSlack(next.map((tap, k) => tap - all[phase]![k]!)));
      return Math.max(...all.map(pairSlack)) + Math.max(...steps) / 4;
    });
  }
}

/** Weight of the differences between neighbours when taps of opposite signs are paired off; the rest adds up to 1. */
function pairSlack(taps: readonly number[]): number {
  let [slack, rest, open] = [0, 0, 0];
  for (const tap of taps) {
    if (open * tap < 0) {
      const paired = Math.min(Math.abs(open), Math.abs(tap));
      slack += paired;
      rest += Math.abs(open) - paired;
      open += tap;
      if (open * tap < 0) open = 0;
    } else {
      rest += Math.abs(open);
      open = tap;
    }
  }
  if (Math.abs(rest + Math.abs(open) - 1) > 1e-3)
    throw new Error(`The rest is ${rest + Math.abs(open)}, not 1.`);
  return slack;
}

/** A difference of two interpolators in terms of the differences between neighbours. */
function stepSlack(taps: readonly number[]): number {
  let [slack, sum] = [0, 0];
  for (const tap of taps) {
    sum += tap;
    slack += Math.abs(sum);
  }
  return slack;
}

function doubled(signal: Float64Array, taps: Float64Array): Float64Array {
  const result = new Float64Array(2 * signal.length);
  signal.forEach((value, i) => {
    result[2 * i] = value;
    result[2 * i + 1] = taps.reduce(
      (sum, tap, k) => sum + tap * ((signal[i - k] ?? 0) + (signal[i + 1 + k] ?? 0)),
      0,
    );
  });
  return result;
}

function peakWithVertices(signal: Float64Array): number {
  let peak = 0;
  for (let i = 1; i + 1 < signal.length; i++) {
    const [before, value, after] = [signal[i - 1]!, signal[i]!, signal[i + 1]!].map(
      (x) => x * Math.sign(signal[i]!),
    );
    const curvature = 2 * value! - before! - after!;
    if (before! > value! || after! > value! || curvature <= 0) continue;
    peak = Math.max(peak, value! + (after! - before!) ** 2 / (8 * curvature));
  }
  return peak;
}

/** Kaiser-windowed sinc from the midpoint outwards, for 0 Hz scaled to 1. */
function halfwayTaps(reach: number, passEdge: number): Float64Array {
  const attenuation = 14.36 * (1 - 2 * passEdge) * (2 * reach - 1) + 7.95;
  const beta = 0.1102 * (attenuation - 8.7);
  const taps = Float64Array.from({ length: reach }, (_, k) => {
    const t = k + 0.5;
    return (Math.sin(Math.PI * t) / (Math.PI * t)) * besselI0(beta * Math.sqrt(1 - (t / reach) ** 2));
  });
  const sum = 2 * taps.reduce((a, b) => a + b);
  return taps.map((tap) => tap / sum);
}

function besselI0(x: number): number {
  let [sum, term] = [1, 1];
  for (let k = 1; k < 100; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}
