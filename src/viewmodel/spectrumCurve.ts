/** A spectrum of equal bins on a logarithmic axis, and its read-out. */

/** dBFS of bins that are `binHz` apart, from 0 Hz on. */
export interface BinnedSpectrum {
  readonly binHz: number;
  readonly levels: Float32Array;
}

/** Level at a frequency, dBFS: between two bins in proportion; NaN outside. */
export function levelAt({ binHz, levels }: BinnedSpectrum, hertz: number): number {
  const at = hertz / binHz;
  const lower = Math.floor(at);
  const [a, b] = [levels[lower], levels[Math.min(levels.length - 1, lower + 1)]];
  return a === undefined || b === undefined ? NaN : a + (b - a) * (at - lower);
}

/** A level per column: the highest of its bins, so that no line is lost; between bins in proportion. */
export function spectrumColumns(
  spectrum: BinnedSpectrum,
  columns: number,
  frequencyOf: (x: number) => number,
): Float32Array {
  const { binHz, levels } = spectrum;
  return Float32Array.from({ length: columns }, (_, x) => {
    const first = Math.ceil(frequencyOf(x) / binHz);
    const end = Math.min(levels.length, Math.ceil(frequencyOf(x + 1) / binHz));
    if (end <= first) return levelAt(spectrum, frequencyOf(x + 0.5));
    return levels.subarray(first, end).reduce((highest, level) => Math.max(highest, level), -Infinity);
  });
}

/** The highest bin above 0 Hz, its frequency refined by a parabola through it and its neighbours. */
export function spectrumPeak({
  binHz,
  levels,
}: BinnedSpectrum): { hertz: number; level: number } | undefined {
  let peak = 1;
  for (let i = 2; i < levels.length - 1; i++) if (levels[i]! > levels[peak]!) peak = i;
  const [below, at, above] = [levels[peak - 1], levels[peak], levels[peak + 1]];
  if (at === undefined || !Number.isFinite(at)) return undefined;
  if (below === undefined || above === undefined || !Number.isFinite(below + above)) {
    return { hertz: peak * binHz, level: at };
  }
  const bend = below - 2 * at + above;
  const offset = bend < 0 ? (0.5 * (below - above)) / bend : 0;
  return { hertz: (peak + offset) * binHz, level: at - 0.25 * (below - above) * offset };
}
