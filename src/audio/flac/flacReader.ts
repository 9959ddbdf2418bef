/**
 * Frames by position from FLAC files, exactly as they were encoded. Blocks of FLAC stand alone, so a position is
 * found by seek points and by halving the file, and only the blocks asked for are decoded.
 *
 * Source: RFC 9639, "Free Lossless Audio Codec".
 */
import {
  AudioFileError,
  framesToRead,
  type AudioFile,
  type AudioFileInfo,
  type PcmFormat,
} from "../audioFile.js";
import { readExactly, type ByteSource } from "../byteSource.js";
import { pcmFormat } from "../pcm.js";
import { readChunkContents, type ChunkEntry } from "../riff.js";
import { fourCC } from "../riffGrammar.js";
import { ID3V2_HEADER_BYTES, id3v2Size } from "../tags/id3.js";
import { commentedMask, parseVorbisComments } from "../tags/vorbisComment.js";
import { interleaveIntegers, layoutOfDepth } from "./integers.js";
import { BlockFinder } from "./blockFinder.js";
import {
  BLOCK_TYPES,
  FLAC_MASKS,
  parseSeekTable,
  parseStreamInfo,
  STREAM_INFO_BYTES,
  type StreamInfo,
} from "./metadata.js";

/** A metadata block; `id` is its type as a number. */
export type MetadataBlock = ChunkEntry;

/** More than anybody needs, and few enough for a damaged file not to keep the reader busy. */
const MOST_METADATA_BLOCKS = 10_000;

export class FlacReader implements AudioFile {
  readonly info: AudioFileInfo;
  readonly pcm: PcmFormat;
  readonly blocks: readonly MetadataBlock[];
  /** Byte offset of the first block of audio. */
  readonly audioOffset: number;
  readonly #source: ByteSource;
  readonly #finder: BlockFinder;

  /**
   * Takes over `source`, which {@link close} closes; should opening fail, it stays the caller's.
   * @throws AudioFileError
   */
  constructor(source: ByteSource) {
    const warnings: string[] = [];
    const { blocks, audioOffset } = walkMetadata(source, warnings);
    const streamInfo = readStreamInfo(source, blocks);
    this.#source = source;
    this.blocks = blocks;
    this.audioOffset = audioOffset;
    const seekTable = this.#contents(BLOCK_TYPES.seekTable);
    this.#finder = new BlockFinder(
      source,
      streamInfo,
      audioOffset,
      seekTable ? parseSeekTable(seekTable) : [],
    );
    const comments = this.#contents(BLOCK_TYPES.vorbisComment);
    const layout = layoutOfDepth(streamInfo.bitDepth);
    this.pcm = pcmFormat(layout, streamInfo.channels);
    this.info = {
      path: source.name,
      container: "FLAC",
      codec: `FLAC ${streamInfo.bitDepth}-bit`,
      sampleRate: streamInfo.sampleRate,
      channels: streamInfo.channels,
      bitDepth: streamInfo.bitDepth,
      frames: this.#countFrames(streamInfo, warnings),
      channelMask:
        (comments && commentedMask(parseVorbisComments(comments))) || (FLAC_MASKS[streamInfo.channels] ?? 0),
      warnings,
    };
    this.#finder.onDamage = (offset, frame) =>
      warnings.push(
        `byte ${offset}: the audio is damaged near ${(frame / streamInfo.sampleRate).toFixed(3)} s; silence stands in for it`,
      );
  }

  readFrames(start: number, count: number, target: Uint8Array): number {
    const frames = framesToRead(this, start, count, target);
    const { frameBytes } = this.pcm;
    for (let done = 0; done < frames;) {
      const wanted = start + done;
      const { block, frame, until } = this.#finder.blockAt(wanted);
      const from = wanted - frame;
      const there = Math.min(frames - done, until - wanted);
      const part = target.subarray(done * frameBytes, (done + there) * frameBytes);
      if (block) interleaveIntegers(block, from, there, this.info.bitDepth, part);
      else part.fill(this.pcm.layout === "u8" ? 0x80 : 0);
      done += there;
    }
    return frames;
  }

  /** Contents of the first metadata block of this type. */
  readBlock(type: number): Uint8Array | undefined {
    return this.#contents(type);
  }

  close(): void {
    this.#source.close();
  }

  #contents(type: number): Uint8Array | undefined {
    const block = this.blocks.find(({ id }) => id === String(type));
    return block && readChunkContents(this.#source, block);
  }

  /** Frames that are really there. */
  #countFrames({ frames: stated }: StreamInfo, warnings: string[]): number {
    const available = this.#finder.endOfLastBlock();
    if (stated === 0 || stated === available) return available;
    if (stated < available) return stated;
    warnings.push(`the file is cut off or damaged: it says ${stated} frames, ${available} are there`);
    return available;
  }
}

function walkMetadata(
  source: ByteSource,
  warnings: string[],
): { blocks: MetadataBlock[]; audioOffset: number } {
  const head = new Uint8Array(Math.min(ID3V2_HEADER_BYTES, source.size));
  readExactly(source, 0, head);
  const start = id3v2Size(head);
  if (start > 0) warnings.push("byte 0: an ID3 tag stands before the FLAC stream");
  const blocks: MetadataBlock[] = [];
  let at = start + 4;
  for (let isLast = false; !isLast;) {
    const header = new Uint8Array(4);
    if (at + 4 > source.size || blocks.length === MOST_METADATA_BLOCKS) {
      throw new AudioFileError(
        source.name,
        at,
        "the FLAC metadata has no end: the file is cut off or damaged",
      );
    }
    readExactly(source, at, header);
    isLast = header[0]! >= 0x80;
    const size = (header[1]! << 16) | (header[2]! << 8) | header[3]!;
    if (at + 4 + size > source.size) {
      const sizes = `says ${size} bytes, ${source.size - at - 4} are there`;
      throw new AudioFileError(source.name, at, `a metadata block of the FLAC file is cut off: it ${sizes}`);
    }
    blocks.push({ id: String(header[0]! & 0x7f), offset: at + 4, size });
    at += 4 + size;
  }
  return { blocks, audioOffset: at };
}

function readStreamInfo(source: ByteSource, blocks: readonly MetadataBlock[]): StreamInfo {
  const block = blocks.find(({ id }) => id === String(BLOCK_TYPES.streamInfo));
  const bytes = new Uint8Array(Math.min(block?.size ?? 0, STREAM_INFO_BYTES));
  if (block) readExactly(source, block.offset, bytes);
  const info = parseStreamInfo(bytes);
  if (!info)
    throw new AudioFileError(source.name, block?.offset, "the FLAC stream info is missing or makes no sense");
  return info;
}

/** Whether `source`, which begins with `head`, is a FLAC file, be it behind an ID3 tag. */
export function isFlac(head: Uint8Array, source: ByteSource): boolean {
  const start = id3v2Size(head);
  const mark = new Uint8Array(4);
  return source.read(start, mark) === 4 && fourCC(mark, 0) === "fLaC";
}
