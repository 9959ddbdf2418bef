/** A run of samples inside a file, read by position: what the plain encodings of WAV and AIFF share. */
import type { PcmFormat } from "./audioFile.js";
import { readExactly, type ByteSource } from "./byteSource.js";
import { decodeG711 } from "./g711.js";
import type { ChunkEntry } from "./riff.js";

/** Reads `count` frames, all of them inside the file, from `start` on into `target`. */
export type FrameReader = (start: number, count: number, target: Uint8Array) => void;

/** The part of a chunk that holds samples. */
export type SampleRun = Pick<ChunkEntry, "offset" | "size">;

export interface FrameStream {
  readonly pcm: PcmFormat;
  readonly frames: number;
  readonly read: FrameReader;
}

/** Frames of plain PCM as they lie in the file. */
export function plainReader(source: ByteSource, { offset }: SampleRun, frameBytes: number): FrameReader {
  return (start, _, target) => readExactly(source, offset + start * frameBytes, target);
}

/** Whole frames in `data`; the rest is worth a warning. */
export function wholeFrames(data: SampleRun, frameBytes: number, warnings: string[]): number {
  const frames = Math.floor(data.size / frameBytes);
  const rest = data.size - frames * frameBytes;
  if (rest > 0)
    warnings.push(`byte ${data.offset + frames * frameBytes}: the last ${rest} bytes are no whole frame`);
  return frames;
}

/** Codes of G.711, a byte each, as 16-bit integers. */
export function g711Reader(
  source: ByteSource,
  data: SampleRun,
  channels: number,
  table: Readonly<Int16Array>,
): FrameReader {
  return (start, count, target) => {
    const codes = target.subarray(count * channels);
    readExactly(source, data.offset + start * channels, codes);
    // The codes lie in the second half of the target: the decoder never overtakes itself.
    decodeG711(codes, table, target);
  };
}
