/** Measures of an impulse response, after the textbooks of room acoustics (ISO 3382-1). */

/** Octave bands in Hz. */
export const OCTAVES = [125, 250, 500, 1000, 2000, 4000, 8000] as const;

/**
 * Time in seconds in which the sound of the octave about `centre` Hz decays by 60 dB: backward integration of the
 * filtered responses (M. R. Schroeder, JASA 37, 1965), summed, straight line from -5 to -35 dB.
 */
export function reverberationTime(
  responses: readonly Float32Array[],
  centre: number,
  sampleRate: number,
): number {
  const bands = responses.map((response) => octave(Float64Array.from(response), centre, sampleRate));
  const energy = new Float64Array(responses[0]!.length);
  let sum = 0;
  for (let i = energy.length - 1; i >= 0; i--) {
    for (const band of bands) sum += band[i]! ** 2;
    energy[i] = sum;
  }
  const level = (frame: number) => 10 * Math.log10(energy[frame]! / sum);
  const start = energy.findIndex((_, frame) => level(frame) < -5);
  const end = energy.findIndex((_, frame) => level(frame) < -35);
  return -60 / (slope(start, end, level) * sampleRate);
}

/** Slope of the line of least squares through `value` from `start` to `end`, per frame. */
function slope(start: number, end: number, value: (frame: number) => number): number {
  const middle = (start + end - 1) / 2;
  let up = 0;
  let down = 0;
  for (let i = start; i < end; i++) {
    up += (i - middle) * value(i);
    down += (i - middle) ** 2;
  }
  return up / down;
}

/** Band-pass an octave wide: Butterworth low- and high-pass of the fourth order at its edges, forwards and backwards. */
export function octave(signal: Float64Array, centre: number, sampleRate: number): Float64Array {
  const edges = [centre * Math.SQRT2, centre / Math.SQRT2] as const;
  const once = (from: Float64Array) =>
    [0.5412, 1.3066].reduce(
      (x, q) => pass(pass(x, edges[0], q, sampleRate, 1), edges[1], q, sampleRate, -1),
      from,
    );
  return once(once(signal.slice().reverse()).reverse());
}

/** @param side 1 a low-pass, -1 a high-pass (R. Bristow-Johnson's cookbook) */
function pass(x: Float64Array, frequency: number, q: number, sampleRate: number, side: 1 | -1): Float64Array {
  const w = (2 * Math.PI * Math.min(frequency, 0.49 * sampleRate)) / sampleRate;
  const alpha = Math.sin(w) / (2 * q);
  const cosine = Math.cos(w);
  const scale = 1 / (1 + alpha);
  const b1 = side * (1 - side * cosine) * scale;
  const b0 = Math.abs(b1) / 2;
  const [a1, a2] = [-2 * cosine * scale, (1 - alpha) * scale];
  let [s1, s2] = [0, 0];
  return x.map((sample) => {
    const y = b0 * sample + s1;
    s1 = b1 * sample - a1 * y + s2;
    s2 = b0 * sample - a2 * y;
    return y;
  });
}

/**
 * Normalised echo density of the window of 20 ms about `time` seconds: the share of samples beyond the standard
 * deviation against that of Gaussian noise, 1 for a dense sound (J. S. Abel and P. Huang, "A Simple, Robust Measure
 * of Reverberation Echo Density", AES Convention 121, 2006).
 */
export function echoDensity(response: Float32Array, time: number, sampleRate: number): number {
  const half = Math.round(0.01 * sampleRate);
  const middle = Math.round(time * sampleRate);
  let weights = 0;
  let power = 0;
  const weight = (i: number) => 0.5 + 0.5 * Math.cos((Math.PI * i) / half);
  for (let i = -half; i <= half; i++) {
    weights += weight(i);
    power += weight(i) * response[middle + i]! ** 2;
  }
  const deviation = Math.sqrt(power / weights);
  let beyond = 0;
  for (let i = -half; i <= half; i++) if (Math.abs(response[middle + i]!) > deviation) beyond += weight(i);
  return beyond / weights / 0.31731;
}

/** Autocorrelation at the lags from `first` to `last` frames, 1 at lag 0. */
export function autocorrelation(signal: Float32Array, first: number, last: number): number[] {
  const at = (lag: number) => {
    let sum = 0;
    for (let i = lag; i < signal.length; i++) sum += signal[i]! * signal[i - lag]!;
    return sum;
  };
  const power = at(0);
  return Array.from({ length: last - first + 1 }, (_, i) => at(first + i) / power);
}
