/** The contents of `LIST` chunks: a type, then small chunks. Source as in `riff.ts`. */
import { fourCC, isFourCC } from "../riffGrammar.js";

export interface ListEntry {
  readonly id: string;
  readonly bytes: Uint8Array;
}

/** The entries of a list of `type`; none if it is of another. Ends at the first that cannot be one. */
export function listEntries(contents: Uint8Array, type: string, bigEndian: boolean): ListEntry[] {
  const entries: ListEntry[] = [];
  if (fourCC(contents, 0) !== type) return entries;
  const view = new DataView(contents.buffer, contents.byteOffset, contents.byteLength);
  for (let at = 4; at + 8 <= contents.length;) {
    const id = fourCC(contents, at);
    const size = view.getUint32(at + 4, !bigEndian);
    if (!isFourCC(id) || at + 8 + size > contents.length) break;
    entries.push({ id, bytes: contents.subarray(at + 8, at + 8 + size) });
    at += 8 + size + (size % 2);
  }
  return entries;
}

/** Contents of a little-endian list. */
export function writeList(type: string, entries: readonly ListEntry[]): Uint8Array {
  const size = entries.reduce((sum, { bytes }) => sum + 8 + bytes.length + (bytes.length % 2), 4);
  const contents = new Uint8Array(size);
  const view = new DataView(contents.buffer);
  setFourCC(contents, 0, type);
  let at = 4;
  for (const { id, bytes } of entries) {
    setFourCC(contents, at, id);
    view.setUint32(at + 4, bytes.length, true);
    contents.set(bytes, at + 8);
    at += 8 + bytes.length + (bytes.length % 2);
  }
  return contents;
}

/** Writes four characters at `offset`. */
export function setFourCC(bytes: Uint8Array, offset: number, id: string): void {
  for (let i = 0; i < 4; i++) bytes[offset + i] = id.charCodeAt(i);
}
