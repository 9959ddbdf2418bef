/** Chunks on their way into a file. */
import { isFourCC } from "./riffGrammar.js";
import type { WavReader } from "./wavReader.js";

/** A chunk to be written; its contents are fetched piecewise, so that a large one never lies in memory. */
export interface RiffChunk {
  /** Four characters. */
  readonly id: string;
  /** Bytes of contents, without padding. */
  readonly size: number;
  /** Fills `target` from byte `position` of the contents on; returns the bytes read. */
  read(position: number, target: Uint8Array): number;
}

/** A chunk with these contents. */
export function riffChunk(id: string, contents: Uint8Array): RiffChunk {
  return {
    id,
    size: contents.length,
    read(position, target) {
      const bytes = contents.subarray(position, position + target.length);
      target.set(bytes);
      return bytes.length;
    },
  };
}

/** Chunks that the writer makes itself. */
const OWN_CHUNKS = new Set(["fmt ", "data", "fact", "ds64", "JUNK"]);
/** Chunks of text or bytes, in which the byte order of the file plays no part. */
const ORDERLESS_CHUNKS = new Set(["iXML", "axml", "aXML", "_PMX", "XMP ", "id3 ", "ID3 ", "chna", "ubxt"]);

export interface ForeignChunks {
  /** To be handed to `WavWriter`; they read from `reader`, which must stay open until then. */
  readonly chunks: readonly RiffChunk[];
  /** Names of those that a RIFF file cannot take over. */
  readonly lost: readonly string[];
}

/**
 * Everything in a file but format, audio and padding, to be carried over byte for byte in a rewrite.
 * Lost are chunks of RIFX files that hold numbers (their byte order cannot be turned without knowing
 * them), and chunks of Wave64 files that have no four-character name.
 */
export function foreignChunks(reader: WavReader): ForeignChunks {
  const foreign = reader.chunks.filter(({ id }) => !OWN_CHUNKS.has(id));
  const fits = (id: string) => isFourCC(id) && (!reader.bigEndian || ORDERLESS_CHUNKS.has(id));
  const kept = foreign.filter(({ id }) => fits(id));
  return {
    lost: foreign.filter(({ id }) => !fits(id)).map(({ id }) => id),
    chunks: kept.map((entry) => ({
      id: entry.id,
      size: entry.size,
      read: (position, target) => reader.readChunkBytes(entry, position, target),
    })),
  };
}

/**
 * Hands the contents of `chunk` to `write` in pieces of at most 64 KiB.
 * @throws RangeError if the chunk gives fewer bytes than its size
 */
export function copyChunk(chunk: RiffChunk, write: (bytes: Uint8Array) => void): void {
  const piece = new Uint8Array(Math.min(chunk.size, 65536));
  for (let position = 0; position < chunk.size;) {
    const count = chunk.read(position, piece.subarray(0, Math.min(piece.length, chunk.size - position)));
    if (count === 0) throw new RangeError(`chunk "${chunk.id}" ends at byte ${position} of ${chunk.size}`);
    write(piece.subarray(0, count));
    position += count;
  }
}
