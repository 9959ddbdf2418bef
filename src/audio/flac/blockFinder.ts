/** Finds and decodes the block of a FLAC file that holds a certain frame. */
import { readExactly, type ByteSource } from "../byteSource.js";
import { LONGEST_HEADER, parseBlockHeader } from "./blockHeader.js";
import { BlockDecoder, type DecodedBlock } from "./decodeBlock.js";
import type { SeekPoint, StreamInfo } from "./metadata.js";

/** What sounds from `frame` up to, not including, `until`: a block, or nothing where the file is damaged. */
export interface FoundBlock {
  readonly block: readonly (Int32Array | Float64Array)[] | undefined;
  readonly frame: number;
  readonly until: number;
}

/** A place where a block begins. */
interface Place {
  /** Byte in the file. */
  readonly offset: number;
  readonly frame: number;
  readonly frames: number;
}

/** Bytes read at once. */
const WINDOW_BYTES = 1 << 18;
/** Below this distance, halving the file costs more than decoding on. */
const NEAR_BYTES = 1 << 16;

export class BlockFinder {
  /** Told once of each damaged place: its byte and frame. */
  onDamage: ((offset: number, frame: number) => void) | undefined;
  readonly #source: ByteSource;
  readonly #info: StreamInfo;
  readonly #first: number;
  readonly #points: readonly SeekPoint[];
  readonly #decoder: BlockDecoder;
  readonly #greatestBlockBytes: number;
  #window = new Uint8Array(0);
  #windowOffset = 0;
  #found: FoundBlock = { block: undefined, frame: 0, until: 0 };
  /** Byte behind the block found last. */
  #next: number;
  readonly #damaged = new Set<number>();

  /**
   * @param first byte of the first block of audio
   * @param points seek points of the file, whose offsets count from `first`
   */
  constructor(source: ByteSource, info: StreamInfo, first: number, points: readonly SeekPoint[]) {
    this.#source = source;
    this.#info = info;
    this.#first = first;
    this.#next = first;
    this.#points = points;
    this.#decoder = new BlockDecoder(info);
    // Uncompressed, with side channels one bit wider, and room for headers; encoders never do worse.
    const plain = Math.ceil((info.greatestBlock * info.channels * (info.bitDepth + 1)) / 8);
    this.#greatestBlockBytes = Math.max(info.greatestBytes, plain) + 64 * info.channels + LONGEST_HEADER;
  }

  /** The block that holds `frame`, or the stretch of silence that stands in for a damaged one. */
  blockAt(frame: number): FoundBlock {
    if (frame >= this.#found.frame && frame < this.#found.until) return this.#found;
    const start = frame === this.#found.until ? this.#next : this.#seek(frame);
    let damagedAt: number | undefined;
    for (let offset: number | undefined = start; offset !== undefined;) {
      const block = this.#decode(offset);
      if (block && block.start > frame) return this.#gap(frame, block.start, damagedAt ?? offset, offset);
      if (block && block.start + block.frames > frame) return this.#keep(block, offset);
      if (!block) damagedAt ??= offset;
      offset = block ? offset + block.bytes : this.#nextPlace(offset + 1)?.offset;
    }
    return this.#gap(frame, Infinity, damagedAt ?? start, this.#source.size);
  }

  /** First frame behind the last whole block of the file; 0 if there is none. */
  endOfLastBlock(): number {
    // Step back until a block is found that decodes.
    for (let reach = 2 * this.#greatestBlockBytes; ; reach *= 4) {
      const from = Math.max(this.#first, this.#source.size - reach);
      let end = 0;
      for (let place = this.#nextPlace(from); place;) {
        const block = this.#decode(place.offset);
        if (block) end = Math.max(end, block.start + block.frames);
        place = this.#nextPlace(block ? place.offset + block.bytes : place.offset + 1);
      }
      if (end > 0 || from === this.#first) return end;
    }
  }

  #keep(block: DecodedBlock, offset: number): FoundBlock {
    this.#next = offset + block.bytes;
    this.#found = { block: block.channels, frame: block.start, until: block.start + block.frames };
    return this.#found;
  }

  #gap(frame: number, until: number, damagedOffset: number, next: number): FoundBlock {
    if (!this.#damaged.has(damagedOffset)) this.onDamage?.(damagedOffset, frame);
    this.#damaged.add(damagedOffset);
    this.#next = next;
    this.#found = { block: undefined, frame, until };
    return this.#found;
  }

  /** Byte of a block at or before `frame`, and near it. */
  #seek(frame: number): number {
    let low: Place = { offset: this.#first, frame: 0, frames: 0 };
    let high: Place = { offset: this.#source.size, frame: Math.max(this.#info.frames, frame + 1), frames: 0 };
    for (const point of this.#points) {
      const offset = this.#first + point.offset;
      if (offset >= this.#source.size || offset < this.#first) continue;
      if (point.frame <= frame && point.frame >= low.frame) low = { offset, frame: point.frame, frames: 0 };
      if (point.frame > frame && point.frame < high.frame) high = { offset, frame: point.frame, frames: 0 };
    }
    if (this.#found.until <= frame && this.#found.until > low.frame) {
      low = { offset: this.#next, frame: this.#found.until, frames: 0 };
    }
    this.#found = { block: undefined, frame: 0, until: 0 };
    while (high.offset - low.offset > NEAR_BYTES) {
      const place = this.#wholePlace(this.#guess(low, high, frame), high.offset);
      if (!place) {
        high = { ...high, offset: Math.floor((low.offset + high.offset) / 2) };
      } else if (place.frame > frame) {
        high = place;
      } else {
        if (place.frame + place.frames > frame) return place.offset;
        low = place;
      }
    }
    return low.offset;
  }

  /** Between the middle and where `frame` would lie were every frame of the same size. */
  #guess(low: Place, high: Place, frame: number): number {
    const share = (frame - low.frame) / Math.max(1, high.frame - low.frame);
    const careful = 0.05 + 0.9 * Math.min(1, Math.max(0, share));
    return Math.floor(low.offset + (high.offset - low.offset) * careful * 0.98);
  }

  /** The first place from `offset` on that looks like a block; nothing up to `end`. */
  #nextPlace(offset: number, end = this.#source.size): Place | undefined {
    for (let at = offset; at < end;) {
      const bytes = this.#bytesAt(at, LONGEST_HEADER);
      const last = bytes.length - 1;
      for (let i = 0; i < last && at + i < end; i++) {
        i = bytes.indexOf(0xff, i);
        if (i < 0 || at + i >= end) break;
        const isCutByWindow = i + LONGEST_HEADER > bytes.length && at + bytes.length < this.#source.size;
        if (isCutByWindow) return this.#nextPlace(at + i, end);
        const header = parseBlockHeader(bytes, i, this.#info);
        if (header) return { offset: at + i, frame: header.start, frames: header.frames };
      }
      at += Math.max(1, last);
    }
    return undefined;
  }

  /** Like {@link #nextPlace}, but of a block that is whole, and not of bytes that happen to look like one. */
  #wholePlace(offset: number, end: number): Place | undefined {
    let place = this.#nextPlace(offset, end);
    while (place && !this.#decode(place.offset)) place = this.#nextPlace(place.offset + 1, end);
    return place;
  }

  #decode(offset: number): DecodedBlock | undefined {
    if (offset >= this.#source.size) return undefined;
    return this.#decoder.decode(this.#bytesAt(offset, this.#greatestBlockBytes), 0);
  }

  /** Bytes from `offset` on: at least `least` of them, or all to the end of the file. */
  #bytesAt(offset: number, least: number): Uint8Array {
    const into = offset - this.#windowOffset;
    const isThere = into >= 0 && into <= this.#window.length;
    const isEnough =
      isThere &&
      (this.#window.length - into >= least || this.#windowOffset + this.#window.length === this.#source.size);
    if (!isEnough) {
      const size = Math.min(Math.max(WINDOW_BYTES, 2 * least), this.#source.size - offset);
      this.#window = new Uint8Array(size);
      readExactly(this.#source, offset, this.#window);
      this.#windowOffset = offset;
      return this.#window;
    }
    return this.#window.subarray(into);
  }
}
