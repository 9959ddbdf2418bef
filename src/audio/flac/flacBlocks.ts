/** Cuts a FLAC stream into its blocks, and finds its way again behind damage. Source: RFC 9639, section 9. */
import { readExactly, type ByteSource } from "../byteSource.js";
import { isBlockSync, LONGEST_HEADER_BYTES, parseBlockHeader, type BlockHeader } from "./blockHeader.js";

export interface FlacBlock {
  readonly header: BlockHeader;
  /** Where it begins in the file. */
  readonly offset: number;
  /** All of it, checksums included; valid until the next block is asked for. */
  readonly bytes: Uint8Array;
  /** Where the damage begins that stands before it; nothing if it follows the block before. */
  readonly damagedFrom: number | undefined;
}

/** Read at once. */
const PIECE_BYTES = 1 << 18;

/** CRC-16, polynomial x^16 + x^15 + x^2 + 1, from 0: over a whole block with its checksum it is 0. */
const CRC16 = Uint16Array.from({ length: 256 }, (_, byte) => {
  let value = byte << 8;
  for (let bit = 0; bit < 8; bit++) value = value & 0x8000 ? (value << 1) ^ 0x8005 : value << 1;
  return value;
});

export class FlacBlocks {
  readonly #source: ByteSource;
  readonly #end: number;
  readonly #longestBlock: number;
  /** A part of the file: `#count` bytes from `#base` on. */
  #buffer = new Uint8Array(2 * PIECE_BYTES);
  #base: number;
  #count = 0;
  /** Where the search goes on, in the file. */
  #at: number;
  #damagedFrom: number | undefined;
  #format: number | undefined;

  /**
   * @param start where the first block begins
   * @param end where the stream ends: the file, or tags behind it
   * @param longestBlock no block has more bytes
   */
  constructor(source: ByteSource, start: number, end: number, longestBlock: number) {
    this.#source = source;
    this.#end = end;
    this.#longestBlock = longestBlock;
    this.#base = this.#at = start;
  }

  /** Where the damage begins that reaches up to the end of the stream, once there are no more blocks. */
  get damagedFrom(): number | undefined {
    return this.#damagedFrom;
  }

  /** The next block that is whole; nothing at the end. */
  next(): FlacBlock | undefined {
    while (this.#at < this.#end) {
      const offset = this.#at;
      const header = this.#headerAt(offset);
      const found = header && this.#findEnd(offset);
      if (!header || !found) {
        this.#damagedFrom ??= offset;
        this.#at = this.#nextSync(offset + 1, Math.min(this.#end, offset + PIECE_BYTES));
        continue;
      }
      this.#at = found.end;
      if (!found.isWhole) {
        this.#damagedFrom ??= offset;
        continue;
      }
      const damagedFrom = this.#damagedFrom;
      this.#damagedFrom = undefined;
      this.#format ??= header.format;
      const bytes = this.#buffer.subarray(offset - this.#base, found.end - this.#base);
      return { header, offset, bytes, damagedFrom };
    }
    return undefined;
  }

  /**
   * Where the block at `start` ends: where its checksum holds and another block begins. If there is no such place, the
   * checksum alone decides, before anything that looks like another block; else the block is damaged.
   */
  #findEnd(start: number): { end: number; isWhole: boolean } | undefined {
    const last = Math.min(this.#end, start + this.#longestBlock);
    let crc = 0;
    let checked = start;
    // The next block's header may be what is damaged.
    let unheaded: number | undefined;
    let next: number | undefined;
    for (let at = this.#nextSync(start + 6, last); at < last; at = this.#nextSync(at + 1, last)) {
      crc = this.#crc16(crc, checked, at);
      checked = at;
      const isBlock = this.#headerAt(at) !== undefined;
      if (isBlock && crc === 0) return { end: at, isWhole: true };
      if (isBlock) next ??= at;
      else if (crc === 0 && next === undefined) unheaded ??= at;
    }
    if (last === this.#end && this.#crc16(crc, checked, last) === 0) return { end: last, isWhole: true };
    if (unheaded !== undefined) return { end: unheaded, isWhole: true };
    return next === undefined ? undefined : { end: next, isWhole: false };
  }

  #crc16(crc: number, from: number, to: number): number {
    this.#hold(to - 1);
    const buffer = this.#buffer;
    for (let i = from - this.#base, end = to - this.#base; i < end; i++)
      crc = ((crc << 8) & 0xffff) ^ CRC16[(crc >> 8) ^ buffer[i]!]!;
    return crc;
  }

  /** The header at `at`, if it is one of this stream. */
  #headerAt(at: number): BlockHeader | undefined {
    this.#hold(Math.min(this.#end, at + LONGEST_HEADER_BYTES) - 1);
    const header = parseBlockHeader(this.#buffer.subarray(0, this.#count), at - this.#base);
    return header && header.format === (this.#format ?? header.format) ? header : undefined;
  }

  /** The first place from `from` on, before `end`, where a block may begin; `end` if there is none. */
  #nextSync(from: number, end: number): number {
    let at = from;
    while (at + 1 < end) {
      this.#hold(at + 1);
      const held = this.#buffer.subarray(0, Math.min(this.#count, end - 1 - this.#base));
      const found = held.indexOf(0xff, at - this.#base);
      if (found < 0) {
        at = this.#base + held.length;
        continue;
      }
      at = this.#base + found;
      this.#hold(at + 1);
      if (isBlockSync(this.#buffer, at - this.#base)) return at;
      at++;
    }
    return end;
  }

  /** Reads on until the byte at `position` is there; what stands before the search is given up. */
  #hold(position: number): void {
    while (position >= this.#base + this.#count) {
      const unused = this.#at - this.#base;
      const kept = this.#count - unused;
      if (unused > 0 && this.#count + PIECE_BYTES > this.#buffer.length) {
        this.#buffer.copyWithin(0, unused, this.#count);
        this.#base = this.#at;
        this.#count = kept;
      }
      if (this.#count + PIECE_BYTES > this.#buffer.length) {
        const larger = new Uint8Array(2 * this.#buffer.length);
        larger.set(this.#buffer.subarray(0, this.#count));
        this.#buffer = larger;
      }
      const from = this.#base + this.#count;
      const piece = this.#buffer.subarray(this.#count, this.#count + Math.min(PIECE_BYTES, this.#end - from));
      readExactly(this.#source, from, piece);
      this.#count += piece.length;
    }
  }
}
