/** Frames by position out of a run of ADPCM blocks. */
import { AudioFileError } from "./audioFile.js";
import { AdpcmError, type AdpcmCodec } from "./adpcm.js";
import { readExactly, type ByteSource } from "./byteSource.js";
import type { ChunkEntry } from "./riff.js";

/** Decodes ADPCM block by block, keeping the last one: consecutive reads decode each block once. */
export class AdpcmBlocks {
  readonly #bytes: Uint8Array;
  readonly #samples: Int16Array;
  #current = -1;

  constructor(
    private readonly source: ByteSource,
    private readonly data: ChunkEntry,
    blockBytes: number,
    private readonly framesPerBlock: number,
    private readonly channels: number,
    private readonly codec: AdpcmCodec,
  ) {
    this.#bytes = new Uint8Array(blockBytes);
    this.#samples = new Int16Array(framesPerBlock * channels);
  }

  /**
   * Decodes `count` frames from `start` on to interleaved little-endian 16-bit integers.
   * @throws AudioFileError
   */
  read(start: number, count: number, target: Uint8Array): void {
    const view = new DataView(target.buffer, target.byteOffset, target.byteLength);
    let offset = 0;
    for (let frame = start; frame < start + count;) {
      const block = Math.floor(frame / this.framesPerBlock);
      this.#load(block);
      const from = frame - block * this.framesPerBlock;
      const until = Math.min(this.framesPerBlock, start + count - block * this.framesPerBlock);
      for (let i = from * this.channels; i < until * this.channels; i++, offset += 2) {
        view.setInt16(offset, this.#samples[i]!, true);
      }
      frame += until - from;
    }
  }

  #load(block: number): void {
    if (block === this.#current) return;
    this.#current = -1;
    const position = block * this.#bytes.length;
    const bytes = this.#bytes.subarray(0, Math.min(this.#bytes.length, this.data.size - position));
    readExactly(this.source, this.data.offset + position, bytes);
    try {
      this.codec.decode(
        bytes,
        Math.min(this.framesPerBlock, this.codec.framesIn(bytes.length)),
        this.#samples,
      );
    } catch (error) {
      if (!(error instanceof AdpcmError)) throw error;
      throw new AudioFileError(this.source.name, this.data.offset + position + error.offset, error.message);
    }
    this.#current = block;
  }
}
