/** An audio file's frames in order, block by block, as planar floats in the engine's memory. */
import { SAMPLE_LAYOUTS, type AudioFile, type AudioFileInfo } from "../audio/audioFile.js";
import type { Dsp } from "./dsp.js";
import { addressTable } from "./addressTable.js";

/** Samples that were no finite numbers and were replaced by silence. */
export interface NonFiniteSamples {
  readonly count: number;
  /** Time of the first one in the file, seconds. */
  readonly firstTime: number;
}

/** What {@link decodeFrames} has decoded. */
export interface DecodedFrames {
  /** Fewer than asked for only at the end of the file. */
  readonly frames: number;
  /** Samples that were no finite numbers. */
  readonly nonFinite: number;
}

/**
 * Decodes up to `count` frames of `file` from frame `start` on.
 * @param raw address of room for `count` frames as they stand in the file
 * @param table address of one f32 buffer address (i32) per channel of the file
 */
export function decodeFrames(
  dsp: Dsp,
  file: AudioFile,
  start: number,
  count: number,
  raw: number,
  table: number,
): DecodedFrames {
  const { layout, bigEndian, channels, frameBytes } = file.pcm;
  const frames = file.readFrames(start, count, dsp.bytes.subarray(raw, raw + count * frameBytes));
  const layoutNumber = SAMPLE_LAYOUTS.indexOf(layout);
  const nonFinite = dsp.exports.pcmDecode(raw, layoutNumber, bigEndian ? 1 : 0, channels, frames, table);
  return { frames, nonFinite };
}

export class BlockDecoder {
  /** Addresses of the channels' samples. */
  readonly buffers: readonly number[];
  /** Frame of the file that comes next. */
  position: number;
  readonly #dsp: Dsp;
  readonly #file: AudioFile;
  readonly #maxFrames: number;
  readonly #raw: number;
  readonly #table: number;
  #nonFinite = 0;
  #firstNonFinite = -1;

  /**
   * @param maxFrames most frames of a block
   * @param startFrame frame of the file to start from
   */
  constructor(dsp: Dsp, file: AudioFile, maxFrames: number, startFrame = 0) {
    const { channels, frameBytes } = file.pcm;
    this.#dsp = dsp;
    this.#file = file;
    this.#maxFrames = maxFrames;
    this.position = startFrame;
    this.#raw = dsp.allocate(maxFrames * frameBytes);
    this.#table = addressTable(dsp, channels, maxFrames);
    this.buffers = Array.from(dsp.int32(this.#table, channels));
  }

  /** What was not finite among the frames decoded so far. */
  get nonFinite(): NonFiniteSamples | undefined {
    if (this.#nonFinite === 0) return undefined;
    return { count: this.#nonFinite, firstTime: this.#firstNonFinite / this.#file.info.sampleRate };
  }

  /** Decodes the next `count` frames. @returns how many there were; 0 at the end of the file */
  next(count = this.#maxFrames): number {
    const decoded = decodeFrames(this.#dsp, this.#file, this.position, count, this.#raw, this.#table);
    const { frames, nonFinite } = decoded;
    if (nonFinite > 0 && this.#nonFinite === 0) {
      this.#firstNonFinite = this.position + this.#dsp.exports.pcmFirstNonFinite();
    }
    this.#nonFinite += nonFinite;
    this.position += frames;
    return frames;
  }
}

/** @returns what was odd about `file` and about the samples decoded from it, each a plain sentence */
export function sourceWarnings(
  { warnings }: Pick<AudioFileInfo, "warnings">,
  nonFinite: NonFiniteSamples | undefined,
): string[] {
  if (!nonFinite) return [...warnings];
  const { count, firstTime } = nonFinite;
  const many = count === 1 ? "1 sample is not a finite number" : `${count} samples are not finite numbers`;
  return [...warnings, `${many}, the first at ${firstTime.toFixed(3)} s; silence stands in for them.`];
}
