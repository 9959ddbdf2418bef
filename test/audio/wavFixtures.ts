/** WAVE files made byte by byte, independent of the writer under test. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import type { AudioFile } from "../../src/audio/audioFile.js";
import { memoryByteSource } from "../../src/audio/byteSource.js";
import { WavReader } from "../../src/audio/wavReader.js";

export interface Chunk {
  readonly id: string;
  readonly bytes: Uint8Array;
  /** Size field, if it is to differ from the length of `bytes`. */
  readonly says?: number;
}

export type Container = "RIFF" | "RIFX" | "RF64" | "BW64";

export function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(Buffer.concat(parts));
}

/** `count` bytes 1, 2, 3 ... 255, 0, 1 ... */
export function counting(count: number): Uint8Array {
  return Uint8Array.from({ length: count }, (_, i) => i + 1);
}

export function u16(value: number, bigEndian = false): Uint8Array {
  const bytes = new Uint8Array(2);
  new DataView(bytes.buffer).setUint16(0, value, !bigEndian);
  return bytes;
}

export function u32(value: number, bigEndian = false): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value, !bigEndian);
  return bytes;
}

export function u64(value: bigint): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, value, true);
  return bytes;
}

/** A plain `fmt ` chunk of 16 bytes. */
export function fmt(
  tag: number,
  channels: number,
  bits: number,
  bigEndian = false,
  sampleRate = 48000,
): Chunk {
  const block = channels * Math.ceil(bits / 8);
  const fields = [u16(tag, bigEndian), u16(channels, bigEndian), u32(sampleRate, bigEndian)];
  const rest = [u32(sampleRate * block, bigEndian), u16(block, bigEndian), u16(bits, bigEndian)];
  return { id: "fmt ", bytes: concat(...fields, ...rest) };
}

/** An extensible `fmt ` chunk of 40 bytes. */
export function extensibleFmt(
  tag: number,
  channels: number,
  bits: number,
  validBits: number,
  mask: number,
): Chunk {
  const guidTail = Uint8Array.of(0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xaa, 0, 0x38, 0x9b, 0x71);
  const extension = concat(u16(22), u16(validBits), u32(mask), u16(tag), guidTail);
  return { id: "fmt ", bytes: concat(fmt(0xfffe, channels, bits).bytes, extension) };
}

export function data(bytes: Uint8Array, says?: number): Chunk {
  return { id: "data", bytes, ...(says !== undefined && { says }) };
}

export function chunkBytes({ id, bytes, says }: Chunk, bigEndian = false): Uint8Array {
  return concat(bytesOf(id), u32(says ?? bytes.length, bigEndian), bytes, new Uint8Array(bytes.length % 2));
}

export function wav(container: Container, ...chunks: readonly Chunk[]): Uint8Array {
  const bigEndian = container === "RIFX";
  const body = concat(bytesOf("WAVE"), ...chunks.map((chunk) => chunkBytes(chunk, bigEndian)));
  const size = container === "RIFF" || bigEndian ? body.length : 0xffffffff;
  return concat(bytesOf(container), u32(size, bigEndian), body);
}

const WAVE64_TAIL = Uint8Array.of(0xf3, 0xac, 0xd3, 0x11, 0x8c, 0xd1, 0x00, 0xc0, 0x4f, 0x8e, 0xdb, 0x8a);
const WAVE64_RIFF = concat(
  bytesOf("riff"),
  Uint8Array.of(0x2e, 0x91, 0xcf, 0x11, 0xa5, 0xd6, 0x28, 0xdb, 4, 0xc1, 0, 0),
);

/** A chunk's id is its four characters, or a whole GUID as 32 hexadecimal digits. */
export function wave64(...chunks: readonly Chunk[]): Uint8Array {
  const parts = chunks.map(({ id, bytes, says }) => {
    const padding = new Uint8Array((8 - (bytes.length % 8)) % 8);
    const guid = id.length === 32 ? Buffer.from(id, "hex") : concat(bytesOf(id), WAVE64_TAIL);
    return concat(guid, u64(BigInt(says ?? bytes.length) + 24n), bytes, padding);
  });
  const body = concat(bytesOf("wave"), WAVE64_TAIL, ...parts);
  return concat(WAVE64_RIFF, u64(BigInt(body.length + 24)), body);
}

export function readerOf(bytes: Uint8Array): WavReader {
  return new WavReader(memoryByteSource(bytes, "test.wav"));
}

/** All frames of the file, in pieces of `frames`. */
export function readAll(reader: AudioFile, frames = 1000): Uint8Array {
  const bytes = new Uint8Array(reader.info.frames * reader.pcm.frameBytes);
  for (let at = 0; at < reader.info.frames;) {
    at += reader.readFrames(at, frames, bytes.subarray(at * reader.pcm.frameBytes));
  }
  return bytes;
}

/** A folder for this test file's outputs, removed when its tests are over. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "headroom-audio-"));
  after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
