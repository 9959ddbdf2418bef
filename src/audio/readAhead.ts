/** Fewer and larger reads for who reads a file in small pieces, one after the other, forwards or backwards. */
import type { ByteSource } from "./byteSource.js";

const PIECE_BYTES = 128 * 1024;

/** A source that reads ahead of what it is asked for; takes over `source`, whose bytes must not change meanwhile. */
export function readAhead(source: ByteSource): ByteSource {
  let piece: Uint8Array | undefined;
  /** What of the source is in the piece. */
  let [start, end] = [0, 0];
  const fill = (position: number, length: number): void => {
    piece ??= new Uint8Array(PIECE_BYTES);
    const isBefore = position < start && position + length >= start - PIECE_BYTES;
    start = isBefore ? Math.max(0, position + length - PIECE_BYTES) : position;
    end = start + source.read(start, piece);
  };
  return {
    name: source.name,
    size: source.size,
    read(position, target) {
      if (target.length > PIECE_BYTES / 2) return source.read(position, target);
      if (position < start || position + target.length > end) fill(position, target.length);
      if (!piece || position >= end) return 0;
      const read = piece.subarray(position - start, Math.min(position + target.length, end) - start);
      target.set(read);
      return read.length;
    },
    close: () => source.close(),
  };
}
