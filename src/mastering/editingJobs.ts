/** Jobs that make files of edited audio. */
import { accessSync, chmodSync, constants, statSync } from "node:fs";
import { FileWriteError, moveIntoPlace } from "../audio/atomicFile.js";
import { checkUnchanged, type FileStamp } from "../audio/fileStamp.js";
import { saveFlac, saveWav, type WrittenAudio } from "../engine/editing/saveAudio.js";
import { applyAudioEdit } from "../session/applyAudioEdit.js";
import type { EditedAudio, FrameRange } from "../session/audioEdits.js";

export interface SaveAudioInput {
  readonly audio: EditedAudio;
  /** Frames of `audio` to save; absent: all. */
  readonly range?: FrameRange | undefined;
  /** Path to write; what is there is replaced when the new file is whole. */
  readonly target: string;
  readonly container: "wav" | "flac";
  /** The file whose other chunks are kept; `null` if there is none. */
  readonly original: string | null;
  /** Stamp of the file at `target` as it may be replaced; absent or `null`: whatever is there. */
  readonly expected?: FileStamp | null | undefined;
}

export interface WriteAudioInput extends SaveAudioInput {
  /** Where the file goes until it is whole. */
  readonly temporary: string;
}

/** @throws FileChangedError, FileWriteError before anything is written if `target` may not be replaced */
export async function writeAudioJob(
  input: WriteAudioInput,
  report: (fraction: number) => void,
): Promise<WrittenAudio> {
  const { container, original, range, temporary } = input;
  checkReplaceable(input);
  const audio = range ? applyAudioEdit(input.audio, { type: "trim", range }) : input.audio;
  if (container === "flac") return saveFlac(audio, temporary, report);
  return saveWav(audio, temporary, original, report);
}

export type PublishAudioInput = Pick<WriteAudioInput, "target" | "expected" | "temporary">;

/** Puts the whole file in its place, with the permissions of the one it replaces. */
export function publishAudioJob(input: PublishAudioInput): void {
  const { target, temporary } = input;
  checkReplaceable(input);
  const replaced = statSync(target, { throwIfNoEntry: false });
  if (replaced) chmodSync(temporary, replaced.mode & 0o777);
  moveIntoPlace(temporary, target);
}

/** A rename would replace a write-protected file as well; whoever protects a file does not want that. */
function checkReplaceable({ target, expected }: Omit<PublishAudioInput, "temporary">): void {
  if (expected) checkUnchanged(target, expected);
  const stats = statSync(target, { throwIfNoEntry: false });
  if (!stats) return;
  if (!stats.isFile()) throw new FileWriteError(target, "there is something else than a file there");
  const isProtected = (stats.mode & 0o222) === 0 || !isWritable(target);
  if (isProtected) throw new FileWriteError(target, "the file is read-only. Save As writes a copy");
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
