/** Header of a block of FLAC audio (the standard calls it a frame). Source: RFC 9639, section 9.1. */
import { crc8 } from "./checksums.js";
import type { StreamInfo } from "./metadata.js";

export interface BlockHeader {
  /** Frames in the block. */
  readonly frames: number;
  /** Position of its first frame in the audio. */
  readonly start: number;
  /** 0 to 7: independent channels less one; 8 left and side, 9 side and right, 10 mid and side. */
  readonly assignment: number;
  /** Bytes of the header. */
  readonly bytes: number;
}

/** A header is no longer than this. */
export const LONGEST_HEADER = 16;

const RATES = [0, 88200, 176400, 192000, 8000, 16000, 22050, 24000, 32000, 44100, 48000, 96000];
const DEPTHS = [0, 8, 12, -1, 16, 20, 24, 32];

/** Reads the header at `at`; nothing if none that belongs to the stream begins there. */
export function parseBlockHeader(bytes: Uint8Array, at: number, info: StreamInfo): BlockHeader | undefined {
  if (bytes[at] !== 0xff || (bytes[at + 1]! & 0xfe) !== 0xf8 || at + 6 > bytes.length) return undefined;
  const hasFrameNumbers = (bytes[at + 1]! & 1) === 1;
  const [sizeCode, rateCode] = [bytes[at + 2]! >> 4, bytes[at + 2]! & 15];
  const [assignment, depthCode] = [bytes[at + 3]! >> 4, (bytes[at + 3]! >> 1) & 7];
  if (sizeCode === 0 || rateCode === 15 || assignment > 10 || (bytes[at + 3]! & 1) === 1) return undefined;
  if ((assignment < 8 ? assignment + 1 : 2) !== info.channels) return undefined;
  if (DEPTHS[depthCode] !== info.bitDepth && depthCode !== 0) return undefined;

  const number = codedNumber(bytes, at + 4);
  if (!number) return undefined;
  let next = number.next;
  const field = (length: number): number => {
    let value = 0;
    for (let i = 0; i < length; i++) value = value * 256 + (bytes[next++] ?? 0);
    return value;
  };
  const frames = sizeCode === 6 ? field(1) + 1 : sizeCode === 7 ? field(2) + 1 : codedSize(sizeCode);
  const rate = codedRate(rateCode, info.sampleRate, field);
  if (rate !== info.sampleRate || frames > info.greatestBlock || next >= bytes.length) return undefined;
  if (crc8(bytes, at, next) !== bytes[next]) return undefined;
  const start = hasFrameNumbers ? number.value : number.value * info.greatestBlock;
  return { frames, start, assignment, bytes: next + 1 - at };
}

function codedSize(code: number): number {
  if (code === 1) return 192;
  return code < 6 ? 576 << (code - 2) : 256 << (code - 8);
}

function codedRate(code: number, streamRate: number, field: (length: number) => number): number {
  if (code === 0) return streamRate;
  if (code === 12) return field(1) * 1000;
  if (code === 13) return field(2);
  if (code === 14) return field(2) * 10;
  return RATES[code] ?? 0;
}

/** A number of up to 36 bits, coded like a character of UTF-8 of up to seven bytes. */
function codedNumber(bytes: Uint8Array, at: number): { value: number; next: number } | undefined {
  const first = bytes[at]!;
  if (first < 0x80) return { value: first, next: at + 1 };
  const length = Math.clz32(~first << 24);
  if (length < 2 || length > 7 || at + length > bytes.length) return undefined;
  let value = first & (0x7f >> length);
  for (let i = 1; i < length; i++) {
    const byte = bytes[at + i]!;
    if ((byte & 0xc0) !== 0x80) return undefined;
    value = value * 64 + (byte & 0x3f);
  }
  return { value, next: at + length };
}
