/**
 * A song between the two passes: stereo 32-bit floats in a temporary file, block after block,
 * each as all its left samples and then all its right ones. Every block but the last is full.
 */
import { closeSync, openSync, readSync, writeSync } from "node:fs";
import type { Dsp } from "../engine/dsp.js";
import { BLOCK_FRAMES, type Block } from "../engine/song.js";
import type { Buffer } from "../engine/stepGraph.js";

/** A finished intermediate file. */
export interface Intermediate {
  readonly path: string;
  /** Hz. */
  readonly sampleRate: number;
  readonly frames: number;
}

const BYTES_PER_FRAME = 8;

export class IntermediateWriter {
  readonly #dsp: Dsp;
  readonly #path: string;
  readonly #sampleRate: number;
  readonly #file: number;
  readonly #pending: Buffer;
  #pendingFrames = 0;
  #frames = 0;

  constructor(dsp: Dsp, path: string, sampleRate: number) {
    this.#dsp = dsp;
    this.#path = path;
    this.#sampleRate = sampleRate;
    this.#file = openSync(path, "w");
    // The two halves lie side by side, so that a full block is written at once.
    const left = dsp.allocate(BLOCK_FRAMES * BYTES_PER_FRAME);
    this.#pending = { left, right: left + BLOCK_FRAMES * 4 };
  }

  write({ left, right, frames }: Block): void {
    for (let done = 0; done < frames;) {
      const count = Math.min(frames - done, BLOCK_FRAMES - this.#pendingFrames);
      const { bytes } = this.#dsp;
      const at = this.#pendingFrames * 4;
      bytes.copyWithin(this.#pending.left + at, left + done * 4, left + (done + count) * 4);
      bytes.copyWithin(this.#pending.right + at, right + done * 4, right + (done + count) * 4);
      this.#pendingFrames += count;
      done += count;
      if (this.#pendingFrames === BLOCK_FRAMES) this.#flush();
    }
  }

  finish(): Intermediate {
    this.#flush();
    closeSync(this.#file);
    return { path: this.#path, sampleRate: this.#sampleRate, frames: this.#frames };
  }

  #flush(): void {
    const length = this.#pendingFrames * 4;
    for (const address of [this.#pending.left, this.#pending.right]) {
      writeAll(this.#file, this.#dsp.bytes.subarray(address, address + length), this.#path);
    }
    this.#frames += this.#pendingFrames;
    this.#pendingFrames = 0;
  }
}

export class IntermediateReader {
  readonly #dsp: Dsp;
  readonly #intermediate: Intermediate;
  readonly #file: number;
  readonly #left: number;
  #position = 0;

  constructor(dsp: Dsp, intermediate: Intermediate) {
    this.#dsp = dsp;
    this.#intermediate = intermediate;
    this.#file = openSync(intermediate.path, "r");
    this.#left = dsp.allocate(BLOCK_FRAMES * BYTES_PER_FRAME);
  }

  /** @returns the next block, or `undefined` at the end */
  next(): Block | undefined {
    const frames = Math.min(BLOCK_FRAMES, this.#intermediate.frames - this.#position);
    if (frames <= 0) return undefined;
    const length = frames * BYTES_PER_FRAME;
    const target = this.#dsp.bytes.subarray(this.#left, this.#left + length);
    const count = readSync(this.#file, target, 0, length, this.#position * BYTES_PER_FRAME);
    if (count < length) throw new Error(`${this.#intermediate.path}: the temporary file has shrunk`);
    this.#position += frames;
    return { left: this.#left, right: this.#left + frames * 4, frames };
  }

  close(): void {
    closeSync(this.#file);
  }
}

function writeAll(file: number, bytes: Uint8Array, path: string): void {
  for (let done = 0; done < bytes.length;) {
    const count = writeSync(file, bytes, done);
    if (count === 0) throw new Error(`${path}: the temporary file could not be written; is the disk full?`);
    done += count;
  }
}
