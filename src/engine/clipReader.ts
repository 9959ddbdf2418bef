/**
 * Frames of clips at the session's rate. Reading has no memory: any frames can be asked for in any order, and are the
 * same each time, so that clips that are cut apart, looped or turned round join without a seam.
 */
import type { AudioFile } from "../audio/audioFile.js";
import { isUnchanged } from "./clipRate.js";
import type { ClipSource } from "./clipSource.js";
import type { Dsp } from "./dsp.js";
import { PhaseTables, type PhaseTable } from "./phaseTables.js";
import { BLOCK_FRAMES, type Block } from "./song.js";
import { SourceWindow, type NoteNonFinite } from "./sourceWindow.js";

/** Source frames read at once for a filter, its length not counted. */
const WINDOW_FRAMES = BLOCK_FRAMES;

export class ClipReader {
  readonly #dsp: Dsp;
  readonly #window: SourceWindow;
  readonly #tables: PhaseTables;
  readonly #left: number;
  readonly #right: number;
  /** Addresses of a block's sides, for kernels of planar buffers. */
  readonly #sides: number;

  constructor(dsp: Dsp, note: NoteNonFinite) {
    this.#dsp = dsp;
    this.#window = new SourceWindow(dsp, note);
    this.#tables = new PhaseTables(dsp);
    this.#left = dsp.allocate(BLOCK_FRAMES * 4);
    this.#right = dsp.allocate(BLOCK_FRAMES * 4);
    this.#sides = dsp.allocate(8);
  }

  /** Designs the filters that clips of `source` need, which takes a while. */
  prepare({ rate }: ClipSource): void {
    if (!isUnchanged(rate)) this.#tables.get(rate);
  }

  /**
   * @param from frame of the clip
   * @param frames at most {@link BLOCK_FRAMES}
   * @returns both sides in one buffer if the file is mono; valid until the next call
   */
  read(source: ClipSource, file: AudioFile, from: number, frames: number): Block {
    if (!source.isReversed) return this.#forwards(source, file, from, frames);
    const block = this.#forwards(source, file, source.length - from - frames, frames);
    this.#dsp.int32(this.#sides, 2).set([block.left, block.right]);
    const sides = block.left === block.right ? 1 : 2;
    this.#dsp.exports.planarReverse(this.#sides, sides, frames);
    return block;
  }

  #forwards(source: ClipSource, file: AudioFile, from: number, frames: number): Block {
    if (isUnchanged(source.rate)) return this.#rowFrames(source, file, from, frames);
    const table = this.#tables.get(source.rate);
    const most = Math.max(1, Math.floor(WINDOW_FRAMES / source.rate.step));
    for (let done = 0; done < frames; done += most) {
      this.#interpolate(source, file, table, from + done, Math.min(most, frames - done), done * 4);
    }
    return { left: this.#left, right: file.pcm.channels > 1 ? this.#right : this.#left, frames };
  }

  /** @param at byte of the output where the frames go */
  #interpolate(
    source: ClipSource,
    file: AudioFile,
    { address, taps }: PhaseTable,
    from: number,
    frames: number,
    at: number,
  ): void {
    const { rate, fraction } = source;
    const { exact, step } = rate;
    const { exports } = this.#dsp;
    const first = exact
      ? Math.floor((fraction + from * exact.down) / exact.up)
      : Math.floor(fraction + from * step);
    // More by a frame or two than the last instant's own: the ways to count may differ by a rounding.
    const spanned = Math.ceil(frames * step) + 1;
    const input = this.#rowFrames(source, file, first - taps / 2 + 1, spanned + taps);
    const buffers = [address, input.left, input.right, this.#left + at, this.#right + at, frames] as const;
    if (exact) {
      const phase = fraction + from * exact.down - first * exact.up;
      exports.interpolateExactly(...buffers, phase, exact.down);
    } else exports.interpolateFreely(...buffers, fraction, step, from, first);
  }

  /** Frames of the row of passes; see {@link ClipSource}. */
  #rowFrames(source: ClipSource, file: AudioFile, start: number, frames: number): Block {
    const { offset, passFrames, passes } = source;
    const block = this.#window.prepare(file, frames);
    for (let done = 0; done < frames;) {
      const at = start + done;
      const latest = Math.ceil((at + 0.5) / passFrames) - 1;
      const pass = Math.min(passes - 1, Math.max(0, latest));
      const isLast = pass === passes - 1;
      const end = isLast ? Infinity : Math.round((pass + 1) * passFrames);
      const count = Math.min(frames - done, end - at);
      this.#window.fill(file, offset + at - Math.round(pass * passFrames), done, count);
      done += count;
    }
    return block;
  }
}
