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

/** @throws the file system's error if there is no such file */
export async function fileStamp(path: string): Promise<FileStamp> {
  const { dev, ino, size, mtimeNs } = await stat(path, { bigint: true });
  return { file: `${dev}:${ino}`, size: Number(size), modified: String(mtimeNs) };
}

/** Whether both are of the same contents. */
export function isSameContents(a: FileStamp, b: FileStamp): boolean {
  return a.size === b.size && a.modified === b.modified;
}
