/**
 * Peaks of edited audio at any zoom. Near by they come from the samples; further out from the sources' overviews,
 * to which the edits are applied, and from the samples where an edit does not fall on the bounds of buckets. Where
 * a source has no overview yet, a few samples per bucket stand for all of them: a draft.
 *
 * Exact but for two cases, where no sample lies beyond what is shown: long fades (the RMS of a stretch of a fade
 * takes its sound for even), and crossfades of more than {@link LONGEST_CROSSFADE} frames.
 */
import type { EditedAudio, Layer, Piece } from "../../session/audioEdits.js";
import { pieceIndexAt, pieceStarts } from "../../session/pieces.js";
import type { Dsp } from "../dsp.js";
import { EditedReader } from "../editing/editedReader.js";
import { silentPeaks, type ChannelPeaks } from "./channelPeaks.js";
import { LayerPeaks, flipped, type Stretch } from "./layerPeaks.js";
import { BASE_LEVEL, OverviewFile } from "./overviewFile.js";
import { BUCKET_VALUES, PeakScanner } from "./peakScanner.js";
import { PeakSum, TILE_VALUES, peaksAt } from "./peakSum.js";

export interface PeaksRange {
  /** Buckets of 2^level frames. */
  readonly level: number;
  readonly first: number;
  readonly count: number;
}

/** As PeaksTile of the view's protocol. */
export interface EditedPeaksTile {
  readonly values: Float32Array;
  readonly isDraft: boolean;
}

/** Frames that are read at once. */
const READ_FRAMES = 8192;
/** Up to this level, samples are read rather than drafted. */
const HIGHEST_READ_LEVEL = 11;
const BASE_FRAMES = 2 ** BASE_LEVEL;
/** Frames that stand for a longer stretch in a draft. */
const DRAFT_FRAMES = 256;
/** Fades up to this length, in frames, are read; of longer ones each bucket is divided into so many parts. */
const LONGEST_READ_FADE = 2 ** 17;
const FADE_PARTS = 32;
const LONGEST_CROSSFADE = 2 ** 19;

/**
 * @param overviews path of each source's overview; `null` where there is none. One that does not fit, or is
 *   broken, counts as none
 * @throws AudioFileError if a source cannot be read
 */
export function editedPeaks(
  dsp: Dsp,
  audio: EditedAudio,
  overviews: readonly (string | null)[],
  range: PeaksRange,
): EditedPeaksTile {
  const peaks = new EditedPeaks(dsp, audio, overviews);
  try {
    return peaks.tile(range);
  } finally {
    peaks.close();
  }
}

class EditedPeaks {
  readonly #pieces: readonly Piece[];
  readonly #starts: Float64Array;
  readonly #channels: number;
  readonly #reader: EditedReader;
  readonly #scanner: PeakScanner;
  readonly #overviews: readonly (OverviewFile | undefined)[];
  readonly #sum: PeakSum;
  /** Sums of the layers of a part. */
  readonly #layerSum: PeakSum;
  readonly #layers: LayerPeaks;
  /** Peaks on their way to the sum. */
  readonly #part: ChannelPeaks[];
  #isDraft = false;

  constructor(dsp: Dsp, audio: EditedAudio, overviews: readonly (string | null)[]) {
    const { channels, pieces, sources } = audio;
    this.#pieces = pieces;
    this.#starts = pieceStarts(pieces);
    this.#channels = channels;
    this.#reader = new EditedReader(dsp, audio, READ_FRAMES);
    this.#scanner = new PeakScanner(dsp, channels, READ_FRAMES);
    this.#sum = new PeakSum(channels);
    this.#part = Array.from({ length: channels }, silentPeaks);
    this.#layerSum = new PeakSum(channels);
    this.#layers = new LayerPeaks(dsp.exports, channels);
    this.#overviews = sources.map(({ frames }, i) => {
      const path = overviews[i] ?? null;
      return path === null ? undefined : OverviewFile.open(path, frames, channels);
    });
  }

  tile({ level, first, count }: PeaksRange): EditedPeaksTile {
    const bucketFrames = 2 ** level;
    const total = Math.ceil(this.#reader.frames / bucketFrames);
    const buckets = Math.max(0, Math.min(count, total - first));
    const values = new Float32Array(buckets * this.#channels * TILE_VALUES);
    const start = first * bucketFrames;
    const end = Math.min(this.#reader.frames, start + buckets * bucketFrames);
    if (level < BASE_LEVEL || (level <= HIGHEST_READ_LEVEL && !this.#hasOverviews(start, end))) {
      this.#readTile(start, end, bucketFrames, values);
    } else {
      for (let bucket = 0; bucket < buckets; bucket++) {
        const from = start + bucket * bucketFrames;
        this.#gather(from, Math.min(end, from + bucketFrames));
        this.#sum.take(values, bucket * this.#channels * TILE_VALUES);
      }
    }
    return { values, isDraft: this.#isDraft };
  }

  close(): void {
    this.#reader.close();
    for (const overview of this.#overviews) overview?.close();
  }

  /** @returns whether all sound from frame `start` to `end` has an overview */
  #hasOverviews(start: number, end: number): boolean {
    for (let i = pieceIndexAt(this.#starts, start); i < this.#pieces.length && this.#starts[i]! < end; i++) {
      if (!this.#pieces[i]!.layers.every((layer) => this.#isKnown(layer))) return false;
    }
    return true;
  }

  #isKnown({ source }: Layer): boolean {
    return source < 0 || this.#overviews[source] !== undefined;
  }

  /** Buckets of at most {@link READ_FRAMES} frames, from the samples. */
  #readTile(start: number, end: number, bucketFrames: number, values: Float32Array): void {
    let to = 0;
    for (let at = start; at < end;) {
      const frames = this.#reader.read(at, Math.min(READ_FRAMES, end - at));
      const peaks = this.#scanner.scan(this.#reader.buffers, frames, bucketFrames);
      for (let from = 0; from < peaks.length; from += BUCKET_VALUES, to += TILE_VALUES) {
        values[to] = peaks[from]!;
        values[to + 1] = peaks[from + 1]!;
        values[to + 2] = Math.sqrt(peaks[from + 3]!);
      }
      at += frames;
    }
  }

  /** Adds frames `start` to `end` of the audio to the sum. */
  #gather(start: number, end: number): void {
    for (let index = pieceIndexAt(this.#starts, start), at = start; at < end; index++) {
      const pieceEnd = Math.min(end, this.#starts[index + 1]!);
      if (pieceEnd > at) this.#gatherPart(index, at, pieceEnd);
      at = pieceEnd;
    }
  }

  /** Adds frames `start` to `end`, which lie in one piece. */
  #gatherPart(index: number, start: number, end: number): void {
    const piece = this.#pieces[index]!;
    const isFaded = piece.layers.some(({ treatments }) => treatments.some(({ kind }) => kind === "ramp"));
    const isShort =
      end - start <= 2 * BASE_FRAMES ||
      (piece.layers.length > 1 && piece.frames <= LONGEST_CROSSFADE) ||
      (isFaded && piece.frames <= LONGEST_READ_FADE);
    if (isShort) return this.#addRead(start, end);
    if (!piece.layers.every((layer) => this.#isKnown(layer))) return this.#addDraft(start, end);
    const offset = this.#starts[index]!;
    const part = { start: start - offset, end: end - offset };
    const mostFrames = isFaded ? (end - start) / FADE_PARTS : Infinity;
    const [layer, ...others] = piece.layers;
    if (layer && others.length === 0) this.#addLayer(layer, piece.frames, offset, part, mostFrames);
    else this.#addLayers(piece, part, mostFrames);
  }

  /** Adds `part` of the one layer of a piece that begins at frame `offset`: its ends from the samples. */
  #addLayer(layer: Layer, frames: number, offset: number, part: Stretch, mostFrames: number): void {
    const overview = this.#overviews[layer.source];
    if (!overview) {
      this.#layers.silence(layer, frames, part);
      this.#sum.add(this.#layers.peaks, part.end - part.start);
      return;
    }
    const inSource = flipped(layer, frames, part);
    const start = Math.ceil(inSource.start / BASE_FRAMES) * BASE_FRAMES;
    const isToTheEnd = inSource.end === overview.layout.frames;
    const end = isToTheEnd ? inSource.end : Math.floor(inSource.end / BASE_FRAMES) * BASE_FRAMES;
    const whole = { start: start - layer.start, end: end - layer.start };
    const inner = flipped(layer, frames, whole, 0);
    this.#addRead(offset + part.start, offset + inner.start);
    this.#layers.visit(overview, layer, frames, inner, mostFrames, (covered) =>
      this.#sum.add(this.#layers.peaks, covered.end - covered.start),
    );
    this.#addRead(offset + inner.end, offset + part.end);
  }

  /** Adds `part` of a piece of several layers (or of none): no sample of their sum lies beyond the sum of their ends. */
  #addLayers(piece: Piece, part: Stretch, mostFrames: number): void {
    const total = this.#part.map(silentPeaks);
    for (const layer of piece.layers) {
      const overview = this.#overviews[layer.source];
      const add = ({ start, end }: Stretch): void => this.#layerSum.add(this.#layers.peaks, end - start);
      if (overview) {
        this.#layers.visit(overview, layer, piece.frames, part, mostFrames, add);
      } else {
        this.#layers.silence(layer, piece.frames, part);
        add(part);
      }
      this.#layerSum.copyTo(this.#part);
      this.#layerSum.clear();
      total.forEach((sum, channel) => {
        const { low, high, mean, square } = this.#part[channel]!;
        sum.square += square + 2 * sum.mean * mean;
        sum.low += low;
        sum.high += high;
        sum.mean += mean;
      });
    }
    this.#sum.add(total, part.end - part.start);
  }

  /** Adds frames `start` to `end` as they are. */
  #addRead(start: number, end: number): void {
    for (let at = start; at < end;) {
      const frames = this.#reader.read(at, Math.min(READ_FRAMES, end - at));
      peaksAt(this.#scanner.scan(this.#reader.buffers, frames, frames), 0, this.#part);
      this.#sum.add(this.#part, frames);
      at += frames;
    }
  }

  /** Takes the middle of frames `start` to `end` for the whole. */
  #addDraft(start: number, end: number): void {
    this.#isDraft = true;
    const frames = this.#reader.read(Math.floor((start + end - DRAFT_FRAMES) / 2), DRAFT_FRAMES);
    peaksAt(this.#scanner.scan(this.#reader.buffers, frames, frames), 0, this.#part);
    this.#sum.add(this.#part, end - start);
  }
}
