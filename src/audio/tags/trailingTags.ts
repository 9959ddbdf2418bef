/** Tags that stand behind the audio. Source: id3.org, "ID3v1"; "APE Tags Header" by Hydrogenaudio. */
import { readExactly, type ByteSource } from "../byteSource.js";
import { fourCC } from "../riffGrammar.js";
import { ID3V1_BYTES } from "./id3.js";

/** Bytes of ID3v1 and APE tags behind the audio. */
export function trailingTagBytes(source: ByteSource): number {
  const tail = tailOf(source, ID3V1_BYTES);
  const id3Bytes = fourCC(tail, 0).startsWith("TAG") ? ID3V1_BYTES : 0;
  const footer = tailOf(source, 32 + id3Bytes);
  if (String.fromCharCode(...footer.subarray(0, 8)) !== "APETAGEX") return id3Bytes;
  const view = new DataView(footer.buffer);
  const hasHeader = view.getUint32(20, true) >= 0x80000000;
  const apeBytes = view.getUint32(12, true) + (hasHeader ? 32 : 0);
  return apeBytes + id3Bytes < source.size ? id3Bytes + apeBytes : id3Bytes;
}

/** The last `length` bytes, or all if there are fewer. */
export function tailOf(source: ByteSource, length: number): Uint8Array {
  const tail = new Uint8Array(Math.min(length, source.size));
  readExactly(source, source.size - tail.length, tail);
  return tail;
}
