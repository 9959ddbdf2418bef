/** Loudness and peaks of an audio file, read from its first frame to its last. */
import { AudioFileError, SAMPLE_LAYOUTS, type AudioFile } from "../audio/audioFile.js";
import type { Dsp } from "./dsp.js";
import { MAX_METER_CHANNELS, Meter, type LoudnessMeasurement } from "./meter.js";
import { addressTable, type NonFiniteSamples } from "./sourceReader.js";

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

const BLOCK_FRAMES = 4096;
/** Blocks from one report of progress to the next. */
const REPORT_BLOCKS = 256;

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
  const meter = new Meter(dsp, {
    sampleRate,
    channels,
    channelMask,
    truePeak: true,
    dualMono: options.dualMono,
  });
  const decoder = new BlockDecoder(dsp, file);
  for (let blocks = 1; decoder.next() > 0; blocks++) {
    meter.processChannels(decoder.buffers, decoder.frames);
    if (blocks % REPORT_BLOCKS === 0) report?.(decoder.position / frames);
  }
  return { ...meter.finish(), bitDepth, nonFinite: decoder.nonFinite };
}

/** The file's frames block by block, as planar floats of all its channels. */
class BlockDecoder {
  /** Addresses of the channels' samples. */
  readonly buffers: readonly number[];
  /** In the block at hand, and in the file up to its end. */
  frames = 0;
  position = 0;
  readonly #dsp: Dsp;
  readonly #file: AudioFile;
  readonly #raw: number;
  readonly #table: number;
  #nonFinite = 0;
  #firstNonFinite = -1;

  constructor(dsp: Dsp, file: AudioFile) {
    const { channels, frameBytes } = file.pcm;
    this.#dsp = dsp;
    this.#file = file;
    this.#raw = dsp.allocate(BLOCK_FRAMES * frameBytes);
    this.#table = addressTable(dsp, channels, BLOCK_FRAMES);
    this.buffers = Array.from(dsp.int32(this.#table, channels));
  }

  get nonFinite(): NonFiniteSamples | undefined {
    if (this.#nonFinite === 0) return undefined;
    return { count: this.#nonFinite, firstTime: this.#firstNonFinite / this.#file.info.sampleRate };
  }

  /** Goes on to the next block. @returns its frames; 0 at the end of the file */
  next(): number {
    const { layout, bigEndian, channels, frameBytes } = this.#file.pcm;
    const target = this.#dsp.bytes.subarray(this.#raw, this.#raw + BLOCK_FRAMES * frameBytes);
    this.frames = this.#file.readFrames(this.position, BLOCK_FRAMES, target);
    const { exports } = this.#dsp;
    const layoutNumber = SAMPLE_LAYOUTS.indexOf(layout);
    const bad = exports.pcmDecode(
      this.#raw,
      layoutNumber,
      bigEndian ? 1 : 0,
      channels,
      this.frames,
      this.#table,
    );
    if (bad > 0 && this.#nonFinite === 0) this.#firstNonFinite = this.position + exports.pcmFirstNonFinite();
    this.#nonFinite += bad;
    this.position += this.frames;
    return this.frames;
  }
}
