/** Puts into a finished WAV file what is known only when its sound has been measured. */
import { closeSync, fstatSync, fsyncSync, openSync, writeSync } from "node:fs";
import { fileByteSource } from "./byteSource.js";
import { copyChunk, type RiffChunk } from "./riffChunk.js";
import { walkRiff } from "./riff.js";

const GREATEST_U32 = 0xffffffff;
const RIFF_SIZE_OFFSET = 4;
/** Of `ds64`, behind its header: the RIFF size, 64 bits. */
const DS64_OFFSET = 20;

/**
 * Changes the file where it lies: one that nobody uses yet.
 *
 * @param path of a file that WavWriter has written
 * @param replaced contents by chunk, as long as those that are there
 * @param added chunks behind everything else
 * @throws RangeError if a chunk to be replaced is not there with that size, or the file would outgrow RIFF
 */
export function completeWav(
  path: string,
  replaced: Readonly<Record<string, Uint8Array>>,
  added: readonly RiffChunk[],
): void {
  const places = placesOf(path, replaced);
  const file = openSync(path, "r+");
  try {
    for (const { offset, bytes } of places) writeAll(file, bytes, offset);
    let end = fstatSync(file).size;
    for (const chunk of added) {
      const head = new Uint8Array(8);
      head.set(Array.from(chunk.id, (character) => character.charCodeAt(0)));
      new DataView(head.buffer).setUint32(4, chunk.size, true);
      writeAll(file, head, end);
      end += 8;
      copyChunk(chunk, (bytes) => {
        writeAll(file, bytes, end);
        end += bytes.length;
      });
      if (end % 2 === 1) writeAll(file, new Uint8Array(1), end++);
    }
    writeSize(file, end - 8, path);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function placesOf(
  path: string,
  replaced: Readonly<Record<string, Uint8Array>>,
): { readonly offset: number; readonly bytes: Uint8Array }[] {
  const source = fileByteSource(path);
  try {
    const { chunks } = walkRiff(source);
    return Object.entries(replaced).map(([id, bytes]) => {
      const chunk = chunks.find((each) => each.id === id);
      if (chunk?.size !== bytes.length)
        throw new RangeError(`${path}: chunk "${id}" is not ${bytes.length} bytes long`);
      return { offset: chunk.offset, bytes };
    });
  } finally {
    source.close();
  }
}

function writeSize(file: number, riffBytes: number, path: string): void {
  if (riffBytes <= GREATEST_U32) {
    const size = new Uint8Array(4);
    new DataView(size.buffer).setUint32(0, riffBytes, true);
    writeAll(file, size, RIFF_SIZE_OFFSET);
    return;
  }
  const source = fileByteSource(path);
  const isLong = walkRiff(source).container === "RF64";
  source.close();
  if (!isLong) throw new RangeError(`${path}: with its tags the file is longer than RIFF allows`);
  const size = new Uint8Array(8);
  new DataView(size.buffer).setBigUint64(0, BigInt(riffBytes), true);
  writeAll(file, size, DS64_OFFSET);
}

function writeAll(file: number, bytes: Uint8Array, position: number): void {
  for (let done = 0; done < bytes.length;)
    done += writeSync(file, bytes, done, bytes.length - done, position + done);
}
