/**
 * What encoders note in the first frame of an MP3: number of frames, and how many of the decoded audio are none of
 * the original. Sources: G. Beauchesne et al., "Mp3 Info Tag revision 1"; Xing, "VBR header SDK".
 */
import { fourCC } from "../riffGrammar.js";
import type { MpegHeader } from "./mpegHeader.js";

export interface EncoderTag {
  /** "Xing": variable bit rate, "Info": constant. */
  readonly kind: "Xing" | "Info";
  /** Frames of audio, without the encoder's padding; `undefined` where the tag does not tell. */
  readonly frames: number | undefined;
  /** "LAME3.100", "Lavc60.3"; empty where it is not told. */
  readonly encoder: string;
}

/** @param frame the first frame of the stream, at least as far as it is there */
export function parseEncoderTag(frame: Uint8Array, header: MpegHeader): EncoderTag | undefined {
  if (header.layer !== 3) return undefined;
  // Behind the header and the side information.
  const isFirst = header.version === "MPEG-1";
  const at = 4 + (isFirst ? (header.channels === 1 ? 17 : 32) : header.channels === 1 ? 9 : 17);
  const kind = fourCC(frame, at);
  if ((kind !== "Xing" && kind !== "Info") || at + 8 > frame.length) return undefined;
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  const flags = view.getUint32(at + 4);
  let next = at + 8;
  const count = (flags & 1) !== 0 && next + 4 <= frame.length ? view.getUint32(next) : undefined;
  next += (flags & 1 ? 4 : 0) + (flags & 2 ? 4 : 0) + (flags & 4 ? 100 : 0) + (flags & 8 ? 4 : 0);
  if (next + 24 > frame.length) return { kind, frames: multiplied(count, header, 0), encoder: "" };
  const encoder = String.fromCharCode(...frame.subarray(next, next + 9))
    .replace(/[^\x20-\x7e].*$/s, "")
    .trim();
  const packed = (frame[next + 21]! << 16) | (frame[next + 22]! << 8) | frame[next + 23]!;
  const added = encoder === "" ? 0 : (packed >> 12) + (packed & 0xfff);
  return { kind, frames: multiplied(count, header, added), encoder };
}

function multiplied(count: number | undefined, header: MpegHeader, added: number): number | undefined {
  return count === undefined ? undefined : Math.max(0, count * header.frames - added);
}
