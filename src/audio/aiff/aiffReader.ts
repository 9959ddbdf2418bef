/** Frames by position from AIFF and AIFF-C files, and their other chunks. Sources as in `common.ts`. */
import {
  AudioFileError,
  framesToRead,
  type AudioFile,
  type AudioFileInfo,
  type PcmFormat,
} from "../audioFile.js";
import { readExactly, type ByteSource } from "../byteSource.js";
import {
  g711Reader,
  plainReader,
  wholeFrames,
  type FrameReader,
  type FrameStream,
  type SampleRun,
} from "../frameStream.js";
import { A_LAW, MU_LAW } from "../g711.js";
import { pcmFormat } from "../pcm.js";
import { readChunkContents, walkChunks, type ChunkEntry } from "../riff.js";
import { aiffGrammarOf } from "../riffGrammar.js";
import { AiffFormatError, parseCommon, type AiffFormat } from "./common.js";

/** No `COMM` chunk is longer than this: 22 bytes and a name of at most 255. */
const LONGEST_COMMON = 512;
/** Offset and block size before the samples. */
const SOUND_HEADER_BYTES = 8;

export class AiffReader implements AudioFile {
  readonly info: AudioFileInfo;
  readonly pcm: PcmFormat;
  /** All chunks in the order of the file, those of format and audio included. */
  readonly chunks: readonly ChunkEntry[];
  readonly #source: ByteSource;
  readonly #read: FrameReader;

  /**
   * Takes over `source`, which {@link close} closes; should opening fail, it stays the caller's.
   * @throws AudioFileError
   */
  constructor(source: ByteSource) {
    const head = new Uint8Array(Math.min(12, source.size));
    readExactly(source, 0, head);
    const grammar = aiffGrammarOf(head);
    if (!grammar) throw new AudioFileError(source.name, 0, "this is no AIFF file");
    const { chunks, warnings: oddities } = walkChunks(source, grammar);
    const warnings = [...oddities];
    const format = readFormat(source, find(source, chunks, "COMM", oddities), grammar.container === "AIFC");
    const stream = openStream(source, format, soundRun(source, chunks, format, warnings), warnings);

    this.#source = source;
    this.#read = stream.read;
    this.chunks = chunks;
    this.pcm = stream.pcm;
    this.info = {
      path: source.name,
      container: grammar.container === "AIFC" ? "AIFF-C" : "AIFF",
      codec: format.codec,
      sampleRate: format.sampleRate,
      channels: format.channels,
      bitDepth: format.bitDepth,
      frames: stream.frames,
      channelMask: 0,
      warnings,
    };
  }

  readFrames(start: number, count: number, target: Uint8Array): number {
    const frames = framesToRead(this, start, count, target);
    if (frames > 0) this.#read(start, frames, target.subarray(0, frames * this.pcm.frameBytes));
    return frames;
  }

  /**
   * Contents of all chunks named `id`, in the order of the file.
   * @throws AudioFileError if one is larger than 16 MiB
   */
  readChunks(id: string): Uint8Array[] {
    return this.chunks
      .filter((chunk) => chunk.id === id)
      .map((chunk) => readChunkContents(this.#source, chunk));
  }

  close(): void {
    this.#source.close();
  }
}

function find(
  source: ByteSource,
  chunks: readonly ChunkEntry[],
  id: string,
  oddities: readonly string[],
): ChunkEntry {
  const chunk = chunks.find((entry) => entry.id === id);
  if (chunk) return chunk;
  const hint = oddities[0] === undefined ? "" : ` (${oddities[0]})`;
  throw new AudioFileError(source.name, undefined, `there is no "${id}" chunk in it${hint}`);
}

function readFormat(source: ByteSource, chunk: ChunkEntry, isCompressed: boolean): AiffFormat {
  const bytes = new Uint8Array(Math.min(chunk.size, LONGEST_COMMON));
  readExactly(source, chunk.offset, bytes);
  try {
    return parseCommon(bytes, isCompressed);
  } catch (error) {
    if (!(error instanceof AiffFormatError)) throw error;
    throw new AudioFileError(source.name, chunk.offset + error.offset, error.message);
  }
}

/** Where the samples lie. A file that says it has no frames needs no `SSND`. */
function soundRun(
  source: ByteSource,
  chunks: readonly ChunkEntry[],
  format: AiffFormat,
  warnings: string[],
): SampleRun {
  if (format.frames === 0 && !chunks.some(({ id }) => id === "SSND")) return { offset: source.size, size: 0 };
  const chunk = find(source, chunks, "SSND", warnings);
  if (chunk.size < SOUND_HEADER_BYTES) return { offset: chunk.offset + chunk.size, size: 0 };
  const header = new Uint8Array(SOUND_HEADER_BYTES);
  readExactly(source, chunk.offset, header);
  const skipped = new DataView(header.buffer).getUint32(0);
  const available = chunk.size - SOUND_HEADER_BYTES;
  if (skipped > available) {
    throw new AudioFileError(
      source.name,
      chunk.offset,
      `"SSND" says that its samples begin after ${skipped} bytes; it has ${available}`,
    );
  }
  return { offset: chunk.offset + SOUND_HEADER_BYTES + skipped, size: available - skipped };
}

function openStream(source: ByteSource, format: AiffFormat, run: SampleRun, warnings: string[]): FrameStream {
  const { channels, storage } = format;
  switch (storage.kind) {
    case "s8": {
      const frames = statedFrames(format, run, channels, warnings);
      return { pcm: pcmFormat("u8", channels), frames, read: signedByteReader(source, run, channels) };
    }
    case "alaw":
    case "mulaw": {
      const table = storage.kind === "alaw" ? A_LAW : MU_LAW;
      const frames = statedFrames(format, run, channels, warnings);
      return { pcm: pcmFormat("s16", channels), frames, read: g711Reader(source, run, channels, table) };
    }
    case "pcm": {
      const pcm = pcmFormat(storage.layout, channels, storage.bigEndian);
      const frames = statedFrames(format, run, pcm.frameBytes, warnings);
      return { pcm, frames, read: plainReader(source, run, pcm.frameBytes) };
    }
  }
}

/** Frames that are there and that `COMM` counts; all that are there if it counts none, as in a stream. */
function statedFrames(format: AiffFormat, run: SampleRun, frameBytes: number, warnings: string[]): number {
  const stated = format.frames;
  const available = Math.floor(run.size / frameBytes);
  if (stated > 0 && stated <= available) return stated;
  if (stated !== available) {
    warnings.push(`byte ${run.offset}: "COMM" says ${stated} frames, ${available} are there`);
  }
  return wholeFrames(run, frameBytes, warnings);
}

/** Signed bytes as unsigned ones. */
function signedByteReader(source: ByteSource, run: SampleRun, channels: number): FrameReader {
  const read = plainReader(source, run, channels);
  return (start, count, target) => {
    read(start, count, target);
    for (let i = 0; i < target.length; i++) target[i]! ^= 0x80;
  };
}
