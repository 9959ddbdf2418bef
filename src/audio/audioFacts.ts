/** What a file says of itself, for people: format, chunks, tags, markers. */
import type { CueMarker, SampleLoop } from "./tags/cue.js";

/** A chunk, block or box of the file. */
export interface FileChunk {
  readonly id: string;
  /** Bytes from the start of the file to its contents. */
  readonly offset: number;
  /** Bytes. */
  readonly size: number;
  /** What it is, for people: "Broadcast extension", "Title and names". */
  readonly meaning: string;
}

/** A text from the file: INFO entry, Vorbis comment, ID3 frame, field of `bext`. */
export interface FileTag {
  /** "INFO", "bext", "Vorbis comment", "ID3". */
  readonly origin: string;
  /** As the file names it: "INAM", "TITLE", "TIT2". */
  readonly id: string;
  /** For people: "Title". The id where it has no better name. */
  readonly name: string;
  readonly value: string;
}

export interface AudioFacts {
  readonly path: string;
  /** "WAV", "RF64", "FLAC", "MP3", "Ogg", "AIFF". */
  readonly container: string;
  /** "PCM 24-bit", "Vorbis", "Opus", "MPEG-1 Layer III". */
  readonly codec: string;
  /** Hz. */
  readonly sampleRate: number;
  readonly channels: number;
  readonly channelMask: number;
  /** Significant bits of a sample; `null` where the codec has none (lossy ones). */
  readonly bitDepth: number | null;
  readonly isFloat: boolean;
  readonly frames: number;
  /** Size of the file. */
  readonly bytes: number;
  /** Mean of the compressed audio, bit/s. */
  readonly bitRate: number;
  readonly chunks: readonly FileChunk[];
  readonly tags: readonly FileTag[];
  readonly markers: readonly CueMarker[];
  readonly loops: readonly SampleLoop[];
  /** First frame, counted from midnight, where the file has a `bext` chunk. */
  readonly timeReferenceFrames?: number;
  /** Plain sentences about what was odd. */
  readonly warnings: readonly string[];
}
