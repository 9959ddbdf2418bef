/** Peaks of an audio file in any number of columns, in one pass over its samples. */
import type { AudioFile } from "../../audio/audioFile.js";
import type { FrameRange } from "../../session/audioEdits.js";
import { BlockDecoder } from "../blockDecoder.js";
import type { Dsp } from "../dsp.js";
import { silentPeaks } from "./channelPeaks.js";
import { PeakScanner } from "./peakScanner.js";
import { PeakSum, TILE_VALUES, peaksAt } from "./peakSum.js";

/** Frames decoded at once. */
const BLOCK_FRAMES = 8192;
/** Blocks from one report of progress to the next. */
const REPORT_BLOCKS = 64;

/** Lowest and highest sample and RMS per column of one audio channel, linear. */
export interface ColumnPeaks {
  readonly min: readonly number[];
  readonly max: readonly number[];
  readonly rms: readonly number[];
}

/**
 * @param range inside the file; column c of n covers its frames from c / n of its length on
 * @param columns no more than there are frames
 * @param report takes the share done, 0 to 1
 * @returns one per audio channel
 * @throws AudioFileError if the file cannot be read
 */
export function columnPeaks(
  dsp: Dsp,
  file: AudioFile,
  range: FrameRange,
  columns: number,
  report?: (fraction: number) => void,
): ColumnPeaks[] {
  const { channels } = file.info;
  const decoder = new BlockDecoder(dsp, file, BLOCK_FRAMES, range.start);
  const scanner = new PeakScanner(dsp, channels, 1);
  const sum = new PeakSum(channels);
  const part = Array.from({ length: channels }, silentPeaks);
  const values = new Float32Array(columns * channels * TILE_VALUES);
  const length = range.end - range.start;
  let blocks = 0;
  for (let column = 0; column < columns; column++) {
    const end = range.start + Math.floor(((column + 1) * length) / columns);
    while (decoder.position < end) {
      const count = decoder.next(Math.min(BLOCK_FRAMES, end - decoder.position));
      if (count === 0) break;
      peaksAt(scanner.scan(decoder.buffers, count, count), 0, part);
      sum.add(part, count);
      if (++blocks % REPORT_BLOCKS === 0) report?.((decoder.position - range.start) / length);
    }
    sum.take(values, column * channels * TILE_VALUES);
  }
  const valuesOf = (channel: number, index: number): number[] =>
    Array.from(
      { length: columns },
      (_, column) => values[(column * channels + channel) * TILE_VALUES + index]!,
    );
  return Array.from({ length: channels }, (_, channel) => ({
    min: valuesOf(channel, 0),
    max: valuesOf(channel, 1),
    rms: valuesOf(channel, 2),
  }));
}
