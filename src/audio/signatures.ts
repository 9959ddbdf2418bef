/** What a file is that is not read as audio, told by its first bytes, and what its owner can do. */
import { beginsWithMpegSync } from "./mpeg/mpegHeader.js";
import { fourCC } from "./riffGrammar.js";

interface Signature {
  readonly matches: (head: Uint8Array) => boolean;
  /** Completes "this is ...". */
  readonly what: string;
  /** Why not; by default that it cannot be read. */
  readonly fault?: string;
  readonly advice?: string;
}

/** Bytes that {@link describeUnreadable} wants to see. */
export const SIGNATURE_BYTES = 512;

/** For mixes and albums, whose sources are read at any frame; the audio editor decodes these kinds and never says this. */
const NEEDS_DECODING = "which can be played and measured, but not yet used in a mix or an album";
const CONVERT = "convert it to WAV first, for example with ffmpeg";

/** First match wins. */
const SIGNATURES: readonly Signature[] = [
  { matches: (head) => head.length === 0, what: "an empty file", advice: "record, export or copy it again" },
  {
    matches: beginsWith("version https://git-lfs"),
    what: "a Git LFS pointer in place of the audio",
    advice: `fetch the audio with "git lfs pull"`,
  },
  { matches: beginsWith("fLaC"), what: "a FLAC file", fault: NEEDS_DECODING, advice: CONVERT },
  {
    matches: beginsWith("ID3"),
    what: "an MP3 file (or another with an ID3 tag in front)",
    fault: NEEDS_DECODING,
    advice: CONVERT,
  },
  {
    matches: beginsWith("OggS"),
    what: "an Ogg file (Vorbis, Opus or FLAC)",
    fault: NEEDS_DECODING,
    advice: CONVERT,
  },
  { matches: (head) => fourCC(head, 4) === "ftyp", what: "an MP4 or M4A file", advice: CONVERT },
  { matches: beginsWith("caff"), what: "a Core Audio (CAF) file", advice: CONVERT },
  { matches: beginsWith(".snd"), what: "a Sun/NeXT AU file", advice: CONVERT },
  { matches: beginsWith("wvpk"), what: "a WavPack file", advice: CONVERT },
  { matches: beginsWith("MAC "), what: "a Monkey's Audio file", advice: CONVERT },
  { matches: beginsWith("\x30\x26\xb2\x75"), what: "a Windows Media (ASF) file", advice: CONVERT },
  { matches: beginsWith("\x1a\x45\xdf\xa3"), what: "a Matroska or WebM file", advice: CONVERT },
  {
    matches: beginsWith("MThd"),
    what: "a MIDI file, which holds notes and no sound",
    advice: "render it to WAV first",
  },
  { matches: beginsWith("PK\x03\x04"), what: "a ZIP archive", advice: "unpack it first" },
  { matches: isAac, what: "an AAC file", advice: CONVERT },
  { matches: beginsWithMpegSync, what: "an MP3 file", fault: NEEDS_DECODING, advice: CONVERT },
  { matches: beginsWith("\xff\xfe"), what: "a text file (UTF-16)" },
  {
    matches: (head) => head.every((byte) => byte === 0),
    what: "a file that begins with nothing but zeros",
    advice: "it was probably not copied or downloaded to its end; copy it again",
  },
  { matches: isText, what: "a text file" },
];

/** One sentence on a file that begins with `head` (at least {@link SIGNATURE_BYTES}, or the whole file). */
export function describeUnreadable(head: Uint8Array): string {
  const signature = SIGNATURES.find(({ matches }) => matches(head));
  if (!signature) return "this is no audio file of a kind that can be read (its first bytes are unknown)";
  const { what, fault = "which cannot be read", advice } = signature;
  return `this is ${what}, ${fault}${advice ? `; ${advice}` : ""}`;
}

function beginsWith(text: string): (head: Uint8Array) => boolean {
  return (head) => Array.from(text).every((character, i) => head[i] === character.charCodeAt(0));
}

/** ADTS, ISO 13818-7: twelve ones, version, layer 0. */
function isAac(head: Uint8Array): boolean {
  return head[0] === 0xff && (head[1]! & 0xf6) === 0xf0;
}

function isText(head: Uint8Array): boolean {
  return head.every((byte) => byte >= 0x20 || byte === 9 || byte === 10 || byte === 13);
}
