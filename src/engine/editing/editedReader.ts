/**
 * Edited audio as sound: any stretch of it as planar floats in the engine's memory, computed from the untouched
 * sources. Unedited samples are exactly those of the decoded source; the result does not depend on how the reading is
 * cut into blocks. Samples that are no finite numbers are silence.
 */
import { AudioFileError } from "../../audio/audioFile.js";
import { type EditedAudio, type Layer, type Piece, type Treatment } from "../../session/audioEdits.js";
import { FADE_SHAPES } from "../../session/fadeShape.js";
import { pieceIndexAt, pieceStarts, sourceFrame } from "../../session/pieces.js";
import { addressTable } from "../addressTable.js";
import { decodeFrames } from "../blockDecoder.js";
import type { Dsp } from "../dsp.js";
import { BLOCK_FRAMES } from "../song.js";
import { OpenSources } from "./openSources.js";

export const MOST_EDIT_CHANNELS = 16;
/** Bytes of the widest sample that files hold. */
const WIDEST_SAMPLE = 8;

export class EditedReader {
  /** Addresses of the planar f32 samples that {@link read} fills, one per audio channel. */
  readonly buffers: readonly number[];
  /** Frames of the whole audio. */
  readonly frames: number;
  readonly #dsp: Dsp;
  readonly #pieces: readonly Piece[];
  /** First frame of each piece, and the end of the last. */
  readonly #starts: Float64Array;
  readonly #channels: number;
  readonly #maxFrames: number;
  readonly #sources: OpenSources;
  /** Samples as they stand in a file. */
  readonly #raw: number;
  /** A layer on its way, for all but the first of a piece, and for channels on their way to another place. */
  readonly #layer: readonly number[];
  /** Addresses (i32) of the channels that are worked on, and of those that are added to them. */
  readonly #table: number;
  readonly #otherTable: number;
  /** One f64 per channel. */
  readonly #factors: number;

  /**
   * @param maxFrames most frames of one {@link read}
   * @throws RangeError if the audio has too many channels
   */
  constructor(dsp: Dsp, audio: EditedAudio, maxFrames = BLOCK_FRAMES) {
    const { channels, pieces, sources } = audio;
    if (channels > MOST_EDIT_CHANNELS) {
      throw new RangeError(
        `The audio has ${channels} audio channels; at most ${MOST_EDIT_CHANNELS} can be edited.`,
      );
    }
    this.#dsp = dsp;
    this.#pieces = pieces;
    this.#starts = pieceStarts(pieces);
    this.#channels = channels;
    this.#maxFrames = maxFrames;
    this.#sources = new OpenSources(sources, channels);
    this.frames = this.#starts[pieces.length]!;
    this.#raw = dsp.allocate(maxFrames * channels * WIDEST_SAMPLE);
    this.#table = dsp.allocate(channels * 4);
    this.#otherTable = dsp.allocate(channels * 4);
    this.#factors = dsp.allocate(channels * 8);
    const [buffers, layer] = [addressTable(dsp, channels, maxFrames), addressTable(dsp, channels, maxFrames)];
    this.buffers = Array.from(dsp.int32(buffers, channels));
    this.#layer = Array.from(dsp.int32(layer, channels));
  }

  /**
   * Fills {@link buffers} with frames from `start` on.
   * @param count at most the `maxFrames` of the constructor
   * @returns frames read; fewer than `count` only where the audio ends
   * @throws AudioFileError if a source cannot be read
   */
  read(start: number, count: number): number {
    if (!(start >= 0) || !(count >= 0 && count <= this.#maxFrames)) {
      throw new RangeError(`EditedReader.read: ${count} frames from ${start}, at most ${this.#maxFrames}`);
    }
    const end = Math.min(start + count, this.frames);
    if (start >= end) return 0;
    for (let index = pieceIndexAt(this.#starts, start), at = start; at < end; index++) {
      const pieceStart = this.#starts[index]!;
      const pieceEnd = Math.min(end, this.#starts[index + 1]!);
      this.#readPiece(this.#pieces[index]!, at - pieceStart, pieceEnd - at, at - start);
      at = pieceEnd;
    }
    return end - start;
  }

  close(): void {
    this.#sources.close();
  }

  /** Puts `count` frames of `piece` from its frame `from` on at frame `offset` of the buffers. */
  #readPiece(piece: Piece, from: number, count: number, offset: number): void {
    const targets = this.buffers.map((address) => address + offset * 4);
    piece.layers.forEach((layer, i) => {
      this.#readLayer(layer, piece.frames, from, count, i === 0 ? targets : this.#layer);
      if (i === 0) return;
      this.#setTable(this.#table, targets);
      this.#setTable(this.#otherTable, this.#layer);
      this.#dsp.exports.planarAdd(this.#table, this.#otherTable, this.#channels, count);
    });
    if (piece.layers.length === 0) this.#silence(targets, count);
  }

  #readLayer(layer: Layer, frames: number, from: number, count: number, targets: readonly number[]): void {
    this.#setTable(this.#table, targets);
    if (layer.source < 0) this.#silence(targets, count);
    else this.#decode(layer.source, sourceFrame(layer, frames, from, count), count);
    if (layer.source >= 0 && layer.isReversed)
      this.#dsp.exports.planarReverse(this.#table, this.#channels, count);
    for (const treatment of layer.treatments) this.#treat(treatment, from, count, targets);
  }

  #decode(source: number, start: number, count: number): void {
    const file = this.#sources.file(source);
    const { frames } = decodeFrames(this.#dsp, file, start, count, this.#raw, this.#table);
    if (frames === count) return;
    const missing = `it ends at frame ${start + frames}; frame ${start + count} is needed`;
    throw new AudioFileError(file.info.path, undefined, missing);
  }

  /** @param from frame of the layer as it sounds that the first frame at `targets` is */
  #treat(treatment: Treatment, from: number, count: number, targets: readonly number[]): void {
    const { exports } = this.#dsp;
    switch (treatment.kind) {
      case "gain":
        this.#dsp.float64(this.#factors, this.#channels).set(treatment.factors);
        return exports.planarGain(this.#table, this.#factors, this.#channels, count);
      case "offset":
        this.#dsp.float64(this.#factors, this.#channels).set(treatment.offsets);
        return exports.planarOffset(this.#table, this.#factors, this.#channels, count);
      case "permute":
        return this.#permute(treatment.order, count, targets);
      case "ramp": {
        const { shape, length, at, isRising } = treatment;
        const shapeNumber = FADE_SHAPES.indexOf(shape);
        const [table, channels] = [this.#table, this.#channels];
        return exports.planarRamp(table, channels, count, shapeNumber, length, at + from, isRising ? 1 : 0);
      }
    }
  }

  /** The raw samples have been decoded by now: their place serves for the copy. */
  #permute(order: readonly number[], count: number, targets: readonly number[]): void {
    const { bytes } = this.#dsp;
    const copyOf = (channel: number): number => this.#raw + channel * count * 4;
    targets.forEach((target, c) => bytes.copyWithin(copyOf(c), target, target + count * 4));
    targets.forEach((target, c) => {
      const from = copyOf(order[c]!);
      bytes.copyWithin(target, from, from + count * 4);
    });
  }

  #silence(targets: readonly number[], count: number): void {
    for (const target of targets) this.#dsp.bytes.fill(0, target, target + count * 4);
  }

  #setTable(table: number, addresses: readonly number[]): void {
    this.#dsp.int32(table, this.#channels).set(addresses);
  }
}
