/**
 * Texts of ID3 tags. Sources: id3.org, "ID3 tag version 2.3.0" and "2.4.0 - Main Structure", "2.4.0 - Native
 * Frames", and of version 2.2.0; E. Kemp and M. Mutschler, "ID3v1.1".
 */
import { fourCC } from "../riffGrammar.js";
import { decodeText } from "./text.js";

/** A text frame; `id` as the file names it, with a description where it has one: "TIT2", "TXXX:ISRC". */
export interface Id3Text {
  readonly id: string;
  readonly value: string;
}

export const ID3V2_HEADER_BYTES = 10;
export const ID3V1_BYTES = 128;

/** Bytes of the whole tag that begins with `head`, header and footer included; 0 if none begins there. */
export function id3v2Size(head: Uint8Array): number {
  if (head.length < ID3V2_HEADER_BYTES || fourCC(head, 0).slice(0, 3) !== "ID3") return 0;
  if (head[3]! > 4 || head[3]! < 2 || head.subarray(6, 10).some((byte) => byte > 127)) return 0;
  const hasFooter = head[3] === 4 && (head[5]! & 0x10) !== 0;
  return ID3V2_HEADER_BYTES + syncSafe(head, 6) + (hasFooter ? ID3V2_HEADER_BYTES : 0);
}

/** Texts of a tag that begins at the first byte of `tag`. What is cut off or compressed is left out. */
export function parseId3v2(tag: Uint8Array): Id3Text[] {
  const size = id3v2Size(tag);
  if (size === 0) return [];
  const version = tag[3]!;
  const flags = tag[5]!;
  const body = tag.subarray(ID3V2_HEADER_BYTES, ID3V2_HEADER_BYTES + syncSafe(tag, 6));
  const isUnsynchronised = (flags & 0x80) !== 0 && version < 4;
  const frames = isUnsynchronised ? resynchronise(body) : body;
  const texts: Id3Text[] = [];
  for (let at = extendedHeaderSize(frames, version, flags); at < frames.length;) {
    const frame = frameAt(frames, at, version);
    if (!frame) break;
    texts.push(...textsOf(frame.id, frame.contents));
    at = frame.end;
  }
  return texts;
}

/** Texts of an ID3v1 tag, the last 128 bytes of a file; none if there is no such tag. */
export function parseId3v1(tail: Uint8Array): Id3Text[] {
  if (tail.length !== ID3V1_BYTES || fourCC(tail, 0).slice(0, 3) !== "TAG") return [];
  const text = (id: string, start: number, length: number): Id3Text => ({
    id,
    value: decodeText(tail.subarray(start, start + length)).trimEnd(),
  });
  const hasTrack = tail[125] === 0 && tail[126] !== 0;
  const texts = [
    text("Title", 3, 30),
    text("Artist", 33, 30),
    text("Album", 63, 30),
    text("Year", 93, 4),
    text("Comment", 97, hasTrack ? 28 : 30),
    ...(hasTrack ? [{ id: "Track", value: String(tail[126]) }] : []),
  ];
  return texts.filter(({ value }) => value !== "");
}

/** Bytes from which the frames start: behind an extended header, if there is one. */
function extendedHeaderSize(frames: Uint8Array, version: number, flags: number): number {
  if (version < 3 || (flags & 0x40) === 0 || frames.length < 4) return 0;
  return version === 4 ? syncSafe(frames, 0) : 4 + bigEndian(frames, 0, 4);
}

interface Frame {
  readonly id: string;
  /** Empty where it is compressed or encrypted. */
  readonly contents: Uint8Array;
  readonly end: number;
}

function frameAt(frames: Uint8Array, at: number, version: number): Frame | undefined {
  const idLength = version === 2 ? 3 : 4;
  const headerBytes = version === 2 ? 6 : 10;
  if (at + headerBytes > frames.length) return undefined;
  const id = fourCC(frames, at).slice(0, idLength);
  if (!/^[A-Z0-9]{3,4}$/.test(id)) return undefined;
  const start = at + headerBytes;
  const plain = bigEndian(frames, at + idLength, version === 2 ? 3 : 4);
  const size = version === 4 ? frameSizeOf4(frames, at, plain) : plain;
  const end = start + size;
  if (end > frames.length) return undefined;
  const contents = frames.subarray(start, end);
  if (version === 2) return { id, contents, end };
  return { id, contents: unwrap(contents, version, frames[at + 9]!), end };
}

/** Sizes of version 2.4 are sync-safe; some programs write plain ones, told by what then follows. */
function frameSizeOf4(frames: Uint8Array, at: number, plain: number): number {
  const safe = syncSafe(frames, at + 4);
  const isFrameOrEnd = (next: number): boolean =>
    next === frames.length || frames[next] === 0 || /^[A-Z0-9]{4}$/.test(fourCC(frames, next));
  return safe !== plain && !isFrameOrEnd(at + 10 + safe) && isFrameOrEnd(at + 10 + plain) ? plain : safe;
}

/** Contents without what the frame's format flags add; empty if compressed or encrypted. */
function unwrap(contents: Uint8Array, version: number, flags: number): Uint8Array {
  const isPacked = version === 4 ? (flags & 0x0c) !== 0 : (flags & 0xc0) !== 0;
  if (isPacked) return contents.subarray(0, 0);
  const hasGroup = version === 4 ? (flags & 0x40) !== 0 : (flags & 0x20) !== 0;
  const hasLength = version === 4 && (flags & 0x01) !== 0;
  const rest = contents.subarray((hasGroup ? 1 : 0) + (hasLength ? 4 : 0));
  return version === 4 && (flags & 0x02) !== 0 ? resynchronise(rest) : rest;
}

function textsOf(id: string, contents: Uint8Array): Id3Text[] {
  if (contents.length < 2) return [];
  const encoding = contents[0]!;
  if (id.startsWith("T")) {
    const [first = "", ...others] = strings(contents.subarray(1), encoding);
    const isDescribed = id === "TXXX" || id === "TXX";
    const values = (isDescribed ? others : [first, ...others]).filter((value) => value !== "");
    return [{ id: isDescribed ? `${id}:${first}` : id, value: values.join(" / ") }];
  }
  if (id === "COMM" || id === "COM" || id === "USLT" || id === "ULT") {
    // Three letters of language stand in front.
    const [description = "", value = ""] = strings(contents.subarray(4), encoding);
    return value === "" ? [] : [{ id: description === "" ? id : `${id}:${description}`, value }];
  }
  if (/^W[A-Z0-9]+$/.test(id) && id !== "WXXX" && id !== "WXX") return [{ id, value: decodeText(contents) }];
  return [];
}

const ENCODINGS = ["latin1", "utf-16", "utf-16be", "utf-8"] as const;

/** NUL-terminated strings in one of ID3's four encodings. */
function strings(bytes: Uint8Array, encoding: number): string[] {
  const name = ENCODINGS[encoding];
  if (name === undefined) return [];
  return split(bytes, name.startsWith("utf-16") ? 2 : 1).map((part) => {
    if (name === "latin1") return decodeText(part);
    if (name !== "utf-16") return new TextDecoder(name).decode(part);
    return new TextDecoder(part[0] === 0xfe && part[1] === 0xff ? "utf-16be" : "utf-16le").decode(part);
  });
}

/** Parts between NULs of `width` bytes; one at the very end closes the last part. */
function split(bytes: Uint8Array, width: number): Uint8Array[] {
  const parts: Uint8Array[] = [];
  let start = 0;
  for (let at = 0; at + width <= bytes.length; at += width) {
    if (bytes.subarray(at, at + width).some((byte) => byte !== 0)) continue;
    parts.push(bytes.subarray(start, at));
    start = at + width;
  }
  if (start < bytes.length) parts.push(bytes.subarray(start));
  return parts;
}

/** Takes out the zeros that keep FF from looking like a frame of MPEG audio. */
function resynchronise(bytes: Uint8Array): Uint8Array {
  return bytes.filter((byte, i) => byte !== 0 || bytes[i - 1] !== 0xff);
}

/** Four bytes of seven bits. */
function syncSafe(bytes: Uint8Array, offset: number): number {
  return bytes.subarray(offset, offset + 4).reduce((value, byte) => value * 128 + (byte & 127), 0);
}

function bigEndian(bytes: Uint8Array, offset: number, length: number): number {
  return bytes.subarray(offset, offset + length).reduce((value, byte) => value * 256 + byte, 0);
}
