/**
 * The chunk walk shared by all WAVE containers and AIFF.
 *
 * Sources: Microsoft/IBM, "Multimedia Programming Interface and Data Specifications 1.0"
 * (RIFF, RIFX); EBU Tech 3306 (RF64, ds64); Recommendation ITU-R BS.2088 (BW64); Sony Media
 * Software, "Sony Wave64 File Format Specification" (Wave64: GUIDs and 64-bit sizes); Apple, "Audio Interchange File Format AIFF-C", 1991.
 */
import { AudioFileError } from "./audioFile.js";
import { readExactly, type ByteSource } from "./byteSource.js";
import { chunkGrammarOf, fourCC, isFourCC, type ChunkContainer, type ChunkGrammar } from "./riffGrammar.js";

/** Where a chunk's contents lie. */
export interface ChunkEntry {
  /** Four characters; for a Wave64 chunk without such a name its GUID in hexadecimal digits. */
  readonly id: string;
  /** What a `LIST` holds, for example "INFO". */
  readonly listType?: string;
  /** Byte offset of the contents. */
  readonly offset: number;
  /** Bytes of contents that are really in the file. */
  readonly size: number;
}

export interface RiffFile {
  readonly container: ChunkContainer;
  readonly bigEndian: boolean;
  readonly chunks: readonly ChunkEntry[];
  /** What was odd but could be read. */
  readonly warnings: readonly string[];
}

/** A file of nothing but empty chunks must not keep the reader busy for hours. */
const MOST_CHUNKS = 10_000;
const FOUR_GIB = 2 ** 32;

/**
 * Lists the chunks of a file that begins like one of the WAVE containers.
 * Every size is clamped to the length of the file.
 * @throws AudioFileError if it holds no WAVE form
 */
export function walkRiff(source: ByteSource): RiffFile {
  const head = new Uint8Array(Math.min(40, source.size));
  readExactly(source, 0, head);
  const grammar = chunkGrammarOf(head);
  if (!grammar) throw new AudioFileError(source.name, 0, "this is no RIFF, RIFX, RF64, BW64 or Wave64 file");
  if (!grammar.isAudio(head)) {
    throw new AudioFileError(
      source.name,
      Math.min(grammar.formOffset, source.size),
      `a ${grammar.container} file, but not one of WAVE audio`,
    );
  }
  return walkChunks(source, grammar);
}

/** Lists the chunks of a file that follows `grammar`. */
export function walkChunks(source: ByteSource, grammar: ChunkGrammar): RiffFile {
  return new ChunkWalk(source, grammar).run();
}

/** Contents of one chunk are taken into memory up to this size. */
const LARGEST_CHUNK_IN_MEMORY = 16 * 2 ** 20;

/**
 * All contents of `chunk`.
 * @throws AudioFileError if it is larger than 16 MiB
 */
export function readChunkContents(source: ByteSource, { id, offset, size }: ChunkEntry): Uint8Array {
  if (size > LARGEST_CHUNK_IN_MEMORY) {
    throw new AudioFileError(source.name, offset, `chunk "${id}" of ${size} bytes is too large`);
  }
  const bytes = new Uint8Array(size);
  readExactly(source, offset, bytes);
  return bytes;
}

/** A chunk header as it stands in the file, its size not yet believed. */
interface ChunkHeader {
  readonly id: string;
  readonly start: number;
  readonly offset: number;
  /** `Infinity` where the header gives none: in streams, and in RF64 where `ds64` has it. */
  readonly declaredSize: number;
}

class ChunkWalk {
  readonly #source: ByteSource;
  readonly #grammar: ChunkGrammar;
  readonly #chunks: ChunkEntry[] = [];
  readonly #warnings: string[] = [];
  /** 64-bit sizes from `ds64`, by chunk name. */
  readonly #longSizes = new Map<string, number>();
  #hasData = false;

  constructor(source: ByteSource, grammar: ChunkGrammar) {
    this.#source = source;
    this.#grammar = grammar;
  }

  run(): RiffFile {
    const { container, bigEndian, firstChunk } = this.#grammar;
    this.#walk(firstChunk);
    return { container, bigEndian, chunks: this.#chunks, warnings: this.#warnings };
  }

  #walk(firstChunk: number): void {
    let at = firstChunk;
    while (at < this.#source.size) {
      const header = this.#header(at);
      if (!header) {
        this.#warn(
          at,
          `${this.#source.size - at} bytes after the last chunk are not a chunk; they are ignored`,
        );
        return;
      }
      if (this.#chunks.length === MOST_CHUNKS) {
        this.#warn(at, `more than ${MOST_CHUNKS} chunks; the rest is ignored`);
        return;
      }
      const isFirstData = header.id === this.#grammar.audioChunk && !this.#hasData;
      const size = isFirstData ? this.#dataSize(header) : this.#size(header);
      this.#hasData ||= isFirstData;
      this.#add(header, size);
      at = this.#next(header.offset, size, true);
    }
  }

  #add(header: ChunkHeader, size: number): void {
    const { id, offset } = header;
    if (id === "ds64") this.#readLongSizes(offset, size);
    const isList = id === "LIST" && size >= 4;
    this.#chunks.push({ id, offset, size, ...(isList && { listType: fourCC(this.#bytes(offset, 4), 0) }) });
  }

  /** The header at `at`, or nothing if what lies there cannot be one. */
  #header(at: number): ChunkHeader | undefined {
    const { headerBytes } = this.#grammar;
    if (at + headerBytes > this.#source.size) return undefined;
    const parsed = this.#grammar.parseHeader(this.#bytes(at, headerBytes));
    return parsed && { ...parsed, start: at, offset: at + headerBytes };
  }

  #declaredSize({ id, declaredSize }: ChunkHeader): number {
    return declaredSize === Infinity ? (this.#longSizes.get(id) ?? Infinity) : declaredSize;
  }

  /** Size of a chunk of anything but audio. */
  #size(header: ChunkHeader): number {
    const declared = this.#declaredSize(header);
    const available = this.#source.size - header.offset;
    if (declared <= available) return declared;
    const says = declared === Infinity ? "gives no size" : `says ${declared} bytes`;
    this.#warn(header.start, `chunk "${header.id}" ${says}, ${available} bytes are there`);
    return available;
  }

  /** Size of the audio, also where the header was never completed or the file is cut off. */
  #dataSize(header: ChunkHeader): number {
    const declared = this.#declaredSize(header);
    const available = this.#source.size - header.offset;
    const fault = this.#dataSizeFault(declared, header.offset, available);
    if (fault === undefined) return declared;
    this.#warn(header.start, `${fault}; all ${available} bytes that follow are read`);
    return available;
  }

  /** What is wrong with the size that the `data` chunk at `offset` gives, if anything. */
  #dataSizeFault(declared: number, offset: number, available: number): string | undefined {
    const name = `"${this.#grammar.audioChunk}"`;
    if (declared === Infinity) return `${name} gives no size (a streamed file)`;
    if (declared > available) return `${name} says ${declared} bytes: the file is cut off`;
    if (declared === 0 && !this.#isChunksUntilEnd(offset)) {
      return `${name} says 0 bytes (a streamed or interrupted recording)`;
    }
    const hasShortSizes = ["RIFF", "RIFX", "AIFF", "AIFC"].includes(this.#grammar.container);
    const hasWrapped = hasShortSizes && available >= FOUR_GIB && available % FOUR_GIB === declared;
    if (hasWrapped && !this.#isChunksUntilEnd(offset + declared)) {
      return `${name} says ${declared} bytes, having no room for a size over 4 GiB`;
    }
    return undefined;
  }

  /** Where the chunk after contents of `size` bytes begins. */
  #next(offset: number, size: number, warns: boolean): number {
    const end = offset + size;
    const padded = Math.ceil(end / this.#grammar.alignment) * this.#grammar.alignment;
    if (padded === end || this.#header(padded) || !this.#header(end)) return padded;
    if (warns) this.#warn(end, "a pad byte is missing");
    return end;
  }

  /** Whether from `at` on there is nothing but whole chunks (or nothing at all). */
  #isChunksUntilEnd(at: number): boolean {
    let next = at;
    for (let count = 0; count < MOST_CHUNKS; count++) {
      // The last pad byte is often forgotten.
      if (next === this.#source.size || next === this.#source.size + 1) return true;
      const header = this.#header(next);
      if (!header || this.#declaredSize(header) > this.#source.size - header.offset) return false;
      next = this.#next(header.offset, this.#declaredSize(header), false);
    }
    return false;
  }

  /** EBU Tech 3306: RIFF size, data size, sample count, table of other sizes; always little-endian. */
  #readLongSizes(offset: number, size: number): void {
    if (size < 28) {
      this.#warn(offset, `"ds64" has ${size} bytes, too few`);
      return;
    }
    const bytes = this.#bytes(offset, Math.min(size, 28 + 12 * MOST_CHUNKS));
    const view = new DataView(bytes.buffer);
    this.#longSizes.set("data", longSize(view, 8));
    const entries = Math.min(view.getUint32(24, true), Math.floor((view.byteLength - 28) / 12));
    for (let entry = 0; entry < entries; entry++) {
      const at = 28 + 12 * entry;
      const id = fourCC(bytes, at);
      if (isFourCC(id)) this.#longSizes.set(id, longSize(view, at + 4));
    }
  }

  /** Up to `length` bytes; fewer at the end of the file. */
  #bytes(position: number, length: number): Uint8Array {
    const bytes = new Uint8Array(Math.max(0, Math.min(length, this.#source.size - position)));
    readExactly(this.#source, position, bytes);
    return bytes;
  }

  #warn(offset: number, sentence: string): void {
    this.#warnings.push(`byte ${offset}: ${sentence}`);
  }
}

/** A 64-bit size; all ones, as streams write it, means unknown. */
function longSize(view: DataView, offset: number): number {
  const size = view.getBigUint64(offset, true);
  return size === 0xffff_ffff_ffff_ffffn ? Infinity : Number(size);
}
