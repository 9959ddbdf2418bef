/**
 * An independent meter, slow and plain, that shares nothing with the engine's: what tests hold
 * delivered files against.
 */

/** Integrated loudness after ITU-R BS.1770-5, LUFS; every channel has weight 1. */
export function referenceIntegrated(channels: readonly Float64Array[], sampleRate: number): number {
  const weighted = channels.map((samples) =>
    biquad(biquad(samples, shelf(sampleRate)), highPass(sampleRate)),
  );
  const [block, hop] = [Math.round(0.4 * sampleRate), Math.round(0.1 * sampleRate)];
  const energies: number[] = [];
  for (let start = 0; start + block <= channels[0]!.length; start += hop) {
    energies.push(
      weighted.reduce((sum, samples) => sum + meanSquare(samples.subarray(start, start + block)), 0),
    );
  }
  const audible = energies.filter((energy) => loudness(energy) > -70);
  const gate = loudness(mean(audible)) - 10;
  return loudness(mean(audible.filter((energy) => loudness(energy) > gate)));
}

const loudness = (energy: number): number => -0.691 + 10 * Math.log10(energy);
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
const meanSquare = (samples: Float64Array): number =>
  samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;

type Biquad = readonly [b0: number, b1: number, b2: number, a1: number, a2: number];

/** The K-weighting's shelf, from the analogue prototype behind the standard's 48 kHz coefficients. */
function shelf(sampleRate: number): Biquad {
  const k = Math.tan((Math.PI * 1681.974450955533) / sampleRate);
  const [q, high] = [0.7071752369554196, 10 ** (3.999843853973347 / 20)];
  const band = high ** 0.4996667741545416;
  const a0 = 1 + k / q + k * k;
  return [
    (high + (band * k) / q + k * k) / a0,
    (2 * (k * k - high)) / a0,
    (high - (band * k) / q + k * k) / a0,
    (2 * (k * k - 1)) / a0,
    (1 - k / q + k * k) / a0,
  ];
}

function highPass(sampleRate: number): Biquad {
  const k = Math.tan((Math.PI * 38.13547087602444) / sampleRate);
  const a0 = 1 + k / 0.5003270373238773 + k * k;
  return [1, -2, 1, (2 * (k * k - 1)) / a0, (1 - k / 0.5003270373238773 + k * k) / a0];
}

function biquad(samples: Float64Array, [b0, b1, b2, a1, a2]: Biquad): Float64Array {
  let [x1, x2, y1, y2] = [0, 0, 0, 0];
  return samples.map((x) => {
    const y = b0 * x + b1 * x1 + b2 * x2 - a1 * y1 - a2 * y2;
    [x2, x1, y2, y1] = [x1, x, y1, y];
    return y;
  });
}

const FACTOR = 16;
/** Taps on either side of the point that is reconstructed. */
const REACH = 48;

/** True peak at 16 times the sample rate, dBTP: windowed sinc, 96 taps a phase. */
export function referenceTruePeak(channels: readonly Float64Array[]): number {
  return 20 * Math.log10(Math.max(...channels.map(reconstructedPeak)));
}

function reconstructedPeak(samples: Float64Array): number {
  const phases = Array.from({ length: FACTOR }, (_, phase) => interpolator(phase / FACTOR));
  const largest = samples.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0);
  let peak = largest;
  for (let i = 0; i < samples.length; i++) {
    // Between samples below a quarter of the largest, no real signal reaches the top.
    if (Math.abs(samples[i]!) < largest / 4) continue;
    for (const phase of phases) peak = Math.max(peak, Math.abs(interpolate(samples, i, phase)));
  }
  return peak;
}

function interpolate(samples: Float64Array, at: number, taps: Float64Array): number {
  let sum = 0;
  for (let k = -REACH + 1; k <= REACH; k++) sum += (samples[at + k] ?? 0) * taps[k + REACH - 1]!;
  return sum;
}

/** Taps that reconstruct the signal `fraction` of a sample later; Blackman window. */
function interpolator(fraction: number): Float64Array {
  return Float64Array.from({ length: 2 * REACH }, (_, i) => {
    const x = i - REACH + 1 - fraction;
    const window = 0.42 + 0.5 * Math.cos((Math.PI * x) / REACH) + 0.08 * Math.cos((2 * Math.PI * x) / REACH);
    return (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x)) * window;
  });
}
