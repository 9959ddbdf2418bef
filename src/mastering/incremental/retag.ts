/** Changes texts of tags where they lie, if they stay as long: the file is then as if it had been written so. */
import { closeSync, fsyncSync, openSync, readSync, writeSync } from "node:fs";
import { fileByteSource, readExactly, type ByteSource } from "../../audio/byteSource.js";
import { walkRiff } from "../../audio/riff.js";
import { id3v2Size, ID3V2_HEADER_BYTES } from "../../audio/tags/id3.js";
import type { DeliveredFile } from "../results.js";
import type { TagChange } from "./reuseJob.js";

/** @returns whether all texts were found and changed; if not, the file may be half changed: throw it away */
export function retag(path: string, format: DeliveredFile["format"], changes: readonly TagChange[]): boolean {
  const place = placeOf(path, format);
  if (!place) return false;
  const file = openSync(path, "r+");
  try {
    const tags = Buffer.alloc(place.size);
    readSync(file, tags, 0, place.size, place.offset);
    const encoding = format === "flac" ? "utf8" : "utf16le";
    for (const change of changes) if (!replace(tags, change, encoding)) return false;
    writeSync(file, tags, 0, place.size, place.offset);
    fsyncSync(file);
    return true;
  } finally {
    closeSync(file);
  }
}

/** Bytes between a tag's name and its text, at most. */
const FARTHEST = 16;

function replace(tags: Buffer, { name, before, after }: TagChange, encoding: BufferEncoding): boolean {
  const [key, old, text] = [name, before, after].map((each) => Buffer.from(each, encoding));
  const at = tags.indexOf(key!);
  if (at < 0 || old!.length !== text!.length) return false;
  const from = at + key!.length;
  const found = tags.indexOf(old!, from);
  if (found < 0 || found > from + FARTHEST) return false;
  text!.copy(tags, found);
  return true;
}

function placeOf(
  path: string,
  format: DeliveredFile["format"],
): { readonly offset: number; readonly size: number } | undefined {
  const source = fileByteSource(path);
  try {
    if (format === "wav") return walkRiff(source).chunks.find(({ id }) => id === "id3 ");
    if (format === "flac") return { offset: 0, size: flacHeadSize(source) };
    const head = new Uint8Array(ID3V2_HEADER_BYTES);
    readExactly(source, 0, head);
    return { offset: 0, size: id3v2Size(head) };
  } finally {
    source.close();
  }
}

/** Bytes before the first frame. Source: RFC 9639, section 8.1. */
function flacHeadSize(source: ByteSource): number {
  const head = new Uint8Array(4);
  for (let at = 4; ;) {
    readExactly(source, at, head);
    at += 4 + ((head[1]! << 16) | (head[2]! << 8) | head[3]!);
    if ((head[0]! & 0x80) !== 0) return at;
  }
}
