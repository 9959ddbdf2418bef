/** Planar blocks to interleaved PCM with dither (src/dsp/pcm/encode.ts). */
import { BYTES_PER_SAMPLE, SAMPLE_LAYOUTS, type SampleLayout } from "../audio/audioFile.js";
import type { Dsp } from "./dsp.js";
import type { Block } from "./song.js";

/** The order is the kernel's. */
const DITHERS = ["none", "tpdf", "shaped"] as const;

/** Dither is random but repeatable: every file starts from the same seed. */
const SEED = 0x4ead;

export class PcmEncoder {
  readonly #dsp: Dsp;
  readonly #encoder: number;
  readonly #inputs: number;
  readonly #target: number;
  readonly #channels: number;
  readonly #frameBytes: number;
  #clipped = 0;

  /** @param maxFrames most frames in one block */
  constructor(
    dsp: Dsp,
    layout: SampleLayout,
    dither: (typeof DITHERS)[number],
    sampleRate: number,
    maxFrames: number,
    channels = 2,
  ) {
    this.#dsp = dsp;
    this.#channels = channels;
    this.#frameBytes = channels * BYTES_PER_SAMPLE[layout];
    const [layoutNumber, ditherNumber] = [SAMPLE_LAYOUTS.indexOf(layout), DITHERS.indexOf(dither)];
    this.#encoder = dsp.exports.encoderNew(layoutNumber, channels, ditherNumber, sampleRate, SEED);
    this.#inputs = dsp.allocate(channels * 4);
    this.#target = dsp.allocate(maxFrames * this.#frameBytes);
  }

  /** Samples so far that were over full scale of an integer format and had to be clipped. */
  get clipped(): number {
    return this.#clipped;
  }

  /** Encodes a stereo block. @returns view into the engine's memory, valid until the next call */
  encode({ left, right, frames }: Block): Uint8Array {
    return this.encodeChannels([left, right], frames);
  }

  /** @param buffers addresses of f32 samples, one per channel. @returns as {@link encode} does */
  encodeChannels(buffers: readonly number[], frames: number): Uint8Array {
    this.#dsp.int32(this.#inputs, this.#channels).set(buffers);
    this.#clipped += this.#dsp.exports.encoderProcess(this.#encoder, this.#inputs, frames, this.#target);
    return this.#dsp.bytes.subarray(this.#target, this.#target + frames * this.#frameBytes);
  }
}
