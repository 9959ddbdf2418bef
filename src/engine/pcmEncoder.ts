/** Stereo blocks to interleaved PCM with dither (src/dsp/pcm/encode.ts). */
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
  readonly #frameBytes: number;
  #clipped = 0;

  /** @param maxFrames most frames in one block */
  constructor(
    dsp: Dsp,
    layout: SampleLayout,
    dither: (typeof DITHERS)[number],
    sampleRate: number,
    maxFrames: number,
  ) {
    this.#dsp = dsp;
    this.#frameBytes = 2 * BYTES_PER_SAMPLE[layout];
    const [layoutNumber, ditherNumber] = [SAMPLE_LAYOUTS.indexOf(layout), DITHERS.indexOf(dither)];
    this.#encoder = dsp.exports.encoderNew(layoutNumber, 2, ditherNumber, sampleRate, SEED);
    this.#inputs = dsp.allocate(8);
    this.#target = dsp.allocate(maxFrames * this.#frameBytes);
  }

  /** Samples so far that were over full scale of an integer format and had to be clipped. */
  get clipped(): number {
    return this.#clipped;
  }

  /** @returns view into the engine's memory, valid until the next call */
  encode({ left, right, frames }: Block): Uint8Array {
    this.#dsp.int32(this.#inputs, 2).set([left, right]);
    this.#clipped += this.#dsp.exports.encoderProcess(this.#encoder, this.#inputs, frames, this.#target);
    return this.#dsp.bytes.subarray(this.#target, this.#target + frames * this.#frameBytes);
  }
}
