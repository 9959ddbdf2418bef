/** Which files are audio by their names. */
import { extname } from "node:path";

const WRITTEN: readonly string[] = ["wav", "wave", "bwf", "rf64", "w64"];

/** Endings of files that are only read, lower case, without dot, and what they are called. */
export const READ_EXTENSIONS: Readonly<Record<string, string>> = {
  flac: "FLAC",
  mp3: "MP3",
  ogg: "Ogg",
  oga: "Ogg",
  opus: "Opus",
  aif: "AIFF",
  aiff: "AIFF",
  aifc: "AIFF",
};

/** Endings of file names, without dot, lower case. */
export const AUDIO_EXTENSIONS: readonly string[] = [...WRITTEN, ...Object.keys(READ_EXTENSIONS)];

/** Ending of a path, without dot, lower case. */
export function extensionOf(path: string): string {
  return extname(path).slice(1).toLowerCase();
}

export function isAudioFile(path: string): boolean {
  return AUDIO_EXTENSIONS.includes(extensionOf(path));
}
