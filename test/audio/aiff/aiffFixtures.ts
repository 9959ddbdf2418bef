/** AIFF files made byte by byte. */
import { memoryByteSource } from "../../../src/audio/byteSource.js";
import { AiffReader } from "../../../src/audio/aiff/aiffReader.js";
import { bytesOf, chunkBytes, concat, u16, u32, type Chunk } from "../wavFixtures.js";

/** 48000 Hz as an 80-bit extended number: 48000 = 0.732... x 2^16. */
const RATE_48000 = Uint8Array.of(0x40, 0x0e, 0xbb, 0x80, 0, 0, 0, 0, 0, 0);

/** @param type compression type of an AIFF-C file */
export function comm(
  channels: number,
  frames: number,
  bits: number,
  type?: string,
  rate = RATE_48000,
): Chunk {
  const name = type === undefined ? new Uint8Array(0) : concat(bytesOf(type), bytesOf("\x03abc"));
  return { id: "COMM", bytes: concat(u16(channels, true), u32(frames, true), u16(bits, true), rate, name) };
}

/** @param skipped bytes between the header and the samples */
export function ssnd(samples: Uint8Array, skipped = 0): Chunk {
  return {
    id: "SSND",
    bytes: concat(u32(skipped, true), u32(0, true), new Uint8Array(skipped).fill(0x55), samples),
  };
}

export function aiff(form: "AIFF" | "AIFC", ...chunks: readonly Chunk[]): Uint8Array {
  const body = concat(bytesOf(form), ...chunks.map((chunk) => chunkBytes(chunk, true)));
  return concat(bytesOf("FORM"), u32(body.length, true), body);
}

/** An entry of `MARK`: number, frame, name with its length, padded. */
export function mark(number: number, frame: number, name: string): Uint8Array {
  const padding = new Uint8Array((1 + name.length) % 2);
  return concat(u16(number, true), u32(frame, true), Uint8Array.of(name.length), bytesOf(name), padding);
}

export function aiffReaderOf(bytes: Uint8Array): AiffReader {
  return new AiffReader(memoryByteSource(bytes, "test.aiff"));
}
