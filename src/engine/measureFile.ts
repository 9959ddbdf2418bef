/** Loudness and peaks of an audio file, read from its first frame to its last. */
import { AudioFileError, type AudioFile } from "../audio/audioFile.js";
import { BlockDecoder, type NonFiniteSamples } from "./blockDecoder.js";
import type { Dsp } from "./dsp.js";
import { BLOCK_FRAMES } from "./song.js";
import { measureFrames } from "./measureFrames.js";
import { MAX_METER_CHANNELS, type LoudnessMeasurement } from "./meter.js";

export interface FileMeasurement extends LoudnessMeasurement {
  /** Significant bits of a sample. */
  readonly bitDepth: number;
  /** Samples that were no finite numbers; silence stands in for them. */
  readonly nonFinite: NonFiniteSamples | undefined;
}

export interface MeasureOptions {
  /** A mono file counts as two equal channels (+3.01 LU) instead of one. */
  readonly dualMono?: boolean;
}

/**
 * @param report takes the share done, 0 to 1
 * @throws AudioFileError if the file has too many channels or cannot be read
 */
export function measureFile(
  dsp: Dsp,
  file: AudioFile,
  options: MeasureOptions = {},
  report?: (fraction: number) => void,
): FileMeasurement {
  const { path, sampleRate, channels, channelMask, bitDepth, frames } = file.info;
  if (channels > MAX_METER_CHANNELS) {
    throw new AudioFileError(
      path,
      undefined,
      `it has ${channels} audio channels; at most ${MAX_METER_CHANNELS} can be measured`,
    );
  }
  const decoder = new BlockDecoder(dsp, file, BLOCK_FRAMES);
  const format = { sampleRate, channels, channelMask, dualMono: options.dualMono };
  const measured = measureFrames(dsp, decoder, frames, format, report);
  return { ...measured, bitDepth, nonFinite: decoder.nonFinite };
}
