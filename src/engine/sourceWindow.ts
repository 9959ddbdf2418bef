/** A stretch of an audio file as planar floats in the engine's memory, wherever it lies: silence beyond the file's ends. */
import { SAMPLE_LAYOUTS, type AudioFile } from "../audio/audioFile.js";
import { decodeFrames } from "./blockDecoder.js";
import type { Dsp } from "./dsp.js";
import type { CountNonFinite } from "./nonFiniteCount.js";
import type { Block } from "./song.js";

/** Hears of frames among which are samples that are no finite numbers. */
export type NoteNonFinite = (file: AudioFile, start: number, frames: number, count: CountNonFinite) => void;

/** One window serves all clips of a song, one after the other: nothing is remembered between two of them. */
export class SourceWindow {
  readonly #dsp: Dsp;
  readonly #note: NoteNonFinite;
  #frames = 0;
  #left = 0;
  #right = 0;
  /** Where the channels after the second go. */
  #rest = 0;
  #raw = 0;
  #rawBytes = 0;
  #table = 0;
  #tableChannels = 0;

  constructor(dsp: Dsp, note: NoteNonFinite) {
    this.#dsp = dsp;
    this.#note = note;
  }

  /** Makes room for `frames` frames of `file`; what was in the window is lost. @returns the window; of mono files both sides are one */
  prepare(file: AudioFile, frames: number): Block {
    const { channels, frameBytes } = file.pcm;
    if (frames > this.#frames) {
      this.#frames = Math.max(frames, 2 * this.#frames);
      [this.#left, this.#right, this.#rest] = [0, 0, 0].map(() => this.#dsp.allocate(this.#frames * 4)) as [
        number,
        number,
        number,
      ];
    }
    if (frames * frameBytes > this.#rawBytes) {
      this.#rawBytes = Math.max(frames * frameBytes, 2 * this.#rawBytes);
      this.#raw = this.#dsp.allocate(this.#rawBytes);
    }
    if (channels > this.#tableChannels) {
      this.#tableChannels = channels;
      this.#table = this.#dsp.allocate(channels * 4);
    }
    return { left: this.#left, right: channels > 1 ? this.#right : this.#left, frames };
  }

  /** Fills `frames` frames from frame `at` of the window on with those of the file from `start` on, which may be negative. */
  fill(file: AudioFile, start: number, at: number, frames: number): void {
    const before = Math.min(frames, Math.max(0, -start));
    this.#silence(at, before);
    const decoded = before < frames ? this.#decode(file, start + before, at + before, frames - before) : 0;
    this.#silence(at + before + decoded, frames - before - decoded);
  }

  /** @returns frames decoded */
  #decode(file: AudioFile, start: number, at: number, count: number): number {
    const { channels } = file.pcm;
    const table = this.#dsp.int32(this.#table, channels);
    const buffers = [this.#left, this.#right];
    for (let channel = 0; channel < channels; channel++)
      table[channel] = (buffers[channel] ?? this.#rest) + at * 4;
    const { frames, nonFinite } = decodeFrames(this.#dsp, file, start, count, this.#raw, this.#table);
    if (nonFinite > 0)
      this.#note(file, start, frames, (from, count) => this.#countNonFinite(file, start, from, count));
    return frames;
  }

  /** Counts among `frames` frames from `from` on, of those that have just been read from `start` on. */
  #countNonFinite(
    { pcm }: AudioFile,
    start: number,
    from: number,
    frames: number,
  ): { count: number; first: number } {
    const { layout, bigEndian, channels, frameBytes } = pcm;
    const { exports } = this.#dsp;
    this.#dsp.int32(this.#table, channels).fill(this.#rest);
    const raw = this.#raw + (from - start) * frameBytes;
    const layoutNumber = SAMPLE_LAYOUTS.indexOf(layout);
    const count = exports.pcmDecode(raw, layoutNumber, bigEndian ? 1 : 0, channels, frames, this.#table);
    return { count, first: from + exports.pcmFirstNonFinite() };
  }

  #silence(at: number, frames: number): void {
    for (const buffer of [this.#left, this.#right]) {
      this.#dsp.bytes.fill(0, buffer + at * 4, buffer + (at + frames) * 4);
    }
  }
}
