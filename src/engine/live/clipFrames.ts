/** Which frames of its file a clip reads for a stretch of its sound, as ClipReader (src/engine/clipReader.ts) does. */
import { isUnchanged } from "../clipRate.js";
import type { ClipSource } from "../clipSource.js";

export interface FrameRange {
  readonly start: number;
  readonly end: number;
}

/** More than the frames of the resampler's filter to either side, at the source's rate or above it. */
const FILTER_FRAMES = 256;

/**
 * @param from frame of the clip
 * @param to frame after the last one
 * @returns ranges of the file, perhaps beyond its ends: no fewer frames than are read
 */
export function clipFrames(source: ClipSource, from: number, to: number): readonly FrameRange[] {
  const { rate, fraction, offset, passFrames, passes, length, isReversed } = source;
  const [first, last] = isReversed ? [length - to, length - from] : [from, to];
  const margin = isUnchanged(rate) ? 0 : Math.ceil(FILTER_FRAMES * Math.max(1, rate.step)) + 2;
  const start = Math.floor(first * rate.step) - margin;
  const end = Math.ceil(fraction + last * rate.step) + margin;
  const passAt = (at: number): number => Math.min(passes - 1, Math.max(0, Math.floor(at / passFrames)));
  const [firstPass, lastPass] = [passAt(start - 1), passAt(end + 1)];
  // More than one whole pass: all of it, and what the filter reads around it.
  if (lastPass - firstPass > 1)
    return [{ start: offset - margin - 1, end: offset + Math.ceil(passFrames) + margin + 1 }];
  const ranges: FrameRange[] = [];
  for (let pass = firstPass; pass <= lastPass; pass++) {
    const row = Math.round(pass * passFrames);
    const rowEnd = pass === passes - 1 ? Infinity : Math.round((pass + 1) * passFrames) + 1;
    const rowStart = pass === 0 ? -Infinity : row;
    ranges.push({
      start: offset + Math.max(start, rowStart) - row,
      end: offset + Math.min(end, rowEnd) - row,
    });
  }
  return ranges.filter((range) => range.end > range.start);
}
