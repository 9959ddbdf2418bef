/** Ogg Vorbis, Opus and FLAC. Sources: "Vorbis I specification"; RFC 7845; RFC 9639, section 10.1. */
import { AudioFileError } from "../audioFile.js";
import type { ByteSource } from "../byteSource.js";
import {
  silentPieces,
  type CompressedAudio,
  type CompressedInfo,
  type DecodedPiece,
} from "../compressed/compressedAudio.js";
import { meanBitRate, type FormatFacts } from "../facts/formatFacts.js";
import { vorbisFileTags } from "../facts/tagNames.js";
import { fourCC } from "../riffGrammar.js";
import { commentedMask, parseVorbisComments } from "../tags/vorbisComment.js";
import { FLAC_MASKS } from "../flac/metadata.js";
import { flacCodec } from "./flacCodec.js";
import type { PacketCodec } from "./packetCodec.js";
import { audioPages, openOggStream, type OggStream } from "./oggStream.js";
import { OggPackets } from "./oggPages.js";
import { opusCodec } from "./opusCodec.js";
import { OggTimeline } from "./timeline.js";
import { vorbisCodec } from "./vorbisCodec.js";

export class OggAudio implements CompressedAudio {
  readonly info: CompressedInfo;
  readonly facts: FormatFacts;
  readonly layout;
  readonly #source: ByteSource;
  readonly #stream: OggStream;
  readonly #codec: PacketCodec;
  readonly #warnings: string[] = [];

  /** @throws AudioFileError if the file holds no audio that can be read */
  constructor(source: ByteSource) {
    const stream = openOggStream(source);
    const codec = codecOf(source, stream);
    const comments = parseVorbisComments(codec.comments);
    const { sampleRate, channels } = codec;
    const frames = Math.max(0, stream.lastGranule - codec.warmUpFrames);
    this.#source = source;
    this.#stream = stream;
    this.#codec = codec;
    this.layout = codec.layout;
    this.info = {
      path: source.name,
      container: "Ogg",
      codec: codec.name,
      sampleRate,
      channels,
      bitDepth: codec.bitDepth,
      frames,
      channelMask: commentedMask(comments) || (codec.hasSpeakers ? (FLAC_MASKS[channels] ?? 0) : 0),
      warnings: this.#warnings,
    };
    this.facts = {
      bitRate: meanBitRate(source.size - stream.audioOffset, this.info),
      isFloat: false,
      chunks: [],
      tags: vorbisFileTags(comments.filter((comment) => !/^METADATA_BLOCK_PICTURE=/i.test(comment))),
      markers: [],
      loops: [],
    };
  }

  async *decode(): AsyncGenerator<DecodedPiece> {
    const decoder = await this.#codec.start();
    const timeline = new OggTimeline(this.info.sampleRate, this.#codec.warmUpFrames);
    const packets = new OggPackets();
    const { channels, sampleBytes, layout } = this.#codec;
    const frameBytes = channels * sampleBytes;
    try {
      for (const page of audioPages(this.#source, this.#stream, this.#warnings)) {
        const decoded = await decoder.decode(packets.take(page));
        const { silence, skip, take } = timeline.place(decoded.frames, page.granule, page.isLast);
        const fraction = (page.offset + page.size) / this.#source.size;
        yield* silentPieces(silence, fraction, { frameBytes, layout });
        if (take > 0) yield { bytes: decoded.interleave(skip, take), fraction };
      }
      if (decoder.damages > 0) {
        this.#warnings.push(
          `${decoder.damages} packets of ${this.#stream.codec} are damaged; they are left out`,
        );
      }
    } finally {
      decoder.free();
    }
  }
}

export function isOgg(head: Uint8Array): boolean {
  return fourCC(head, 0) === "OggS";
}

function codecOf(source: ByteSource, stream: OggStream): PacketCodec {
  const open = { Vorbis: vorbisCodec, Opus: opusCodec, FLAC: flacCodec }[stream.codec];
  const codec = open(stream.headers);
  if (codec) return codec;
  throw new AudioFileError(source.name, 0, `the headers of the ${stream.codec} stream make no sense`);
}
