/** States of a file on the disk, told from one another. */
import { statSync, type BigIntStats } from "node:fs";
import { stat } from "node:fs/promises";

/** Tells one state of a file from another: its identity on the disk, length and time of its last change. */
export interface FileStamp {
  /** Device and inode; a file that was replaced has another. */
  readonly file: string;
  /** Bytes. */
  readonly size: number;
  /** Nanoseconds since 1970, as text: JSON has no such large numbers. */
  readonly modified: string;
}

/** The file on the disk is no longer the one that was opened. */
export class FileChangedError extends Error {
  override readonly name = "FileChangedError";
  constructor(readonly file: string) {
    super(`${file}: it was changed by another program since it was opened, so it was not overwritten`);
  }
}

/** @throws the file system's error if there is no such file */
export async function fileStamp(path: string): Promise<FileStamp> {
  return stampOf(await stat(path, { bigint: true }));
}

/** @returns the stamp of the file at `path`; `undefined` if there is none */
export function fileStampNow(path: string): FileStamp | undefined {
  const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stats && stampOf(stats);
}

/**
 * Makes sure that the file at `path` is still the one that `expected` was taken of.
 * @throws FileChangedError if it is another one, or gone
 */
export function checkUnchanged(path: string, expected: FileStamp): void {
  const stamp = fileStampNow(path);
  if (!stamp || stamp.file !== expected.file || !isSameContents(stamp, expected))
    throw new FileChangedError(path);
}

/** Whether both are of the same contents. */
export function isSameContents(a: FileStamp, b: FileStamp): boolean {
  return a.size === b.size && a.modified === b.modified;
}

function stampOf({ dev, ino, size, mtimeNs }: BigIntStats): FileStamp {
  return { file: `${dev}:${ino}`, size: Number(size), modified: String(mtimeNs) };
}
