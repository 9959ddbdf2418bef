/** MP3 (and layers I and II) through mpg123, without what encoders put before and behind the original. */
import { AudioFileError } from "../audioFile.js";
import type { FileTag } from "../audioFacts.js";
import { readExactly, type ByteSource } from "../byteSource.js";
import {
  interleaveFloats,
  quietly,
  type CompressedAudio,
  type CompressedInfo,
  type DecodedPiece,
} from "../compressed/compressedAudio.js";
import { meanBitRate, type FormatFacts } from "../facts/formatFacts.js";
import { id3FileTags } from "../facts/tagNames.js";
import { fourCC } from "../riffGrammar.js";
import { ID3V1_BYTES, ID3V2_HEADER_BYTES, id3v2Size, parseId3v1, parseId3v2 } from "../tags/id3.js";
import { parseEncoderTag } from "./encoderTag.js";
import { tailOf, trailingTagBytes } from "../tags/trailingTags.js";
import { beginsWithMpegSync, findMpegFrame, parseMpegHeader, type MpegHeader } from "./mpegHeader.js";

/** Where the first frame is looked for, behind the tags. */
const SEARCH_BYTES = 1 << 18;
/** Read and decoded at once. */
const PIECE_BYTES = 1 << 16;
/** A tag of texts; pictures may make it longer, and stand last. */
const LARGEST_TAG_BYTES = 8 * 2 ** 20;

export class MpegAudio implements CompressedAudio {
  readonly info: CompressedInfo;
  readonly facts: FormatFacts;
  readonly layout = "f32";
  readonly #source: ByteSource;
  readonly #start: number;
  readonly #end: number;
  readonly #warnings: string[] = [];

  /** @throws AudioFileError if there is no frame of MPEG audio */
  constructor(source: ByteSource) {
    const tagBytes = leadingTagBytes(source);
    const { at, header, frame } = findFirst(source, tagBytes);
    this.#source = source;
    this.#start = at;
    this.#end = source.size - trailingTagBytes(source);
    const tag = parseEncoderTag(frame, header);
    const audioBytes = this.#end - at;
    const estimate = Math.floor((audioBytes * 8 * header.sampleRate) / header.bitRate);
    const layer = ["I", "II", "III"][header.layer - 1] ?? "";
    this.info = {
      path: source.name,
      container: header.layer === 3 ? "MP3" : "MPEG audio",
      codec: `${header.version} Layer ${layer}`,
      sampleRate: header.sampleRate,
      channels: header.channels,
      bitDepth: null,
      frames: tag?.frames ?? estimate,
      channelMask: header.channels === 1 ? 0x4 : 0x3,
      warnings: this.#warnings,
    };
    this.facts = {
      bitRate: tag?.kind === "Xing" ? meanBitRate(audioBytes, this.info) : header.bitRate,
      isFloat: false,
      chunks: tagBytes > 0 ? [{ id: "ID3", offset: 0, size: tagBytes, meaning: "ID3 tag" }] : [],
      tags: [
        ...readTags(source, tagBytes),
        ...(tag && tag.encoder !== ""
          ? [{ origin: "MP3", id: tag.kind, name: "Encoder", value: tag.encoder }]
          : []),
      ],
      markers: [],
      loops: [],
    };
  }

  async *decode(): AsyncGenerator<DecodedPiece> {
    const { MPEGDecoder } = await import("mpg123-decoder");
    const decoder = new MPEGDecoder();
    await decoder.ready;
    const order = this.info.channels === 1 ? [0] : [0, 1];
    let damages = 0;
    try {
      for (let at = this.#start; at < this.#end; at += PIECE_BYTES) {
        const piece = new Uint8Array(Math.min(PIECE_BYTES, this.#end - at));
        readExactly(this.#source, at, piece);
        const decoded = quietly(() => decoder.decode(piece));
        if (decoded.errors.length > 0 && damages++ === 0) {
          this.#warnings.push(`byte ${at}: the audio is damaged here; what cannot be decoded is left out`);
        }
        if (decoded.samplesDecoded > 0 && decoded.sampleRate !== this.info.sampleRate) {
          this.#warnings.push(
            `byte ${at}: the sample rate changes to ${decoded.sampleRate} Hz; the rest is left out`,
          );
          return;
        }
        const bytes = interleaveFloats(decoded.channelData, 0, decoded.samplesDecoded, order);
        yield { bytes, fraction: (at + piece.length) / this.#source.size };
      }
    } finally {
      decoder.free();
    }
  }
}

/** Whether what begins with `head` is meant to be MPEG audio, with an ID3 tag before it or without, also if it is damaged. */
export function isMpegAudio(head: Uint8Array): boolean {
  return fourCC(head, 0).startsWith("ID3") || beginsWithMpegSync(head);
}

/** Bytes of the ID3 tags before the audio; some files have several. */
function leadingTagBytes(source: ByteSource): number {
  const head = new Uint8Array(ID3V2_HEADER_BYTES);
  let at = 0;
  for (let tags = 0; tags < 16; tags++) {
    const size = source.read(at, head) === head.length ? id3v2Size(head) : 0;
    if (size === 0 || at + size > source.size) break;
    at += size;
  }
  return at;
}

function findFirst(source: ByteSource, from: number): { at: number; header: MpegHeader; frame: Uint8Array } {
  const bytes = new Uint8Array(Math.min(SEARCH_BYTES, source.size - from));
  readExactly(source, from, bytes);
  const into = findMpegFrame(bytes);
  const header = parseMpegHeader(bytes, into);
  if (into < 0 || !header) {
    const where = from > 0 ? " behind the ID3 tag" : "";
    throw new AudioFileError(
      source.name,
      from,
      `no frame of MP3 (MPEG audio) was found in the ${bytes.length} bytes${where} from here on: the file is cut ` +
        `off, damaged or of another kind. Copy or download it again, or let another program repair it`,
    );
  }
  return { at: from + into, header, frame: bytes.subarray(into, into + header.bytes) };
}

function readTags(source: ByteSource, tagBytes: number): FileTag[] {
  const bytes = new Uint8Array(Math.min(tagBytes, LARGEST_TAG_BYTES));
  readExactly(source, 0, bytes);
  const modern = parseId3v2(bytes);
  // The old tag repeats the new one, cut to 30 letters.
  if (modern.length > 0) return id3FileTags(modern);
  return id3FileTags(parseId3v1(tailOf(source, ID3V1_BYTES)), "ID3v1");
}
