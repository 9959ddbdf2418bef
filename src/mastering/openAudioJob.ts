/** Opens a file for the WAV editor: its facts, and PCM that can be read at any frame. */
import type { AudioFacts } from "../audio/audioFacts.js";
import { fileByteSource } from "../audio/byteSource.js";
import { openCompressed } from "../audio/compressed/openCompressed.js";
import { audioFacts, compressedFacts } from "../audio/facts/fileFacts.js";
import type { EditSource } from "../session/audioEdits.js";
import { decodedCopy } from "./decodedCopy.js";

export interface OpenAudioInput {
  /** Absolute path. */
  readonly path: string;
  /** Where compressed files are kept decoded; it is made if it does not exist. */
  readonly cacheFolder: string;
}

export interface OpenedAudio {
  readonly facts: AudioFacts;
  /** The file itself, or its decoded copy in the cache folder. */
  readonly source: EditSource;
}

/**
 * A matter of an instant, however long the file is.
 * @returns `null` if the file is compressed
 * @throws AudioFileError if it cannot be read
 */
export function openPcmJob(path: string): OpenedAudio | null {
  const bytes = fileByteSource(path);
  try {
    return openCompressed(bytes) ? null : openedPcm(path);
  } finally {
    bytes.close();
  }
}

function openedPcm(path: string): OpenedAudio {
  const facts = audioFacts(path);
  return { facts, source: { path, frames: facts.frames } };
}

/** @throws AudioFileError if the file cannot be read, FileWriteError if the decoded copy cannot be written */
export async function openAudioJob(
  { path, cacheFolder }: OpenAudioInput,
  report?: (fraction: number) => void,
): Promise<OpenedAudio> {
  const bytes = fileByteSource(path);
  try {
    const audio = openCompressed(bytes);
    if (!audio) return openedPcm(path);
    const copy = await decodedCopy(audio, cacheFolder, report);
    const { frames, warnings } = copy;
    return {
      facts: { ...compressedFacts(audio, bytes.size), frames, warnings },
      source: { path: copy.path, frames },
    };
  } finally {
    bytes.close();
  }
}
