/** What an Ogg stream's codec tells in its headers, and its decoder. */
import type { SampleLayout } from "../audioFile.js";

export interface PacketCodec {
  /** "Vorbis", "Opus", "FLAC 24-bit". */
  readonly name: string;
  /** Hz, of the decoded audio. */
  readonly sampleRate: number;
  readonly channels: number;
  /** Significant bits; `null` where the codec has none. */
  readonly bitDepth: number | null;
  readonly layout: SampleLayout;
  readonly sampleBytes: number;
  /** Whether the audio channels are those of loudspeakers. */
  readonly hasSpeakers: boolean;
  /** Frames at the beginning that only warm the decoder up. */
  readonly warmUpFrames: number;
  /** Comments, beginning with the vendor's length. */
  readonly comments: Uint8Array;
  start(): Promise<PacketDecoder>;
}

export interface PacketDecoder {
  /** Packets so far that could not be decoded. */
  readonly damages: number;
  /** The result is valid until the next call. */
  decode(packets: readonly Uint8Array[]): Promise<DecodedPackets>;
  free(): void;
}

export interface DecodedPackets {
  readonly frames: number;
  /** `count` frames from `start` on, interleaved in the codec's layout. */
  interleave(start: number, count: number): Uint8Array;
}
