/** Band-limited interpolation between samples, for drawing. */

/** Samples on each side that take part. */
export const INTERPOLATION_REACH = 8;

/**
 * Value between samples by a Lanczos-windowed sinc, 8 samples to each side.
 * Unknown samples (NaN) and those beyond the ends count as 0.
 * @param at position in samples; whole positions give the sample itself
 */
export function interpolate(samples: Float32Array, at: number): number {
  const nearest = Math.round(at);
  if (Math.abs(at - nearest) < 1e-6) return samples[nearest] ?? 0;
  const base = Math.floor(at);
  let [sum, weights] = [0, 0];
  for (let i = base - INTERPOLATION_REACH + 1; i <= base + INTERPOLATION_REACH; i++) {
    const weight = lanczos(at - i);
    weights += weight;
    const sample = samples[i];
    if (sample !== undefined && !Number.isNaN(sample)) sum += sample * weight;
  }
  return sum / weights;
}

function lanczos(x: number): number {
  const angle = Math.PI * x;
  return (Math.sin(angle) * Math.sin(angle / INTERPOLATION_REACH) * INTERPOLATION_REACH) / angle ** 2;
}
