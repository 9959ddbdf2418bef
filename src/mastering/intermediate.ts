/**
 * A song between the two passes: stereo 32-bit floats in a temporary file, block after block,
 * each as all its left samples and then all its right ones. Every block but the last is full.
 */
import { closeSync, openSync, readSync } from "node:fs";
import { writeAll } from "../audio/atomicFile.js";
import type { Dsp } from "../engine/dsp.js";
import { BLOCK_FRAMES, type Block } from "../engine/song.js";

/** A finished intermediate file. */
export interface Intermediate {
  readonly path: string;
  /** Hz. */
  readonly sampleRate: number;
  readonly frames: number;
}

const BYTES_PER_FRAME = 8;
/** Blocks that are written and read at once: large transfers cost less. */
const BLOCKS_AT_ONCE = 8;
const BUFFER_BYTES = BLOCKS_AT_ONCE * BLOCK_FRAMES * BYTES_PER_FRAME;

export class IntermediateWriter {
  readonly #dsp: Dsp;
  readonly #path: string;
  readonly #sampleRate: number;
  readonly #file: number;
  /** Whole blocks, each as its left and its right half; the last one may be filling up. */
  readonly #buffer: number;
  #bufferedFrames = 0;
  #frames = 0;

  constructor(dsp: Dsp, path: string, sampleRate: number) {
    this.#dsp = dsp;
    this.#path = path;
    this.#sampleRate = sampleRate;
    this.#file = openSync(path, "w");
    this.#buffer = dsp.allocate(BUFFER_BYTES);
  }

  write({ left, right, frames }: Block): void {
    const { bytes } = this.#dsp;
    for (let done = 0; done < frames;) {
      const inBlock = this.#bufferedFrames % BLOCK_FRAMES;
      const count = Math.min(frames - done, BLOCK_FRAMES - inBlock);
      const target = this.#buffer + (this.#bufferedFrames - inBlock) * BYTES_PER_FRAME + inBlock * 4;
      bytes.copyWithin(target, left + done * 4, left + (done + count) * 4);
      bytes.copyWithin(target + BLOCK_FRAMES * 4, right + done * 4, right + (done + count) * 4);
      this.#bufferedFrames += count;
      done += count;
      if (this.#bufferedFrames === BLOCKS_AT_ONCE * BLOCK_FRAMES) this.#flush();
    }
  }

  finish(): Intermediate {
    this.#flush();
    closeSync(this.#file);
    return { path: this.#path, sampleRate: this.#sampleRate, frames: this.#frames };
  }

  /** The right half of a last, short block follows its left half at once. */
  #flush(): void {
    const { bytes } = this.#dsp;
    const frames = this.#bufferedFrames;
    const short = (frames % BLOCK_FRAMES) * 4;
    const end = this.#buffer + (frames * BYTES_PER_FRAME - 2 * short);
    bytes.copyWithin(end + short, end + BLOCK_FRAMES * 4, end + BLOCK_FRAMES * 4 + short);
    writeAll(this.#file, bytes.subarray(this.#buffer, this.#buffer + frames * BYTES_PER_FRAME), this.#path);
    this.#frames += frames;
    this.#bufferedFrames = 0;
  }
}

export class IntermediateReader {
  readonly #dsp: Dsp;
  readonly #intermediate: Intermediate;
  readonly #file: number;
  readonly #buffer: number;
  #position = 0;

  constructor(dsp: Dsp, intermediate: Intermediate) {
    this.#dsp = dsp;
    this.#intermediate = intermediate;
    this.#file = openSync(intermediate.path, "r");
    this.#buffer = dsp.allocate(BUFFER_BYTES);
  }

  /** @returns the next block, or `undefined` at the end */
  next(): Block | undefined {
    const frames = Math.min(BLOCK_FRAMES, this.#intermediate.frames - this.#position);
    if (frames <= 0) return undefined;
    const inBuffer = this.#position % (BLOCKS_AT_ONCE * BLOCK_FRAMES);
    if (inBuffer === 0) this.#fill();
    this.#position += frames;
    const left = this.#buffer + inBuffer * BYTES_PER_FRAME;
    return { left, right: left + frames * 4, frames };
  }

  close(): void {
    closeSync(this.#file);
  }

  #fill(): void {
    const start = this.#position * BYTES_PER_FRAME;
    const length = Math.min(BUFFER_BYTES, this.#intermediate.frames * BYTES_PER_FRAME - start);
    const count = readSync(this.#file, this.#dsp.bytes, this.#buffer, length, start);
    if (count < length) throw new Error(`${this.#intermediate.path}: the temporary file has shrunk`);
  }
}
