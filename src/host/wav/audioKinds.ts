/** Which files the audio editor opens, by their names, and which of them it can write again. */
import { extname } from "node:path";

const WRITTEN = ["wav", "wave", "bwf", "rf64", "w64"];
const READ: Readonly<Record<string, string>> = {
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
export const AUDIO_EXTENSIONS: readonly string[] = [...WRITTEN, ...Object.keys(READ)];

/** Ending of a path, without dot, lower case. */
export function extensionOf(path: string): string {
  return extname(path).slice(1).toLowerCase();
}

export function isAudioFile(path: string): boolean {
  return AUDIO_EXTENSIONS.includes(extensionOf(path));
}

/** Why the file at `path` is shown, but not edited; `null` if it is edited. */
export function readOnlyReason(path: string): string | null {
  const kind = READ[extensionOf(path)];
  if (kind === undefined) return null;
  return `${kind} files are read only here. Convert… makes a WAV file of it, which can be edited.`;
}

/** The container that a new file of this name gets; `undefined` if that kind is not written. */
export function writtenContainer(path: string): "wav" | "flac" | undefined {
  const extension = extensionOf(path);
  if (extension === "flac") return "flac";
  return ["wav", "wave", "bwf", "rf64"].includes(extension) ? "wav" : undefined;
}
