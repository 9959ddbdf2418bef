/**
 * Spectrogram of edited audio. A column is the spectrum of a window around its middle; where columns are further
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
  /** From 0; -1: the mean power of all. */
  readonly channel: number;
  /** Columns are 2^level frames apart; column c is centred on frame (c + 0.5) x 2^level. */
  readonly level: number;
  readonly first: number;
  readonly count: number;
  readonly rows: number;
}

/** Most windows of a column. */
const MOST_WINDOWS = 2;

/**
 * @returns column by column, `rows` bytes each (see SpectrogramTile of the view's protocol); fewer columns than asked
 *   for where the audio ends
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
  readonly #channels: readonly number[];
  readonly #hop: number;
  readonly #count: number;
  /** Windows of a column. */
  readonly #windows: number;
  /** One for all lanes where windows overlap, else one a lane. */
  readonly #frames: readonly FrameWindow[];

  constructor(dsp: Dsp, reader: EditedReader, audio: EditedAudio, range: SpectrogramRange) {
    const { size, window, scale, channel, level, first, count, rows } = range;
    this.#range = range;
    this.#hop = 2 ** level;
    this.#count = Math.max(0, Math.min(count, Math.ceil(reader.frames / this.#hop) - first));
    this.#windows = Math.min(MOST_WINDOWS, Math.max(1, Math.floor(this.#hop / size)));
    this.#channels = channel < 0 ? reader.buffers.map((_, index) => index) : [channel];
    this.#kernel = new SpectrumKernel(dsp, size, window);
    this.#kernel.setRows(spectrogramRows(rows, size, audio.sampleRate, scale));
    const isDense = this.#hop <= size;
    const frames = isDense ? size + (LANES - 1) * this.#hop : size;
    this.#frames = Array.from({ length: isDense ? 1 : LANES }, () => new FrameWindow(dsp, reader, frames));
  }

  columns(): Uint8Array<ArrayBuffer> {
    const { rows, first } = this.#range;
    const values = new Uint8Array(this.#count * rows);
    const scale = 1 / (this.#windows * this.#channels.length);
    for (let column = 0; column < this.#count; column += LANES) {
      this.#kernel.clear();
      for (let window = 0; window < this.#windows; window++) this.#add(first + column, window);
      const left = Math.min(LANES, this.#count - column);
      values.set(this.#kernel.columns(scale).subarray(0, left * rows), column * rows);
    }
    return values;
  }

  /** Adds window number `window` of four columns from `column` on. */
  #add(column: number, window: number): void {
    const { size } = this.#range;
    const middle = ((window + 0.5) * this.#hop) / this.#windows;
    const start = Math.floor(column * this.#hop + middle - size / 2);
    const [shared, ...others] = this.#frames;
    if (!shared) return;
    shared.moveTo(start);
    others.forEach((frames, i) => frames.moveTo(start + (i + 1) * this.#hop));
    for (const channel of this.#channels) {
      const [a, b, c, d] = Array.from({ length: LANES }, (_, lane) =>
        others.length === 0
          ? shared.buffers[channel]! + lane * this.#hop * 4
          : this.#frames[lane]!.buffers[channel]!,
      );
      this.#kernel.add(a!, b!, c!, d!);
    }
  }
}
