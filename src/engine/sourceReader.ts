/**
 * Frames of an audio file, in order, as planar floats in the engine's memory, converted to
 * the wanted sample rate.
 */
import { SAMPLE_LAYOUTS, type AudioFile } from "../audio/audioFile.js";
import type { Dsp } from "./dsp.js";

/** Samples that were no finite numbers and were replaced by silence. */
export interface NonFiniteSamples {
  readonly count: number;
  /** Time of the first one in the file, seconds. */
  readonly firstTime: number;
}

const BLOCK_FRAMES = 4096;

export class SourceReader {
  readonly #dsp: Dsp;
  readonly #file: AudioFile;
  readonly #raw: number;
  readonly #decoded: number;
  readonly #converter: RateConverter | undefined;
  #position: number;
  #nonFinite = 0;
  #firstNonFinite = -1;

  /**
   * @param outputRate Hz; another one than the file's own goes through the resampler
   * @param startFrame frame of the file to start from
   */
  constructor(dsp: Dsp, file: AudioFile, outputRate: number, startFrame = 0) {
    this.#dsp = dsp;
    this.#file = file;
    this.#position = startFrame;
    this.#raw = dsp.allocate(BLOCK_FRAMES * file.pcm.frameBytes);
    this.#decoded = addressTable(dsp, file.pcm.channels, BLOCK_FRAMES);
    if (file.info.sampleRate !== outputRate) {
      this.#converter = new RateConverter(dsp, file.info.sampleRate, outputRate, file.pcm.channels);
    }
  }

  /** What was not finite among the frames read so far. */
  get nonFinite(): NonFiniteSamples | undefined {
    if (this.#nonFinite === 0) return undefined;
    return { count: this.#nonFinite, firstTime: this.#firstNonFinite / this.#file.info.sampleRate };
  }

  /**
   * Writes the next `frames` frames to the f32 buffers at `left` and `right` (a mono file to
   * both); silence once the file has ended.
   */
  read(frames: number, left: number, right: number): void {
    let done = 0;
    while (done < frames) {
      const available = this.#converter ? this.#refill(this.#converter) : 0;
      const count = this.#converter
        ? this.#converter.take(Math.min(frames - done, available), left + done * 4, right + done * 4)
        : this.#readPlain(Math.min(frames - done, BLOCK_FRAMES), left + done * 4, right + done * 4);
      if (count === 0) break;
      done += count;
    }
    this.#dsp.bytes.fill(0, left + done * 4, left + frames * 4);
    this.#dsp.bytes.fill(0, right + done * 4, right + frames * 4);
  }

  #readPlain(frames: number, left: number, right: number): number {
    const count = this.#decode(frames);
    const [first, second] = this.#decodedAddresses();
    this.#dsp.bytes.copyWithin(left, first, first + count * 4);
    this.#dsp.bytes.copyWithin(right, second, second + count * 4);
    return count;
  }

  /** Converts more of the file unless some is left over. @returns frames ready to be taken */
  #refill(converter: RateConverter): number {
    while (converter.available === 0 && !converter.finished) {
      const count = this.#decode(BLOCK_FRAMES);
      if (count > 0) converter.push(this.#decoded, count);
      else converter.finish();
    }
    return converter.available;
  }

  #decode(frames: number): number {
    const { pcm } = this.#file;
    const raw = this.#dsp.bytes.subarray(this.#raw, this.#raw + frames * pcm.frameBytes);
    const count = this.#file.readFrames(this.#position, frames, raw);
    const layout = SAMPLE_LAYOUTS.indexOf(pcm.layout);
    const { exports } = this.#dsp;
    const bad = exports.pcmDecode(
      this.#raw,
      layout,
      pcm.bigEndian ? 1 : 0,
      pcm.channels,
      count,
      this.#decoded,
    );
    if (bad > 0 && this.#nonFinite === 0) this.#firstNonFinite = this.#position + exports.pcmFirstNonFinite();
    this.#nonFinite += bad;
    this.#position += count;
    return count;
  }

  #decodedAddresses(): [left: number, right: number] {
    const table = this.#dsp.int32(this.#decoded, this.#file.pcm.channels);
    return [table[0]!, table[this.#file.pcm.channels > 1 ? 1 : 0]!];
  }
}

/** A resampler with what it has made and nobody has taken yet. */
class RateConverter {
  readonly #dsp: Dsp;
  readonly #resampler: number;
  readonly #output: number;
  readonly #channels: number;
  #taken = 0;
  #made = 0;
  finished = false;

  constructor(dsp: Dsp, inputRate: number, outputRate: number, channels: number) {
    this.#dsp = dsp;
    this.#channels = channels;
    this.#resampler = dsp.exports.resamplerNew(inputRate, outputRate, channels, BLOCK_FRAMES);
    this.#output = addressTable(dsp, channels, dsp.exports.resamplerMaxOutput(this.#resampler));
  }

  get available(): number {
    return this.#made - this.#taken;
  }

  push(inputs: number, frames: number): void {
    this.#made = this.#dsp.exports.resamplerProcess(this.#resampler, inputs, frames, this.#output);
    this.#taken = 0;
  }

  finish(): void {
    this.#made = this.#dsp.exports.resamplerFlush(this.#resampler, this.#output);
    this.#taken = 0;
    this.finished = true;
  }

  take(frames: number, left: number, right: number): number {
    const table = this.#dsp.int32(this.#output, this.#channels);
    const bytes = this.#dsp.bytes;
    for (const [source, target] of [
      [table[0]!, left],
      [table[this.#channels > 1 ? 1 : 0]!, right],
    ] as const) {
      bytes.copyWithin(target, source + this.#taken * 4, source + (this.#taken + frames) * 4);
    }
    this.#taken += frames;
    return frames;
  }
}

/** Allocates `channels` planar f32 buffers. @returns address of their addresses (i32), as the kernels want them */
export function addressTable(dsp: Dsp, channels: number, frames: number): number {
  const table = dsp.allocate(channels * 4);
  const buffers = Array.from({ length: channels }, () => dsp.allocate(frames * 4));
  dsp.int32(table, channels).set(buffers);
  return table;
}

/** @returns the sentence that tells of samples that were no numbers, or nothing */
export function nonFiniteWarning(file: AudioFile, reader: SourceReader): string[] {
  const { nonFinite } = reader;
  if (!nonFinite) return [];
  const { count, firstTime } = nonFinite;
  const many = count === 1 ? "1 sample is not a finite number" : `${count} samples are not finite numbers`;
  return [`${file.info.path}: ${many}, the first at ${firstTime.toFixed(3)} s; silence stands in for them.`];
}
