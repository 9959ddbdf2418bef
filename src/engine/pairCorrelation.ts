/** How alike two signals are, and whether one is the other upside down: close microphones of one source. */

export interface PairCorrelation {
  /** Normalized cross-correlation where it is strongest, -1 to 1. */
  readonly peak: number;
  /** How much later the second signal is there, seconds. */
  readonly lag: number;
}

/** Sound of one source reaches its close microphones within this time, seconds. */
const LONGEST_LAG = 0.005;

/**
 * Normalized cross-correlation within 5 ms either way, where its magnitude is largest.
 *
 * @param first mono samples
 * @param second as many of the same time
 * @param sampleRate Hz
 * @returns a peak of 0 if one of them is silent
 */
export function correlatePair(
  first: Float32Array,
  second: Float32Array,
  sampleRate: number,
): PairCorrelation {
  const most = Math.round(LONGEST_LAG * sampleRate);
  const energy = Math.sqrt(sumOfSquares(first) * sumOfSquares(second));
  let best = { peak: 0, lag: 0 };
  if (!(energy > 0)) return best;
  for (let lag = -most; lag <= most; lag++) {
    const peak = productSum(first, second, lag) / energy;
    if (Math.abs(peak) > Math.abs(best.peak)) best = { peak, lag: lag / sampleRate };
  }
  return best;
}

function sumOfSquares(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return sum;
}

/** Sum of first[i] second[i + lag]. */
function productSum(first: Float32Array, second: Float32Array, lag: number): number {
  const from = Math.max(0, -lag);
  const to = Math.min(first.length, second.length - lag);
  let sum = 0;
  for (let i = from; i < to; i++) sum += first[i]! * second[i + lag]!;
  return sum;
}
