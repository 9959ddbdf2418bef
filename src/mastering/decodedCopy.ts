/** Decoded copies of compressed files in a folder of their own: each file is decoded once. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { removeStaleTemporaryFiles } from "../audio/atomicFile.js";
import { AudioFileError } from "../audio/audioFile.js";
import type { CompressedAudio } from "../audio/compressed/compressedAudio.js";
import { decodeToPcm } from "../audio/compressed/decodeToPcm.js";
import { openAudioFile } from "../audio/openAudioFile.js";
import { parseInfo } from "../audio/tags/info.js";
import { WavReader } from "../audio/wavReader.js";

/** Copies made by another version of the decoders are made again. */
const DECODER_VERSION = 2;

export interface DecodedCopy {
  /** A WAV file. */
  readonly path: string;
  readonly frames: number;
  /** What was odd while decoding, plain sentences. */
  readonly warnings: readonly string[];
}

/**
 * The decoded copy of `audio`, made if it is not there yet. Its time tells when it was used last; who owns the folder
 * keeps it to a size.
 * @param report takes the share done, 0 to 1
 * @throws AudioFileError if nothing can be decoded; FileWriteError if the copy cannot be written
 */
export async function decodedCopy(
  audio: CompressedAudio,
  folder: string,
  report?: (fraction: number) => void,
): Promise<DecodedCopy> {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, copyName(audio.info.path));
  if (existsSync(path)) {
    try {
      const copy = describe(path);
      const now = new Date();
      utimesSync(path, now, now);
      return copy;
    } catch (error) {
      // A copy that has been damaged is made again.
      if (!(error instanceof AudioFileError)) throw error;
    }
  }
  removeStaleTemporaryFiles(folder);
  await decodeToPcm(audio, path, report);
  return describe(path);
}

function copyName(path: string): string {
  const { size, mtimeNs } = statSync(path, { bigint: true });
  const key = `${DECODER_VERSION}:${size}:${mtimeNs}:${path}`;
  return `${createHash("sha256").update(key).digest("hex").slice(0, 40)}.wav`;
}

function describe(path: string): DecodedCopy {
  const file = openAudioFile(path);
  try {
    const { frames, warnings } = file.info;
    if (warnings[0] !== undefined) throw new AudioFileError(path, undefined, warnings[0]);
    const list = file instanceof WavReader ? file.readChunk("LIST", "INFO") : undefined;
    const comment = list && parseInfo(list).get("ICMT");
    return { path, frames, warnings: comment === undefined ? [] : comment.split("\n") };
  } finally {
    file.close();
  }
}
