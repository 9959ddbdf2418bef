/** The first frame of an MP3 file. Source: ISO 11172-3, 2.4.1.3 and 2.4.2.3; ID3v2.4.0, section 3.1 (tag size). */
import type { ByteSource } from "../byteSource.js";

export interface MpegFrame {
  /** Byte of the file that it begins at. */
  readonly offset: number;
  readonly version: "MPEG-1" | "MPEG-2" | "MPEG-2.5";
  readonly channels: 1 | 2;
}

const VERSIONS = ["MPEG-2.5", undefined, "MPEG-2", "MPEG-1"] as const;
const MONO = 3;
const ID3_HEADER_BYTES = 10;
/** Junk between tag and first frame is passed over up to this many bytes. */
const LONGEST_SEARCH = 65536;

/** Whether a frame of Layer III, of a real bit rate and sample rate, may begin with `bytes`. */
export function isMpegFrame([first = 0, second = 0, third = 0]: Uint8Array): boolean {
  const isLayerThree = first === 0xff && (second & 0xe6) === 0xe2 && (second & 0x18) !== 0x08;
  return isLayerThree && third >> 4 !== 15 && (third & 0x0c) !== 0x0c;
}

/** The first frame, behind an ID3v2 tag if there is one; nothing if there is none near. */
export function firstMpegFrame(source: ByteSource): MpegFrame | undefined {
  const start = id3Bytes(source);
  const bytes = new Uint8Array(Math.max(0, Math.min(LONGEST_SEARCH, source.size - start)));
  const count = source.read(start, bytes);
  for (let at = 0; at + 4 <= count; at++) {
    const header = bytes.subarray(at, at + 4);
    const version = VERSIONS[(header[1]! >> 3) & 3];
    if (!isMpegFrame(header) || version === undefined) continue;
    return { offset: start + at, version, channels: header[3]! >> 6 === MONO ? 1 : 2 };
  }
  return undefined;
}

/** Bytes that an ID3v2 tag takes at the start of the file. */
function id3Bytes(source: ByteSource): number {
  const head = new Uint8Array(ID3_HEADER_BYTES);
  source.read(0, head);
  if (String.fromCharCode(...head.subarray(0, 3)) !== "ID3") return 0;
  return ID3_HEADER_BYTES + head.subarray(6).reduce((size, byte) => size * 128 + (byte & 0x7f), 0);
}
