/**
 * Frames of an audio file, in order, as planar floats in the engine's memory, converted to
 * the wanted sample rate.
 */
import type { AudioFile } from "../audio/audioFile.js";
import { BlockDecoder } from "./blockDecoder.js";
import type { Dsp } from "./dsp.js";
import { Resampler } from "./resampler.js";
import { BLOCK_FRAMES, type Block } from "./song.js";

const NOTHING: Block = { left: 0, right: 0, frames: 0 };

export class SourceReader {
  readonly decoder: BlockDecoder;
  readonly #dsp: Dsp;
  readonly #resampler: Resampler | undefined;
  /** What has been made and nobody has taken yet. */
  #pending = NOTHING;
  #hasEnded = false;

  /**
   * @param outputRate Hz; another one than the file's own goes through the resampler
   * @param startFrame frame of the file to start from
   */
  constructor(dsp: Dsp, file: AudioFile, outputRate: number, startFrame = 0) {
    const { channels, sampleRate } = file.info;
    this.#dsp = dsp;
    this.decoder = new BlockDecoder(dsp, file, BLOCK_FRAMES, startFrame);
    if (sampleRate !== outputRate) {
      this.#resampler = new Resampler(dsp, sampleRate, outputRate, channels > 1 ? 2 : 1);
    }
  }

  /**
   * Writes the next `frames` frames of the first two audio channels to the f32 buffers at
   * `left` and `right` (a mono file to both); silence once the file has ended.
   */
  read(frames: number, left: number, right: number): void {
    let done = 0;
    while (done < frames) {
      while (this.#pending.frames === 0 && !this.#hasEnded) this.#pending = this.#next(frames - done);
      const count = Math.min(frames - done, this.#pending.frames);
      if (count === 0) break;
      this.#take(count, left + done * 4, right + done * 4);
      done += count;
    }
    this.#dsp.bytes.fill(0, left + done * 4, left + frames * 4);
    this.#dsp.bytes.fill(0, right + done * 4, right + frames * 4);
  }

  /** @returns more of the file, possibly of 0 frames; without a resampler at most `wanted` frames */
  #next(wanted: number): Block {
    const frames = this.decoder.next(this.#resampler ? BLOCK_FRAMES : Math.min(wanted, BLOCK_FRAMES));
    this.#hasEnded = frames === 0;
    const [left, right = left] = this.decoder.buffers;
    const decoded = { left: left!, right: right!, frames };
    if (!this.#resampler) return decoded;
    return this.#hasEnded ? this.#resampler.finish() : this.#resampler.process(decoded);
  }

  #take(frames: number, left: number, right: number): void {
    const pending = this.#pending;
    this.#dsp.bytes.copyWithin(left, pending.left, pending.left + frames * 4);
    this.#dsp.bytes.copyWithin(right, pending.right, pending.right + frames * 4);
    this.#pending = {
      left: pending.left + frames * 4,
      right: pending.right + frames * 4,
      frames: pending.frames - frames,
    };
  }
}
