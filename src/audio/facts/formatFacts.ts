/** The part of the facts that each kind of file tells in its own way. */
import type { AudioFacts } from "../audioFacts.js";
import type { AudioFileInfo } from "../audioFile.js";

export type FormatFacts = Pick<
  AudioFacts,
  "bitRate" | "isFloat" | "chunks" | "tags" | "markers" | "loops" | "timeReferenceFrames"
>;

/** Bit/s of `bytes` of stored audio; 0 for a file without frames. */
export function meanBitRate(
  bytes: number,
  { frames, sampleRate }: Pick<AudioFileInfo, "frames" | "sampleRate">,
): number {
  return frames === 0 ? 0 : Math.round((bytes * 8 * sampleRate) / frames);
}
