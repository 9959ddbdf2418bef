/**
 * Streaming WAV output: RIFF that becomes RF64 when it outgrows 4 GiB.
 *
 * Sources: as in `riff.ts` and `wavFormat.ts`; EBU Tech 3306 for the `JUNK` chunk that
 * keeps the place of `ds64`.
 */
import { BYTES_PER_SAMPLE } from "./audioFile.js";
import { AtomicFile } from "./atomicFile.js";
import { copyChunk, type RiffChunk } from "./riffChunk.js";
import { isFourCC } from "./riffGrammar.js";
import { formatFmt, isFloat, type WavOutputFormat } from "./wavFormat.js";

export interface WavWriterOptions extends WavOutputFormat {
  /** Further chunks, written before the audio. */
  readonly chunks?: readonly RiffChunk[];
  /** Largest size a RIFF header may give before the file becomes RF64; 4 GiB - 1 unless a test lowers it. */
  readonly largestRiff?: number;
}

const GREATEST_U32 = 0xffffffff;
/** RIFF size, data size, sample count (64 bits each) and the length of an empty table. */
const DS64_BYTES = 28;
const RIFF_SIZE_OFFSET = 4;
const DS64_OFFSET = 12;

/**
 * A WAV file on its way. Nothing appears at its path before {@link publish}; every error while writing
 * (`FileWriteError`) removes the temporary file.
 */
export class WavWriter {
  readonly #file: AtomicFile;
  readonly #frameBytes: number;
  readonly #largestRiff: number;
  /** Offset of the `fact` chunk's sample count, where there is one. */
  #factOffset: number | undefined;
  #dataOffset = 0;
  #dataBytes = 0;
  readonly #trailing: RiffChunk[] = [];

  /**
   * Begins a file that is to appear at `path`.
   * @throws RangeError if the options are impossible
   * @throws FileWriteError
   */
  static create(path: string, options: WavWriterOptions): WavWriter {
    const format = formatFmt(options);
    for (const chunk of options.chunks ?? []) checkChunk(chunk);
    const file = AtomicFile.create(path);
    try {
      return new WavWriter(file, options, format);
    } catch (error) {
      file.abort();
      throw error;
    }
  }

  private constructor(file: AtomicFile, options: WavWriterOptions, format: Uint8Array) {
    this.#file = file;
    this.#frameBytes = options.channels * BYTES_PER_SAMPLE[options.layout];
    this.#largestRiff = options.largestRiff ?? GREATEST_U32;
    file.append(ascii("RIFF\0\0\0\0WAVE"));
    this.#appendChunk("JUNK", new Uint8Array(DS64_BYTES));
    this.#appendChunk("fmt ", format);
    if (isFloat(options.layout)) {
      this.#factOffset = file.size + 8;
      this.#appendChunk("fact", new Uint8Array(4));
    }
    for (const chunk of options.chunks ?? []) this.#copyChunk(chunk);
    this.#appendHeader("data", 0);
    this.#dataOffset = file.size;
  }

  /** Where the bytes are until {@link publish}; readable as a WAV file once sealed. */
  get pendingPath(): string {
    return this.#file.pendingPath;
  }

  /** Whole frames written so far. */
  get frames(): number {
    return Math.floor(this.#dataBytes / this.#frameBytes);
  }

  /** Appends interleaved little-endian samples in the file's layout. */
  write(interleaved: Uint8Array): void {
    this.#file.append(interleaved);
    this.#dataBytes += interleaved.length;
  }

  /** Adds a chunk to be written behind the audio: what is known only when that is complete. */
  addChunk(chunk: RiffChunk): void {
    checkChunk(chunk);
    this.#trailing.push(chunk);
  }

  /** Completes the file under its temporary name: header, padding, flush. Nothing can be added after. */
  seal(): void {
    if (this.#dataBytes % this.#frameBytes !== 0) {
      this.abort();
      throw new RangeError(
        `WavWriter: ${this.#dataBytes} bytes are no whole number of ${this.#frameBytes}-byte frames`,
      );
    }
    try {
      this.#pad();
      for (const chunk of this.#trailing) this.#copyChunk(chunk);
    } catch (error) {
      this.abort();
      throw error;
    }
    this.#completeHeader();
    this.#file.seal();
  }

  /** Renames the sealed file to its path, over whatever was there. */
  publish(): void {
    this.#file.publish();
  }

  /** Seals and publishes. */
  finish(): void {
    this.seal();
    this.publish();
  }

  /** Removes the temporary file; after {@link publish} and a second time it does nothing. */
  abort(): void {
    this.#file.abort();
  }

  #completeHeader(): void {
    const riffBytes = this.#file.size - 8;
    const isLong = riffBytes > this.#largestRiff;
    if (isLong) {
      const header = new DataView(new ArrayBuffer(8 + DS64_BYTES));
      new Uint8Array(header.buffer).set(ascii("ds64"));
      header.setUint32(4, DS64_BYTES, true);
      header.setBigUint64(8, BigInt(riffBytes), true);
      header.setBigUint64(16, BigInt(this.#dataBytes), true);
      header.setBigUint64(24, BigInt(this.frames), true);
      this.#file.writeAt(DS64_OFFSET, new Uint8Array(header.buffer));
      this.#file.writeAt(0, ascii("RF64"));
    }
    this.#patch(RIFF_SIZE_OFFSET, isLong ? GREATEST_U32 : riffBytes);
    this.#patch(this.#dataOffset - 4, isLong ? GREATEST_U32 : this.#dataBytes);
    if (this.#factOffset !== undefined) this.#patch(this.#factOffset, Math.min(this.frames, GREATEST_U32));
  }

  #patch(offset: number, value: number): void {
    this.#file.writeAt(offset, u32(value));
  }

  #appendChunk(id: string, contents: Uint8Array): void {
    this.#appendHeader(id, contents.length);
    this.#file.append(contents);
    this.#pad();
  }

  #copyChunk(chunk: RiffChunk): void {
    this.#appendHeader(chunk.id, chunk.size);
    copyChunk(chunk, (bytes) => this.#file.append(bytes));
    this.#pad();
  }

  #appendHeader(id: string, size: number): void {
    this.#file.append(ascii(id));
    this.#file.append(u32(size));
  }

  /** Chunks begin at even offsets. */
  #pad(): void {
    if (this.#file.size % 2 === 1) this.#file.append(new Uint8Array(1));
  }
}

function checkChunk({ id, size }: RiffChunk): void {
  if (!isFourCC(id)) throw new RangeError(`WavWriter: a chunk needs a name of 4 characters, got "${id}"`);
  if (!Number.isInteger(size) || size < 0 || size >= GREATEST_U32) {
    throw new RangeError(`WavWriter: chunk "${id}" of ${size} bytes cannot be written`);
  }
}

function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

function u32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value, true);
  return bytes;
}
