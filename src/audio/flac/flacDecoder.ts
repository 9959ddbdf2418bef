/** Single blocks of FLAC through libFLAC (in the package @wasm-audio-decoders/flac). */
import { quietly } from "../compressed/compressedAudio.js";
import { decodedIntegers } from "./integers.js";
import type { StreamInfo } from "./metadata.js";

type Format = Pick<StreamInfo, "channels" | "bitDepth">;

interface Library {
  decodeFrames(blocks: Uint8Array[]): Promise<{
    readonly channelData: readonly Float32Array[];
    readonly samplesDecoded: number;
  }>;
  free(): void;
}

export class FlacDecoder {
  readonly #library: Library;
  readonly #format: Format;

  private constructor(library: Library, format: Format) {
    this.#library = library;
    this.#format = format;
  }

  static async start(format: Format): Promise<FlacDecoder> {
    const { FLACDecoder } = await import("@wasm-audio-decoders/flac");
    const library = new FLACDecoder();
    await library.ready;
    return new FlacDecoder(library, format);
  }

  /** @returns the block's `frames` frames as interleaved integers; nothing if it cannot be decoded */
  async decode(block: Uint8Array, frames: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const decoded = await quietly(() => this.#library.decodeFrames([block]));
    const { channelData, samplesDecoded } = decoded;
    const { channels, bitDepth } = this.#format;
    // Its errors do not matter: it reports a missing block with the good one behind it, and checksums hold by now.
    if (samplesDecoded !== frames || channelData.length < channels) return undefined;
    return decodedIntegers(channelData.slice(0, channels), frames, bitDepth);
  }

  free(): void {
    this.#library.free();
  }
}
