/** Which files the audio editor opens, by their names, and which of them it can write again. */
import { extensionOf, READ_EXTENSIONS } from "../../audio/audioNames.js";

/** Why the file at `path` is shown, but not edited; `null` if it is edited. */
export function readOnlyReason(path: string): string | null {
  const kind = READ_EXTENSIONS[extensionOf(path)];
  if (kind === undefined) return null;
  return `${kind} files are read only here. Convert… makes a WAV file of it, which can be edited.`;
}

/** The container that a new file of this name gets; `undefined` if that kind is not written. */
export function writtenContainer(path: string): "wav" | "flac" | undefined {
  const extension = extensionOf(path);
  if (extension === "flac") return "flac";
  return ["wav", "wave", "bwf", "rf64"].includes(extension) ? "wav" : undefined;
}
