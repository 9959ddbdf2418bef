/** What can be said of an audio file without decoding it, for checking documents. */
import { statSync } from "node:fs";
import { AudioFileError, type AudioFileInfo } from "../audio/audioFile.js";
import { fileByteSource } from "../audio/byteSource.js";
import { openCompressed } from "../audio/compressed/openCompressed.js";
import { openAudioFile } from "../audio/openAudioFile.js";

export interface SourceFacts extends Pick<AudioFileInfo, "frames" | "sampleRate" | "channels"> {
  /** Whether `frames` is more than an estimate. */
  readonly isExact: boolean;
}

/** @throws AudioFileError if it cannot be played */
export function readSourceFacts(path: string): SourceFacts {
  const source = fileByteSource(path);
  try {
    const compressed = openCompressed(source)?.info;
    if (compressed) return { ...compressed, isExact: false };
  } finally {
    source.close();
  }
  const file = openAudioFile(path);
  file.close();
  return { ...file.info, isExact: true };
}

/** Files to remember. */
const CAPACITY = 2000;

/** Remembers what files were like, for as long as they stay as they are: documents are checked while they are typed. */
export class SourceFactsCache {
  readonly #entries = new Map<string, { stamp: string; facts: SourceFacts | AudioFileError }>();

  /** @throws AudioFileError if the file at `path` cannot be played */
  read(path: string): SourceFacts {
    const stamp = stampOf(path);
    const known = this.#entries.get(path);
    const entry = known && known.stamp === stamp ? known : { stamp, facts: attempt(path) };
    this.#entries.delete(path);
    this.#entries.set(path, entry);
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= CAPACITY) break;
      this.#entries.delete(oldest);
    }
    if (entry.facts instanceof AudioFileError) throw entry.facts;
    return entry.facts;
  }
}

function stampOf(path: string): string {
  const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stats ? `${stats.ino}:${stats.size}:${stats.mtimeNs}` : "";
}

function attempt(path: string): SourceFacts | AudioFileError {
  try {
    return readSourceFacts(path);
  } catch (error) {
    if (error instanceof AudioFileError) return error;
    throw error;
  }
}
