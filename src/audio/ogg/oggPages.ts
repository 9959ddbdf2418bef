/** Pages and packets of Ogg. Source: RFC 3533, "The Ogg Encapsulation Format Version 0". */
import type { ByteSource } from "../byteSource.js";

export interface OggPage {
  /** Byte in the file. */
  readonly offset: number;
  /** Bytes of the page. */
  readonly size: number;
  readonly serial: number;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  /** Whether it begins in the middle of a packet. */
  readonly isContinued: boolean;
  /** Codec's position behind the last packet that ends here; -1 if none does. */
  readonly granule: number;
  /** What the page holds of each packet; the last one goes on in the next page unless {@link endsWhole}. */
  readonly parts: readonly Uint8Array[];
  readonly endsWhole: boolean;
}

const HEADER_BYTES = 27;
const LONGEST_PAGE = HEADER_BYTES + 255 + 255 * 255;
const WINDOW_BYTES = 1 << 18;

/** Walks through the pages of a file; bytes that are no page, or a damaged one, are skipped. */
export class OggPages {
  /** Byte of the next page. */
  position: number;
  /** Bytes skipped so far. */
  skipped = 0;
  readonly #source: ByteSource;
  #window = new Uint8Array(0);
  #windowOffset = 0;

  constructor(source: ByteSource, position = 0) {
    this.#source = source;
    this.position = position;
  }

  /** The next whole page; nothing at the end of the file. */
  next(): OggPage | undefined {
    while (this.position < this.#source.size) {
      const bytes = this.#bytes();
      const page = parsePage(bytes, this.position);
      if (page) {
        this.position += page.size;
        return page;
      }
      const next = indexOfCapture(bytes, 1);
      const step = next > 0 ? next : Math.max(1, bytes.length - 3);
      this.skipped += step;
      this.position += step;
    }
    return undefined;
  }

  /** Bytes from the position on: a whole page, or all to the end of the file. */
  #bytes(): Uint8Array {
    const into = this.position - this.#windowOffset;
    const end = this.#windowOffset + this.#window.length;
    const isEnough = into >= 0 && (end - this.position >= LONGEST_PAGE || end >= this.#source.size);
    if (isEnough) return this.#window.subarray(into);
    const window = new Uint8Array(Math.min(WINDOW_BYTES, this.#source.size - this.position));
    const count = this.#source.read(this.position, window);
    this.#window = window.subarray(0, count);
    this.#windowOffset = this.position;
    return this.#window;
  }
}

function parsePage(bytes: Uint8Array, offset: number): OggPage | undefined {
  if (bytes.length < HEADER_BYTES || indexOfCapture(bytes, 0, 1) !== 0 || bytes[4] !== 0) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const segments = bytes[26]!;
  const bodyOffset = HEADER_BYTES + segments;
  const lacing = bytes.subarray(HEADER_BYTES, bodyOffset);
  const size = bodyOffset + lacing.reduce((sum, length) => sum + length, 0);
  if (size > bytes.length || checksum(bytes.subarray(0, size)) !== view.getUint32(22, true)) return undefined;
  const parts: Uint8Array[] = [];
  let start = bodyOffset;
  let at = bodyOffset;
  for (const length of lacing) {
    at += length;
    if (length === 255) continue;
    parts.push(bytes.subarray(start, at));
    start = at;
  }
  const endsWhole = lacing.at(-1) !== 255;
  if (!endsWhole) parts.push(bytes.subarray(start, at));
  return {
    offset,
    size,
    serial: view.getUint32(14, true),
    isContinued: (bytes[5]! & 1) !== 0,
    isFirst: (bytes[5]! & 2) !== 0,
    isLast: (bytes[5]! & 4) !== 0,
    granule: Number(view.getBigInt64(6, true)),
    parts,
    endsWhole,
  };
}

/** Where "OggS" stands, from `from` on and, if given, up to `tries` places further; -1 if nowhere. */
function indexOfCapture(bytes: Uint8Array, from: number, tries = Infinity): number {
  for (let at = bytes.indexOf(0x4f, from); at >= 0 && at < from + tries; at = bytes.indexOf(0x4f, at + 1)) {
    if (bytes[at + 1] === 0x67 && bytes[at + 2] === 0x67 && bytes[at + 3] === 0x53) return at;
  }
  return -1;
}

/** Polynomial 04C11DB7, from 0, neither reflected nor inverted. */
const CRC = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte << 24;
  for (let bit = 0; bit < 8; bit++) value = value < 0 ? (value << 1) ^ 0x04c11db7 : value << 1;
  return value >>> 0;
});

/** Of a page, with zeros in place of its own checksum. */
function checksum(page: Uint8Array): number {
  let crc = 0;
  for (let i = 0; i < page.length; i++) {
    const byte = i >= 22 && i < 26 ? 0 : page[i]!;
    crc = (crc << 8) ^ CRC[(crc >>> 24) ^ byte]!;
  }
  return crc >>> 0;
}

/** Longer packets are not kept: headers with large pictures are the longest there are. */
const LONGEST_PACKET = 64 * 2 ** 20;

/** Puts the packets of one stream together from its pages. */
export class OggPackets {
  #pending: Uint8Array[] | undefined;
  #pendingBytes = 0;

  /** @returns the packets that end in `page`, whole; those that are empty or whose beginning is lost are left out */
  take(page: OggPage): Uint8Array[] {
    const packets: Uint8Array[] = [];
    page.parts.forEach((part, i) => {
      const begun = i === 0 && page.isContinued ? this.#pending : [];
      const isWhole = i < page.parts.length - 1 || page.endsWhole;
      const parts = begun && [...begun, part];
      if (isWhole) {
        const packet = Buffer.concat(parts ?? []);
        if (packet.length > 0) packets.push(Uint8Array.from(packet));
        this.#pending = undefined;
        this.#pendingBytes = 0;
        return;
      }
      this.#pendingBytes = (begun?.length ? this.#pendingBytes : 0) + part.length;
      // The page's bytes lie in a window that will be read over.
      this.#pending = parts && this.#pendingBytes <= LONGEST_PACKET ? [...begun, part.slice()] : undefined;
    });
    return packets;
  }
}
