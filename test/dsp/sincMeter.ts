/**
 * True peak the slow and obvious way, for tests: every sixteenth of a sample by one long
 * windowed sinc (128 taps on either side, raised-cosine window).
 */
const FACTOR = 16;
const REACH = 128;

const rows = Array.from({ length: FACTOR }, (_, phase) =>
  Float64Array.from({ length: 2 * REACH }, (_, tap) => {
    const t = tap - REACH + 1 - phase / FACTOR;
    const sinc = t === 0 ? 1 : Math.sin(Math.PI * t) / (Math.PI * t);
    return sinc * (0.5 + 0.5 * Math.cos((Math.PI * t) / REACH));
  }),
);

/** @returns highest level between the samples, dBTP, of a signal that is silent beyond its ends */
export function truePeakDb(signal: Float32Array): number {
  const padded = new Float32Array(signal.length + 2 * REACH);
  padded.set(signal, REACH);
  const samplePeak = signal.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  let most = samplePeak;
  for (let frame = 0; frame < signal.length; frame++) {
    const nearby = padded.subarray(frame + REACH - 3, frame + REACH + 5);
    // Nothing rises from a quarter of the sample peak to a new record.
    if (nearby.every((value) => Math.abs(value) < samplePeak / 4)) continue;
    const window = padded.subarray(frame + 1, frame + 1 + 2 * REACH);
    for (const row of rows) {
      let sum = 0;
      for (let tap = 0; tap < row.length; tap++) sum += row[tap]! * window[tap]!;
      most = Math.max(most, Math.abs(sum));
    }
  }
  return 20 * Math.log10(most);
}
