/**
 * Spectrograms of all channels of edited audio. A column is the spectrum of a window around its middle; where columns are further
 * apart than a window is long, the mean power of a few windows spread over the column.
 */
import type { EditedAudio } from "../../session/audioEdits.js";
import type { FrequencyScale } from "../../units/frequencyScale.js";
import type { Dsp } from "../dsp.js";
import { EditedReader } from "../editing/editedReader.js";
import { FrameWindow } from "./frameWindow.js";
import { spectrogramRows } from "./spectrogramRows.js";
import { LANES, SpectrumKernel, type SpectrumWindow } from "./spectrumKernel.js";

/** As SpectrogramRequest of the view's protocol. */
export interface SpectrogramRange {
  /** Samples of a window, a power of two from 16 to 65536. */
  readonly size: number;
  readonly window: SpectrumWindow;
  readonly scale: FrequencyScale;
  /** Columns are 2^level frames apart; column c is centred on frame (c + 0.5) x 2^level. */
  readonly level: number;
  readonly first: number;
  readonly count: number;
  readonly rows: number;
}

/** Most windows of a column. */
const MOST_WINDOWS = 2;

/**
 * @returns channel by channel, column by column, `rows` bytes each (see SpectrogramTile of the view's protocol); fewer
 *   columns than asked for where the audio ends
 * @throws AudioFileError if a source cannot be read
 */
export function spectrogram(dsp: Dsp, audio: EditedAudio, range: SpectrogramRange): Uint8Array<ArrayBuffer> {
  const reader = new EditedReader(dsp, audio);
  try {
    return new Spectrogram(dsp, reader, audio, range).columns();
  } finally {
    reader.close();
  }
}

class Spectrogram {
  readonly #range: SpectrogramRange;
  readonly #kernel: SpectrumKernel;
  readonly #channels: number;
  readonly #hop: number;
  readonly #count: number;
  /** By window of a column: one stretch for all lanes where columns overlap, else one a lane. */
  readonly #frames: readonly (readonly FrameWindow[])[];

  constructor(dsp: Dsp, reader: EditedReader, audio: EditedAudio, range: SpectrogramRange) {
    const { size, window, scale, level, first, count, rows } = range;
    this.#range = range;
    this.#channels = audio.channels;
    this.#hop = 2 ** level;
    this.#count = Math.max(0, Math.min(count, Math.ceil(reader.frames / this.#hop) - first));
    this.#kernel = new SpectrumKernel(dsp, size, window);
    this.#kernel.setRows(spectrogramRows(rows, size, audio.sampleRate, scale));
    const windows = Math.min(MOST_WINDOWS, Math.max(1, Math.floor(this.#hop / size)));
    const isDense = this.#hop <= size;
    const frames = isDense ? size + (LANES - 1) * this.#hop : size;
    this.#frames = Array.from({ length: windows }, () =>
      Array.from({ length: isDense ? 1 : LANES }, () => new FrameWindow(dsp, reader, frames)),
    );
  }

  columns(): Uint8Array<ArrayBuffer> {
    const { rows, first } = this.#range;
    const channelBytes = this.#count * rows;
    const values = new Uint8Array(this.#channels * channelBytes);
    const scale = 1 / this.#frames.length;
    for (let column = 0; column < this.#count; column += LANES) {
      this.#frames.forEach((frames, window) => this.#read(frames, first + column, window));
      const bytes = Math.min(LANES, this.#count - column) * rows;
      for (let channel = 0; channel < this.#channels; channel++) {
        this.#kernel.clear();
        for (const frames of this.#frames) this.#add(frames, channel);
        values.set(this.#kernel.columns(scale).subarray(0, bytes), channel * channelBytes + column * rows);
      }
    }
    return values;
  }

  /** Reads window number `window` of four columns from `column` on. */
  #read(frames: readonly FrameWindow[], column: number, window: number): void {
    const middle = ((window + 0.5) * this.#hop) / this.#frames.length;
    const start = Math.floor(column * this.#hop + middle - this.#range.size / 2);
    frames.forEach((each, lane) => each.moveTo(start + lane * this.#hop));
  }

  /** Adds what was read of a channel. */
  #add(frames: readonly FrameWindow[], channel: number): void {
    const [a, b, c, d] = frames.map(({ buffers }) => buffers[channel]!);
    const hopBytes = this.#hop * 4;
    if (b === undefined) this.#kernel.add(a!, a! + hopBytes, a! + 2 * hopBytes, a! + 3 * hopBytes);
    else this.#kernel.add(a!, b, c!, d!);
  }
}
