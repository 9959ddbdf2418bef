/** Which bins of a spectrum make which rows of a spectrogram. */
import { positionToFrequency, spectrogramBounds, type FrequencyScale } from "../../units/frequencyScale.js";
import type { SpectrogramRow } from "./spectrumKernel.js";

/**
 * A row that holds the middle of a bin shows the largest of its bins, so that no line is lost; one that holds none
 * shows the level between its neighbours.
 * @param size samples of the windows
 */
export function spectrogramRows(
  rows: number,
  size: number,
  sampleRate: number,
  scale: FrequencyScale,
): SpectrogramRow[] {
  const bounds = spectrogramBounds(sampleRate, scale);
  const last = size / 2;
  /** With a fraction; rows count from the bottom, row r is centred on r + 0.5. */
  const binAt = (row: number): number => (positionToFrequency(row / rows, scale, bounds) * size) / sampleRate;
  return Array.from({ length: rows }, (_, row) => {
    const low = Math.max(0, Math.ceil(binAt(row) - 1e-6));
    const high = Math.min(last, row === rows - 1 ? last : Math.ceil(binAt(row + 1) - 1e-6) - 1);
    if (low <= high) return { first: low, last: high, fraction: null };
    const middle = binAt(row + 0.5);
    const below = Math.min(last - 1, Math.max(0, Math.floor(middle)));
    return { first: below, last: below, fraction: Math.min(1, Math.max(0, middle - below)) };
  });
}
