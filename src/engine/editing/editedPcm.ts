/**
 * Edited audio as the samples of a file, block by block. Stretches that no edit has changed are copied as they stand
 * where the layout is that of their source, and never dithered where the new format holds them exactly; everything
 * else is rendered, and dithered as the format says.
 */
import { BYTES_PER_SAMPLE, type AudioFile, type SampleLayout } from "../../audio/audioFile.js";
import { isFloat } from "../../audio/wavFormat.js";
import type { EditedAudio, Piece } from "../../session/audioEdits.js";
import { Dsp } from "../dsp.js";
import { PcmEncoder } from "../pcmEncoder.js";
import { BLOCK_FRAMES } from "../song.js";
import { EditedReader } from "./editedReader.js";
import { copyFrames, silentBytes, unchangedLayer } from "./exactCopy.js";
import { OpenSources } from "./openSources.js";

/** How a piece comes into the file. */
type Way =
  | { readonly kind: "silence" }
  | { readonly kind: "copy"; readonly file: () => AudioFile }
  | { readonly kind: "encode"; readonly encoder: PcmEncoder };

export class EditedPcm {
  readonly #audio: EditedAudio;
  readonly #layout: SampleLayout;
  readonly #sources: OpenSources;
  readonly #reader: EditedReader;
  readonly #dithered: PcmEncoder;
  readonly #plain: PcmEncoder;

  constructor(audio: EditedAudio, layout: SampleLayout) {
    const dsp = new Dsp();
    const { sampleRate, channels, sources, format } = audio;
    this.#audio = audio;
    this.#layout = layout;
    this.#sources = new OpenSources(sources, channels);
    this.#reader = new EditedReader(dsp, audio);
    const encoderOf = (dither: typeof format.dither) =>
      new PcmEncoder(dsp, layout, dither, sampleRate, BLOCK_FRAMES, channels);
    this.#dithered = encoderOf(format.dither);
    this.#plain = encoderOf("none");
  }

  get frames(): number {
    return this.#reader.frames;
  }

  /** Samples so far that were over full scale of an integer format and had to be clipped. */
  get clipped(): number {
    return this.#dithered.clipped + this.#plain.clipped;
  }

  /** Significant bits of a sample, where the file holds nothing but copies of sources that have fewer than the layout. */
  get validBits(): number | undefined {
    const bits = this.#audio.pieces.map((piece) => {
      const way = this.#wayOf(piece);
      return way.kind === "copy" ? way.file().info.bitDepth : way.kind === "silence" ? 1 : Infinity;
    });
    const most = Math.max(1, ...bits);
    return most > 1 && most < BYTES_PER_SAMPLE[this.#layout] * 8 ? most : undefined;
  }

  /**
   * All of the audio, interleaved and little-endian. A block is valid until the next one.
   * @throws AudioFileError
   */
  *blocks(): Generator<Uint8Array> {
    let start = 0;
    for (const piece of this.#audio.pieces) {
      const way = this.#wayOf(piece);
      for (let from = 0; from < piece.frames; from += BLOCK_FRAMES)
        yield this.#block(piece, way, start, from, Math.min(BLOCK_FRAMES, piece.frames - from));
      start += piece.frames;
    }
  }

  close(): void {
    this.#sources.close();
    this.#reader.close();
  }

  #wayOf(piece: Piece): Way {
    const layer = unchangedLayer(piece);
    if (!layer) return { kind: "encode", encoder: this.#dithered };
    if (layer.source < 0) return { kind: "silence" };
    const file = (): AudioFile => this.#sources.file(layer.source);
    const { layout } = file().pcm;
    if (layout === this.#layout) return { kind: "copy", file };
    return { kind: "encode", encoder: isHeldBy(layout, this.#layout) ? this.#plain : this.#dithered };
  }

  /** @param start frame of the audio where the piece begins */
  #block(piece: Piece, way: Way, start: number, from: number, count: number): Uint8Array {
    switch (way.kind) {
      case "silence":
        return silentBytes(this.#layout, this.#audio.channels, count);
      case "copy":
        return copyFrames(way.file(), unchangedLayer(piece)!, piece.frames, from, count);
      case "encode":
        this.#reader.read(start + from, count);
        return way.encoder.encodeChannels(this.#reader.buffers, count);
    }
  }
}

/** Whether every sample of one layout is one of the other too. */
function isHeldBy(layout: SampleLayout, wider: SampleLayout): boolean {
  return !isFloat(layout) && BYTES_PER_SAMPLE[layout] <= BYTES_PER_SAMPLE[wider];
}
