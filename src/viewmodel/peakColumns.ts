/** Peaks per column of a canvas, gathered from tiles of buckets. */
import { tileAt, tileFrames } from "./tileGrid.js";

/** NaN where nothing is known yet or the audio has ended. */
export interface PeakColumns {
  readonly low: Float32Array;
  readonly high: Float32Array;
  readonly rms: Float32Array;
}

export function emptyColumns(count: number): PeakColumns {
  const column = (): Float32Array => new Float32Array(count).fill(NaN);
  return { low: column(), high: column(), rms: column() };
}

/** `[bucket][channel][low, high, RMS]`, flat. */
export type PeakValues = Float32Array;

export interface ColumnSource {
  /** Buckets in a tile. */
  readonly columns: number;
  /** Audio channels in a bucket. */
  readonly channels: number;
  /** Levels to look through, best first. */
  readonly levels: readonly number[];
  /** @returns a tile's values, as far as the audio reaches */
  readonly find: (level: number, index: number) => PeakValues | undefined;
}

export interface ColumnGrid {
  /** Frame at the left edge of the first column. */
  readonly start: number;
  /** At least 1: closer, a view draws samples. */
  readonly framesPerColumn: number;
}

/** Fills `columns` with what is known of an audio channel. @param channel from 0; -1: all channels together */
export function gatherColumns(
  columns: PeakColumns,
  { start, framesPerColumn }: ColumnGrid,
  source: ColumnSource,
  channel: number,
): void {
  const { low, high, rms } = columns;
  const reader = new BucketReader(source, channel);
  for (let i = 0; i < low.length; i++) {
    const from = start + i * framesPerColumn;
    // A bucket over the edge of two columns belongs to the later one; after the last there is none.
    const over = i === low.length - 1 ? 2 ** (source.levels[0] ?? 0) - 1 : 0;
    reader.read(from, from + framesPerColumn + over);
    low[i] = reader.low;
    high[i] = reader.high;
    rms[i] = reader.rms;
  }
}

class BucketReader {
  low = NaN;
  high = NaN;
  rms = NaN;
  readonly #source: ColumnSource;
  readonly #firstChannel: number;
  readonly #lastChannel: number;
  /** Tile that was used last: its level, index and values. */
  #level = -1;
  #index = -1;
  #values: PeakValues | undefined;

  constructor(source: ColumnSource, channel: number) {
    this.#source = source;
    this.#firstChannel = channel < 0 ? 0 : channel;
    this.#lastChannel = channel < 0 ? source.channels - 1 : channel;
  }

  /** Reads the buckets that begin within the column, or the one that covers it. */
  read(from: number, to: number): void {
    this.low = this.high = this.rms = NaN;
    if (from < 0) return;
    this.#findTile(from);
    if (!this.#values) return;
    const size = 2 ** this.#level;
    const first = Math.floor(from / size);
    const end = Math.max(first + 1, Math.floor(to / size));
    this.#begin();
    const beyond = (this.#index + 1) * this.#source.columns;
    this.#add(first, Math.min(end, beyond));
    if (end > beyond) {
      // The rest of the column lies in the next tile; of that, this level or another may be there.
      this.#findTile(beyond * size);
      const rest = 2 ** this.#level;
      if (this.#values) this.#add(Math.floor((beyond * size) / rest), Math.max(1, Math.floor(to / rest)));
    }
    if (this.#count === 0) return;
    this.low = this.#low;
    this.high = this.#high;
    this.rms = Math.sqrt(this.#energy / this.#count);
  }

  #low = Infinity;
  #high = -Infinity;
  #energy = 0;
  #count = 0;

  #begin(): void {
    this.#low = Infinity;
    this.#high = -Infinity;
    this.#energy = this.#count = 0;
  }

  /** Adds buckets, counted from the start of the audio, of the tile that was found last. */
  #add(first: number, end: number): void {
    const values = this.#values;
    if (!values) return;
    const { columns, channels } = this.#source;
    const base = this.#index * columns;
    const last = Math.min(end - base, values.length / (3 * channels));
    for (let bucket = Math.max(0, first - base); bucket < last; bucket++) {
      for (let channel = this.#firstChannel; channel <= this.#lastChannel; channel++) {
        const at = 3 * (bucket * channels + channel);
        this.#low = Math.min(this.#low, values[at]!);
        this.#high = Math.max(this.#high, values[at + 1]!);
        this.#energy += values[at + 2]! ** 2;
        this.#count++;
      }
    }
  }

  #findTile(frame: number): void {
    const { columns, levels, find } = this.#source;
    const best = levels[0] ?? 0;
    if (this.#values && this.#level === best && tileAt(frame, best, columns) === this.#index) return;
    for (const level of levels) {
      const index = tileAt(frame, level, columns);
      const values = find(level, index);
      if (!values) continue;
      this.#level = level;
      this.#index = index;
      this.#values = values;
      return;
    }
    this.#values = undefined;
  }
}

/** Samples of a channel from tiles of level 0, NaN where they are not known. @param first frame, may be negative */
export function gatherSamples(
  first: number,
  count: number,
  source: ColumnSource,
  channel: number,
): Float32Array {
  const samples = new Float32Array(count).fill(NaN);
  const size = tileFrames(0, source.columns);
  for (let frame = Math.max(0, first); frame < first + count;) {
    const index = tileAt(frame, 0, source.columns);
    const end = Math.min(first + count, (index + 1) * size);
    const values = source.find(0, index);
    for (; frame < end; frame++) {
      const at = 3 * ((frame - index * size) * source.channels + channel);
      if (values && at < values.length) samples[frame - first] = values[at]!;
    }
  }
  return samples;
}
