/** The backup of an edited file for hot exit: what was done to it, not its samples. */
import { readFile } from "node:fs/promises";
import { writeFileAtomically } from "../../audio/atomicFile.js";
import type { EditedAudio } from "../../session/audioEdits.js";
import type { FileStamp } from "../../audio/fileStamp.js";

export interface WavBackup {
  readonly version: 1;
  readonly audio: EditedAudio;
  /** Of the file as the edits found it. */
  readonly stamp: FileStamp | null;
}

export function writeBackup(path: string, backup: Omit<WavBackup, "version">): void {
  writeFileAtomically(path, JSON.stringify({ version: 1, ...backup }));
}

/** @throws Error with a sentence for people if it is damaged */
export async function readBackup(path: string): Promise<WavBackup> {
  const text = await readFile(path, "utf8").catch(() => "");
  try {
    const backup = JSON.parse(text) as WavBackup;
    if (backup.version === 1 && isAudio(backup.audio)) return backup;
  } catch {
    // The sentence below says it.
  }
  throw new Error("The unsaved edits of the last session could not be read, so the file is shown as it is.");
}

function isAudio(audio: Partial<EditedAudio> | undefined): boolean {
  const lists = [audio?.sources, audio?.pieces, audio?.markers];
  return lists.every(Array.isArray) && typeof audio?.sampleRate === "number";
}
