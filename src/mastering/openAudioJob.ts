/** Opens a file for the WAV editor: its facts, and PCM that can be read at any frame. */
import type { AudioFacts } from "../audio/audioFacts.js";
import { audioFacts } from "../audio/facts/fileFacts.js";
import type { EditSource } from "../session/audioEdits.js";

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

/** @throws AudioFileError if the file cannot be read */
export function openAudioJob({ path }: OpenAudioInput): OpenedAudio {
  const facts = audioFacts(path);
  return { facts, source: { path, frames: facts.frames } };
}
