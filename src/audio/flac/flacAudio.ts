/** FLAC files through libFLAC (in the package @wasm-audio-decoders/flac). Source: RFC 9639. */
import { AudioFileError, BYTES_PER_SAMPLE, type SampleLayout } from "../audioFile.js";
import { readExactly, type ByteSource } from "../byteSource.js";
import {
  silentPieces,
  type CompressedAudio,
  type CompressedInfo,
  type DecodedPiece,
} from "../compressed/compressedAudio.js";
import { meanBitRate, type FormatFacts } from "../facts/formatFacts.js";
import { vorbisFileTags } from "../facts/tagNames.js";
import { readChunkContents, type ChunkEntry } from "../riff.js";
import { fourCC } from "../riffGrammar.js";
import { ID3V2_HEADER_BYTES, id3v2Size } from "../tags/id3.js";
import { trailingTagBytes } from "../tags/trailingTags.js";
import { commentedMask, parseVorbisComments } from "../tags/vorbisComment.js";
import { BlockPlacement } from "./blockPlacement.js";
import { FlacBlocks } from "./flacBlocks.js";
import { FlacDamages } from "./flacDamages.js";
import { FlacDecoder } from "./flacDecoder.js";
import { layoutOfDepth } from "./integers.js";
import {
  BLOCK_NAMES,
  BLOCK_TYPES,
  FLAC_MASKS,
  parseCueSheet,
  parseStreamInfo,
  STREAM_INFO_BYTES,
  type StreamInfo,
} from "./metadata.js";

/** A metadata block; `id` is its type as a number. */
type MetadataBlock = ChunkEntry;

/** More than anybody needs, and few enough for a damaged file not to keep the reader busy. */
const MOST_METADATA_BLOCKS = 10_000;
/** The decoder gives floats, which hold no more bits exactly. */
const MOST_BITS = 24;

export class FlacAudio implements CompressedAudio {
  readonly info: CompressedInfo;
  readonly facts: FormatFacts;
  readonly layout: SampleLayout;
  readonly #source: ByteSource;
  readonly #audioOffset: number;
  readonly #streamInfo: StreamInfo;
  readonly #warnings: string[] = [];

  /** @throws AudioFileError if the metadata are damaged, or its samples have more than 24 bits */
  constructor(source: ByteSource) {
    this.#source = source;
    const start = streamStart(source);
    if (start > 0) this.#warnings.push("byte 0: an ID3 tag stands before the FLAC stream");
    const { blocks, audioOffset } = walkMetadata(source, start);
    this.#audioOffset = audioOffset;
    const streamInfo = readStreamInfo(source, blocks);
    const { sampleRate, channels, bitDepth, frames } = streamInfo;
    const contents = (type: number): Uint8Array | undefined => {
      const block = blocks.find(({ id }) => id === String(type));
      return block && readChunkContents(source, block);
    };
    const comments = parseVorbisComments(contents(BLOCK_TYPES.vorbisComment) ?? new Uint8Array(0));
    this.#streamInfo = streamInfo;
    this.layout = layoutOfDepth(bitDepth);
    this.info = {
      path: source.name,
      container: "FLAC",
      codec: `FLAC ${bitDepth}-bit`,
      sampleRate,
      channels,
      bitDepth,
      frames,
      channelMask: commentedMask(comments) || (FLAC_MASKS[channels] ?? 0),
      warnings: this.#warnings,
    };
    this.facts = {
      bitRate: meanBitRate(source.size - audioOffset, this.info),
      isFloat: false,
      chunks: blocks.map(({ id, offset, size }) => {
        const [name, meaning] = BLOCK_NAMES[Number(id)] ?? [`block type ${id}`, "Unknown"];
        return { id: name, offset, size, meaning };
      }),
      tags: vorbisFileTags(comments),
      markers: parseCueSheet(contents(BLOCK_TYPES.cueSheet) ?? new Uint8Array(0)),
      loops: [],
    };
  }

  async *decode(): AsyncGenerator<DecodedPiece> {
    const source = this.#source;
    const stream = this.#streamInfo;
    const decoder = await FlacDecoder.start(stream);
    const end = source.size - trailingTagBytes(source);
    const blocks = new FlacBlocks(source, this.#audioOffset, end, longestBlockBytes(stream));
    const placement = new BlockPlacement(stream);
    const damages = new FlacDamages(stream.sampleRate);
    const frameBytes = stream.channels * BYTES_PER_SAMPLE[this.layout];
    const silent = (frames: number, fraction: number) =>
      silentPieces(frames, fraction, { frameBytes, layout: this.layout });
    try {
      for (let block = blocks.next(); block; block = blocks.next()) {
        const { header, offset, bytes, damagedFrom } = block;
        const at = placement.frames;
        const silence = placement.place(header, damagedFrom !== undefined);
        if (damagedFrom !== undefined) damages.add(damagedFrom, at, silence);
        const fraction = (offset + bytes.length) / source.size;
        yield* silent(silence, fraction);
        const sound = await decoder.decode(bytes, header.frames);
        if (!sound) damages.add(offset, placement.frames - header.frames, header.frames);
        if (sound) yield { bytes: sound, fraction };
        else yield* silent(header.frames, fraction);
      }
    } finally {
      decoder.free();
    }
    const { frames } = placement;
    const isCutOff = stream.frames > 0 && frames !== stream.frames;
    if (blocks.damagedFrom !== undefined && !isCutOff) damages.add(blocks.damagedFrom, frames, 0);
    this.#warnings.push(...damages.sentences);
    if (isCutOff) {
      const where = blocks.damagedFrom === undefined ? "" : `byte ${blocks.damagedFrom}: `;
      const count = `it says ${stream.frames} frames, ${frames} are there`;
      this.#warnings.push(`${where}the file is cut off or damaged: ${count}`);
    }
  }
}

/** A block without any compression, and some room. */
function longestBlockBytes({ blockFrames, channels, bitDepth }: StreamInfo): number {
  return blockFrames * channels * Math.ceil((bitDepth + 1) / 8) + 1024;
}

/** Whether `source` is a FLAC file, be it behind an ID3 tag. */
export function isFlac(source: ByteSource): boolean {
  const mark = new Uint8Array(4);
  return source.read(streamStart(source), mark) === 4 && fourCC(mark, 0) === "fLaC";
}

function streamStart(source: ByteSource): number {
  const head = new Uint8Array(Math.min(ID3V2_HEADER_BYTES, source.size));
  readExactly(source, 0, head);
  return id3v2Size(head);
}

function walkMetadata(
  source: ByteSource,
  start: number,
): { blocks: readonly MetadataBlock[]; audioOffset: number } {
  const blocks: MetadataBlock[] = [];
  let at = start + 4;
  for (let isLast = false; !isLast;) {
    const header = new Uint8Array(4);
    if (at + 4 > source.size || blocks.length === MOST_METADATA_BLOCKS) {
      const fault = "the FLAC metadata has no end: the file is cut off or damaged";
      throw new AudioFileError(source.name, at, fault);
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
  if (info.bitDepth > MOST_BITS) {
    const fault = `its samples have ${info.bitDepth} bits; at most ${MOST_BITS} can be read. Convert it to 24 bits`;
    throw new AudioFileError(source.name, block?.offset, fault);
  }
  return info;
}
