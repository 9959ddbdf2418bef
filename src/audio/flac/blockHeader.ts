/** Headers of FLAC's blocks. Source: RFC 9639, "Free Lossless Audio Codec", section 9.1. */

export interface BlockHeader {
  /** Number of the block, or of its first frame, as {@link isVariable} says. */
  readonly number: number;
  /** Blocks of different lengths, counted in frames. */
  readonly isVariable: boolean;
  /** Frames of audio in it. */
  readonly frames: number;
  /** Sample rate and bit depth as they are coded: the same in all blocks of a stream. */
  readonly format: number;
}

/** Longest header: sync and codes, number, block size, sample rate, checksum. */
export const LONGEST_HEADER_BYTES = 4 + 7 + 2 + 2 + 1;

/** CRC-8, polynomial x^8 + x^2 + x + 1, from 0. */
const CRC8 = Uint8Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 0x80 ? (value << 1) ^ 0x07 : value << 1;
  return value;
});

/** Whether the 15 bits with which every block begins stand at `at`. */
export function isBlockSync(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === 0xff && (bytes[at + 1]! & 0xfe) === 0xf8;
}

/** The header at `at`; nothing if none is there, if it is damaged, or cut off. */
export function parseBlockHeader(bytes: Uint8Array, at: number): BlockHeader | undefined {
  if (!isBlockSync(bytes, at) || at + 6 > bytes.length) return undefined;
  const [sizeCode, rateCode] = [bytes[at + 2]! >> 4, bytes[at + 2]! & 15];
  const [channelCode, depthCode] = [bytes[at + 3]! >> 4, (bytes[at + 3]! >> 1) & 7];
  const isReserved = (bytes[at + 3]! & 1) !== 0 || channelCode > 10 || depthCode === 3;
  if (sizeCode === 0 || rateCode === 15 || isReserved) return undefined;
  const coded = parseCodedNumber(bytes, at + 4);
  if (!coded) return undefined;
  let next = at + 4 + coded.bytes;
  let frames = sizeCode === 1 ? 192 : sizeCode < 6 ? 576 << (sizeCode - 2) : 1 << sizeCode;
  if (sizeCode === 6) frames = bytes[next++]! + 1;
  if (sizeCode === 7) frames = ((bytes[next]! << 8) | bytes[next + 1]!) + 1;
  if (sizeCode === 7) next += 2;
  if (rateCode === 12) next += 1;
  if (rateCode === 13 || rateCode === 14) next += 2;
  if (next >= bytes.length) return undefined;
  let crc = 0;
  for (let i = at; i < next; i++) crc = CRC8[crc ^ bytes[i]!]!;
  if (crc !== bytes[next]) return undefined;
  const isVariable = (bytes[at + 1]! & 1) === 1;
  return { number: coded.value, isVariable, frames, format: (rateCode << 3) | depthCode };
}

/** A number of up to 36 bits, coded as UTF-8 codes characters. */
function parseCodedNumber(bytes: Uint8Array, at: number): { value: number; bytes: number } | undefined {
  const first = bytes[at]!;
  if (first < 0x80) return { value: first, bytes: 1 };
  const length = Math.clz32(~(first << 24));
  if (length < 2 || length > 7 || at + length > bytes.length) return undefined;
  let value = first & (0x7f >> length);
  for (let i = 1; i < length; i++) {
    const byte = bytes[at + i]!;
    if (byte >> 6 !== 2) return undefined;
    value = value * 64 + (byte & 0x3f);
  }
  return { value, bytes: length };
}
