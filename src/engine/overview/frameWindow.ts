/** Stretches of edited audio, wherever they lie, in the engine's memory; silence before its begin and after its end. */
import type { Dsp } from "../dsp.js";
import type { EditedReader } from "../editing/editedReader.js";
import { BLOCK_FRAMES } from "../song.js";

export class FrameWindow {
  /** Address of each channel's `frames` samples. */
  readonly buffers: readonly number[];
  readonly #dsp: Dsp;
  readonly #reader: EditedReader;
  readonly #frames: number;
  /** First frame that the buffers hold; NaN: nothing yet. */
  #start = NaN;

  /**
   * @param reader reads at least {@link BLOCK_FRAMES} at once
   * @param frames length of a stretch
   */
  constructor(dsp: Dsp, reader: EditedReader, frames: number) {
    this.#dsp = dsp;
    this.#reader = reader;
    this.#frames = frames;
    this.buffers = reader.buffers.map(() => dsp.allocate(frames * 4));
  }

  /** Fills the buffers with the frames from `start` on (which may be negative); reads only what is new. */
  moveTo(start: number): void {
    const kept = start >= this.#start ? Math.max(0, this.#start + this.#frames - start) : 0;
    if (kept > 0) {
      for (const buffer of this.buffers) {
        const end = buffer + this.#frames * 4;
        this.#dsp.bytes.copyWithin(buffer, end - kept * 4, end);
      }
    }
    this.#start = start;
    for (let done = kept; done < this.#frames;) done += this.#fill(done);
  }

  /** Fills some frames from frame `offset` of the buffers on. @returns how many */
  #fill(offset: number): number {
    const wanted = Math.min(BLOCK_FRAMES, this.#frames - offset);
    const position = this.#start + offset;
    if (position < 0) return this.#silence(offset, Math.min(wanted, -position));
    const count = this.#reader.read(position, wanted);
    if (count === 0) return this.#silence(offset, wanted);
    this.buffers.forEach((buffer, channel) => {
      const from = this.#reader.buffers[channel]!;
      this.#dsp.bytes.copyWithin(buffer + offset * 4, from, from + count * 4);
    });
    return count;
  }

  #silence(offset: number, count: number): number {
    for (const buffer of this.buffers)
      this.#dsp.bytes.fill(0, buffer + offset * 4, buffer + (offset + count) * 4);
    return count;
  }
}
