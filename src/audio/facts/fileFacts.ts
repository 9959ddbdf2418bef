/** Facts about an audio file, whatever its kind. */
import { AiffReader } from "../aiff/aiffReader.js";
import type { AudioFacts } from "../audioFacts.js";
import type { AudioFile } from "../audioFile.js";
import { fileByteSource } from "../byteSource.js";
import type { CompressedAudio, CompressedInfo } from "../compressed/compressedAudio.js";
import { openCompressed } from "../compressed/openCompressed.js";
import { openAudioSource } from "../openAudioFile.js";
import { WavReader } from "../wavReader.js";
import { aiffFacts } from "./aiffFacts.js";
import type { FormatFacts } from "./formatFacts.js";
import { wavFacts } from "./wavFacts.js";

/**
 * What the file at `path` says of itself. Only its headers and tags are read; the length of a compressed file may be
 * an estimate.
 * @throws AudioFileError if it is missing, damaged beyond reading or of another kind
 */
export function audioFacts(path: string): AudioFacts {
  const source = fileByteSource(path);
  try {
    const compressed = openCompressed(source);
    if (compressed) return compressedFacts(compressed, source.size);
    const file = openAudioSource(source);
    return { ...commonFacts(file.info, source.size), ...formatFacts(file) };
  } finally {
    source.close();
  }
}

/** @param bytes size of the file */
export function compressedFacts({ info, facts }: CompressedAudio, bytes: number): AudioFacts {
  return { ...commonFacts(info, bytes), ...facts };
}

function commonFacts(info: CompressedInfo, bytes: number): Omit<AudioFacts, keyof FormatFacts> {
  const { path, container, codec, sampleRate, channels, channelMask, bitDepth, frames, warnings } = info;
  return { path, container, codec, sampleRate, channels, channelMask, bitDepth, frames, bytes, warnings };
}

function formatFacts(file: AudioFile): FormatFacts {
  if (file instanceof WavReader) return wavFacts(file);
  if (file instanceof AiffReader) return aiffFacts(file);
  throw new Error(`No facts are known of ${file.info.container} files.`);
}
