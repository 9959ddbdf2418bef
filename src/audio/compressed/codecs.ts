/** Compressed kinds of audio: how each is told by its first bytes, and its decoder. Decoders are loaded when needed. */
import type { ByteSource } from "../byteSource.js";
import { firstMpegFrame, isMpegFrame } from "./mpegFrame.js";

/** Samples as the decoders give them: planar floats, one array per audio channel. */
export interface Decoded {
  readonly channelData: readonly Float32Array[];
  readonly samplesDecoded: number;
  /** Hz; 0 before the first frame. */
  readonly sampleRate: number;
  /** Bits of an integer sample, where the codec is lossless. */
  readonly bitDepth?: number;
  readonly errors: readonly { readonly message: string }[];
}

/** What the packages' decoder classes have in common. */
export interface Decoder {
  readonly ready: Promise<void>;
  decode(bytes: Uint8Array): Decoded | Promise<Decoded>;
  /** What is still on its way at the end of the file. */
  flush?(): Promise<Decoded>;
  free(): void;
}

export interface Codec {
  /** For people: "FLAC", "MP3". */
  readonly name: string;
  /** Integers in full precision; the others give floats that may pass full scale. */
  readonly isLossless: boolean;
  /** Whether several audio channels come in the order of Vorbis. */
  readonly hasVorbisOrder: boolean;
  /** Audio channels that the file has, where the decoder gives more. */
  readonly channelsOf?: (source: ByteSource) => number | undefined;
  readonly matches: (head: Uint8Array) => boolean;
  readonly create: () => Promise<Decoder>;
}

const createFlac = async (): Promise<Decoder> =>
  new (await import("@wasm-audio-decoders/flac")).FLACDecoder();

/** First match wins. */
const CODECS: readonly Codec[] = [
  {
    name: "FLAC",
    isLossless: true,
    hasVorbisOrder: false,
    matches: (head) => startsWith(head, 0, "fLaC"),
    create: createFlac,
  },
  {
    name: "Ogg FLAC",
    isLossless: true,
    hasVorbisOrder: false,
    matches: (head) => isOggOf(head, "\x7fFLAC"),
    create: createFlac,
  },
  {
    name: "Ogg Vorbis",
    isLossless: false,
    hasVorbisOrder: true,
    matches: (head) => isOggOf(head, "\x01vorbis"),
    create: async () => new (await import("@wasm-audio-decoders/ogg-vorbis")).OggVorbisDecoder(),
  },
  {
    name: "Opus",
    isLossless: false,
    hasVorbisOrder: true,
    matches: (head) => isOggOf(head, "OpusHead"),
    create: async () => new (await import("ogg-opus-decoder")).OggOpusDecoder(),
  },
  {
    name: "MP3",
    isLossless: false,
    hasVorbisOrder: false,
    // The decoder gives two equal channels for one.
    channelsOf: (source) => firstMpegFrame(source)?.channels,
    matches: (head) => startsWith(head, 0, "ID3") || isMpegFrame(head),
    create: async () => new (await import("mpg123-decoder")).MPEGDecoder(),
  },
];

/** The codec of a file that begins with `head` (at least 64 bytes, or the whole file), if it is one of these. */
export function codecOf(head: Uint8Array): Codec | undefined {
  return CODECS.find(({ matches }) => matches(head));
}

/** RFC 3533, section 6: the first packet of an Ogg stream lies behind the page's header and its segment table. */
function isOggOf(head: Uint8Array, packetStart: string): boolean {
  const segments = head[26] ?? 0;
  return startsWith(head, 0, "OggS") && startsWith(head, 27 + segments, packetStart);
}

function startsWith(bytes: Uint8Array, offset: number, text: string): boolean {
  return Array.from(text).every((character, i) => bytes[offset + i] === character.charCodeAt(0));
}
