/** An audio file's frames in order, block by block, as planar floats in the engine's memory. */
import { SAMPLE_LAYOUTS, type AudioFile } from "../audio/audioFile.js";
import type { Dsp } from "./dsp.js";
import { addressTable, type NonFiniteSamples } from "./sourceReader.js";

export class BlockDecoder {
  /** Addresses of the channels' samples. */
  readonly buffers: readonly number[];
  /** Frame of the file that comes next. */
  position = 0;
  readonly #dsp: Dsp;
  readonly #file: AudioFile;
  readonly #maxFrames: number;
  readonly #raw: number;
  readonly #table: number;
  #nonFinite = 0;
  #firstNonFinite = -1;

  /** @param maxFrames frames of a block; only the file's last block is shorter */
  constructor(dsp: Dsp, file: AudioFile, maxFrames: number) {
    const { channels, frameBytes } = file.pcm;
    this.#dsp = dsp;
    this.#file = file;
    this.#maxFrames = maxFrames;
    this.#raw = dsp.allocate(maxFrames * frameBytes);
    this.#table = addressTable(dsp, channels, maxFrames);
    this.buffers = Array.from(dsp.int32(this.#table, channels));
  }

  /** What was not finite among the frames decoded so far. */
  get nonFinite(): NonFiniteSamples | undefined {
    if (this.#nonFinite === 0) return undefined;
    return { count: this.#nonFinite, firstTime: this.#firstNonFinite / this.#file.info.sampleRate };
  }

  /** Decodes the next block. @returns its frames; 0 at the end of the file */
  next(): number {
    const { layout, bigEndian, channels, frameBytes } = this.#file.pcm;
    const raw = this.#dsp.bytes.subarray(this.#raw, this.#raw + this.#maxFrames * frameBytes);
    const frames = this.#file.readFrames(this.position, this.#maxFrames, raw);
    const { exports } = this.#dsp;
    const layoutNumber = SAMPLE_LAYOUTS.indexOf(layout);
    const bad = exports.pcmDecode(this.#raw, layoutNumber, bigEndian ? 1 : 0, channels, frames, this.#table);
    if (bad > 0 && this.#nonFinite === 0) this.#firstNonFinite = this.position + exports.pcmFirstNonFinite();
    this.#nonFinite += bad;
    this.position += frames;
    return frames;
  }
}
