/**
 * Frames of an audio file, in order, as planar floats in the engine's memory, converted to
 * the wanted sample rate.
 */
import type { AudioFile } from "../audio/audioFile.js";
import { addressTable } from "./addressTable.js";
import { BlockDecoder } from "./blockDecoder.js";
import type { Dsp } from "./dsp.js";
import { BLOCK_FRAMES } from "./song.js";

export class SourceReader {
  readonly decoder: BlockDecoder;
  readonly #dsp: Dsp;
  readonly #converter: RateConverter | undefined;

  /**
   * @param outputRate Hz; another one than the file's own goes through the resampler
   * @param startFrame frame of the file to start from
   */
  constructor(dsp: Dsp, file: AudioFile, outputRate: number, startFrame = 0) {
    this.#dsp = dsp;
    this.decoder = new BlockDecoder(dsp, file, BLOCK_FRAMES, startFrame);
    if (file.info.sampleRate !== outputRate) {
      this.#converter = new RateConverter(dsp, file.info.sampleRate, outputRate, file.pcm.channels);
    }
  }

  /**
   * Writes the next `frames` frames to the f32 buffers at `left` and `right` (a mono file to
   * both); silence once the file has ended.
   */
  read(frames: number, left: number, right: number): void {
    let done = 0;
    while (done < frames) {
      const [wanted, at] = [frames - done, done * 4];
      const count = this.#converter
        ? this.#readConverted(this.#converter, wanted, left + at, right + at)
        : this.#readPlain(wanted, left + at, right + at);
      if (count === 0) break;
      done += count;
    }
    this.#dsp.bytes.fill(0, left + done * 4, left + frames * 4);
    this.#dsp.bytes.fill(0, right + done * 4, right + frames * 4);
  }

  #readPlain(frames: number, left: number, right: number): number {
    const count = this.decoder.next(Math.min(frames, BLOCK_FRAMES));
    copyStereo(this.#dsp, this.decoder.buffers, 0, count, left, right);
    return count;
  }

  /** Takes what is left over, or else converts more of the file. */
  #readConverted(converter: RateConverter, frames: number, left: number, right: number): number {
    while (converter.available === 0 && !converter.finished) {
      const count = this.decoder.next(BLOCK_FRAMES);
      if (count > 0) converter.push(this.decoder.table, count);
      else converter.finish();
    }
    return converter.take(Math.min(frames, converter.available), left, right);
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
    copyStereo(this.#dsp, this.#dsp.int32(this.#output, this.#channels), this.#taken, frames, left, right);
    this.#taken += frames;
    return frames;
  }
}

/** Copies `frames` frames, from frame `start` on, of one or two planar channels; a single one goes to both sides. */
function copyStereo(
  dsp: Dsp,
  channels: ArrayLike<number>,
  start: number,
  frames: number,
  left: number,
  right: number,
): void {
  const [first, second] = [channels[0]! + start * 4, channels[channels.length > 1 ? 1 : 0]! + start * 4];
  dsp.bytes.copyWithin(left, first, first + frames * 4);
  dsp.bytes.copyWithin(right, second, second + frames * 4);
}
