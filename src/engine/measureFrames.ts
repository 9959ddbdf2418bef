/** Loudness and peaks of sound that comes in blocks, from a file or from edits. */
import type { Dsp } from "./dsp.js";
import { Meter, type LoudnessMeasurement, type MeterOptions } from "./meter.js";

/** Sound in order, block by block: planar f32 in the engine's memory. */
export interface FrameStream {
  /** Addresses of the channels' samples. */
  readonly buffers: readonly number[];
  /** Goes on to the next block. @returns its frames; 0 at the end */
  next(): number;
}

/** Blocks from one report of progress to the next. */
const REPORT_BLOCKS = 256;

/**
 * Measures everything that comes, true peak included.
 * @param frames how many there will be, for the progress
 * @param report takes the share done, 0 to 1
 */
export function measureFrames(
  dsp: Dsp,
  stream: FrameStream,
  frames: number,
  options: Omit<MeterOptions, "truePeak">,
  report?: (fraction: number) => void,
): LoudnessMeasurement {
  const meter = new Meter(dsp, { ...options, truePeak: true });
  let [blocks, done] = [0, 0];
  for (let count = stream.next(); count > 0; count = stream.next()) {
    meter.processChannels(stream.buffers, count);
    done += count;
    if (++blocks % REPORT_BLOCKS === 0) report?.(done / frames);
  }
  return meter.finish();
}
