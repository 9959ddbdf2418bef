/** Frames by position from any WAVE container and encoding; compressed ones come as 16-bit integers. */
import {
  AudioFileError,
  framesToRead,
  type AudioFile,
  type AudioFileInfo,
  type PcmFormat,
  type SampleLayout,
} from "./audioFile.js";
import { imaAdpcm, msAdpcm } from "./adpcm.js";
import { AdpcmBlocks } from "./adpcmBlocks.js";
import { readExactly, type ByteSource } from "./byteSource.js";
import { g711Reader, plainReader, wholeFrames, type FrameReader, type FrameStream } from "./frameStream.js";
import { A_LAW, MU_LAW } from "./g711.js";
import { pcmFormat } from "./pcm.js";
import { readChunkContents, walkRiff, type ChunkEntry, type RiffFile } from "./riff.js";
import { parseFormat, WavFormatError, type WavFormat } from "./wavFormat.js";

/** No `fmt ` chunk of a readable encoding is longer than this. */
const LONGEST_FORMAT = 4096;

export class WavReader implements AudioFile {
  readonly info: AudioFileInfo;
  readonly pcm: PcmFormat;
  /** All chunks in the order of the file, those of format and audio included. */
  readonly chunks: readonly ChunkEntry[];
  /** Whether numbers inside chunks are big-endian (RIFX). */
  readonly bigEndian: boolean;
  readonly #source: ByteSource;
  readonly #read: FrameReader;

  /**
   * Takes over `source`, which {@link close} closes; should opening fail, it stays the caller's.
   * @throws AudioFileError
   */
  constructor(source: ByteSource) {
    const riff = walkRiff(source);
    const warnings = [...riff.warnings];
    const format = readFormat(source, riff, warnings);
    const data = onlyChunk(source, riff, "data", warnings);
    const stream = openStream(source, riff, format, data, warnings);

    this.#source = source;
    this.#read = stream.read;
    this.chunks = riff.chunks;
    this.bigEndian = riff.bigEndian;
    this.pcm = stream.pcm;
    this.info = {
      path: source.name,
      container: riff.container === "RIFF" ? "WAV" : riff.container,
      codec: codecName(format),
      sampleRate: format.sampleRate,
      channels: format.channels,
      bitDepth: isPcm(format) ? format.validBits : 16,
      frames: stream.frames,
      channelMask: format.channelMask,
      warnings,
    };
  }

  readFrames(start: number, count: number, target: Uint8Array): number {
    const frames = framesToRead(this, start, count, target);
    const bytes = frames * this.pcm.frameBytes;
    if (frames > 0) this.#read(start, frames, target.subarray(0, bytes));
    return frames;
  }

  /**
   * Contents of the first chunk named `id` (and holding a list of `listType`, if given).
   * @throws AudioFileError if it is larger than 16 MiB: copy such a chunk with {@link readChunkBytes}
   */
  readChunk(id: string, listType?: string): Uint8Array | undefined {
    const chunk = this.chunks.find((entry) => entry.id === id && (!listType || entry.listType === listType));
    return chunk && readChunkContents(this.#source, chunk);
  }

  /**
   * Fills `target` from byte `position` of the contents of `chunk` on.
   * @returns bytes read; fewer than `target` holds only at the end of the chunk
   */
  readChunkBytes(chunk: ChunkEntry, position: number, target: Uint8Array): number {
    const count = Math.max(0, Math.min(target.length, chunk.size - position));
    readExactly(this.#source, chunk.offset + position, target.subarray(0, count));
    return count;
  }

  close(): void {
    this.#source.close();
  }
}

function readFormat(source: ByteSource, riff: RiffFile, warnings: string[]): WavFormat {
  const chunk = onlyChunk(source, riff, "fmt ", warnings);
  const bytes = new Uint8Array(Math.min(chunk.size, LONGEST_FORMAT));
  readExactly(source, chunk.offset, bytes);
  try {
    const format = parseFormat(bytes, riff.bigEndian);
    warnings.push(...format.warnings.map((warning) => `byte ${chunk.offset}: ${warning}`));
    return format;
  } catch (error) {
    if (!(error instanceof WavFormatError)) throw error;
    throw new AudioFileError(source.name, chunk.offset + error.offset, error.message);
  }
}

function onlyChunk(source: ByteSource, riff: RiffFile, id: string, warnings: string[]): ChunkEntry {
  const [first, second] = riff.chunks.filter((chunk) => chunk.id === id);
  if (!first) {
    const hint = riff.warnings[0];
    throw new AudioFileError(
      source.name,
      undefined,
      `there is no "${id}" chunk in it${hint ? ` (${hint})` : ""}`,
    );
  }
  if (second) warnings.push(`byte ${second.offset}: a second "${id}" chunk is ignored`);
  return first;
}

function openStream(
  source: ByteSource,
  riff: RiffFile,
  format: WavFormat,
  data: ChunkEntry,
  warnings: string[],
): FrameStream {
  const { channels, blockBytes } = format;
  const decoded = pcmFormat("s16", channels);
  switch (format.encoding) {
    case "msAdpcm":
    case "imaAdpcm":
      return { pcm: decoded, ...openAdpcm(source, riff, format, data, warnings) };
    case "alaw":
    case "mulaw": {
      const table = format.encoding === "alaw" ? A_LAW : MU_LAW;
      return {
        pcm: decoded,
        frames: wholeFrames(data, blockBytes, warnings),
        read: g711Reader(source, data, channels, table),
      };
    }
    case "pcm":
    case "float":
      return {
        pcm: pcmFormat(layoutOf(format), channels, riff.bigEndian),
        frames: wholeFrames(data, blockBytes, warnings),
        read: plainReader(source, data, blockBytes),
      };
  }
}

function openAdpcm(
  source: ByteSource,
  riff: RiffFile,
  format: WavFormat,
  data: ChunkEntry,
  warnings: string[],
): Pick<FrameStream, "frames" | "read"> {
  const { channels, blockBytes } = format;
  const codec = format.encoding === "msAdpcm" ? msAdpcm(channels, format.coefficients) : imaAdpcm(channels);
  const capacity = codec.framesIn(blockBytes);
  const declared = format.framesPerBlock;
  if (declared === 0 || declared > capacity) {
    warnings.push(
      `byte ${data.offset}: ADPCM blocks said to hold ${declared} frames; ${capacity} are assumed`,
    );
  }
  const framesPerBlock = declared === 0 || declared > capacity ? capacity : declared;
  const wholeBlocks = Math.floor(data.size / blockBytes);
  const inLastBlock = Math.min(framesPerBlock, codec.framesIn(data.size % blockBytes));
  const available = wholeBlocks * framesPerBlock + inLastBlock;
  // The last block is padded; only "fact" knows by how much.
  const stated = statedFrames(source, riff);
  const frames = stated > 0 ? Math.min(stated, available) : available;
  const blocks = new AdpcmBlocks(source, data, blockBytes, framesPerBlock, channels, codec);
  return { frames, read: (start, count, target) => blocks.read(start, count, target) };
}

/** Frames by the `fact` chunk; 0 where there is none. */
function statedFrames(source: ByteSource, riff: RiffFile): number {
  const fact = riff.chunks.find((chunk) => chunk.id === "fact");
  if (!fact || fact.size < 4) return 0;
  const bytes = new Uint8Array(4);
  readExactly(source, fact.offset, bytes);
  return new DataView(bytes.buffer).getUint32(0, !riff.bigEndian);
}

function isPcm({ encoding }: WavFormat): boolean {
  return encoding === "pcm" || encoding === "float";
}

function layoutOf({ encoding, containerBits }: WavFormat): SampleLayout {
  if (encoding === "float") return containerBits === 64 ? "f64" : "f32";
  return ({ 8: "u8", 16: "s16", 24: "s24", 32: "s32" } as const)[containerBits as 8 | 16 | 24 | 32];
}

function codecName({ encoding, validBits, containerBits }: WavFormat): string {
  switch (encoding) {
    case "pcm":
      return validBits === containerBits
        ? `PCM ${validBits}-bit`
        : `PCM ${validBits}-bit in ${containerBits}`;
    case "float":
      return `float ${containerBits}-bit`;
    case "alaw":
      return "A-law";
    case "mulaw":
      return "mu-law";
    case "msAdpcm":
      return "MS ADPCM";
    case "imaAdpcm":
      return "IMA ADPCM";
  }
}
