/** Opens what has to be decoded from its beginning: FLAC, MP3 and Ogg. */
import { readExactly, type ByteSource } from "../byteSource.js";
import { FlacAudio, isFlac } from "../flac/flacAudio.js";
import { isMpegAudio, MpegAudio } from "../mpeg/mpegAudio.js";
import { isOgg, OggAudio } from "../ogg/oggAudio.js";
import { SIGNATURE_BYTES } from "../signatures.js";
import type { CompressedAudio } from "./compressedAudio.js";

/**
 * The compressed audio in `source`, which must stay open while it is decoded; only its headers are read.
 * @returns nothing if the file is of no such kind
 * @throws AudioFileError if it is damaged beyond reading
 */
export function openCompressed(source: ByteSource): CompressedAudio | undefined {
  const head = new Uint8Array(Math.min(SIGNATURE_BYTES, source.size));
  readExactly(source, 0, head);
  if (isOgg(head)) return new OggAudio(source);
  if (isFlac(source)) return new FlacAudio(source);
  if (isMpegAudio(head)) return new MpegAudio(source);
  return undefined;
}
