/** Looks whether a master still lies where it was put, and brings its album gain up to date. */
import { copyFileSync, constants, statSync } from "node:fs";
import { fileStampNow } from "../../audio/fileStamp.js";
import { sumOf } from "../deliver/deliverSong.js";
import type { DeliveredFile } from "../results.js";
import { retag } from "./retag.js";
import type { KeptFile } from "./songCache.js";

export interface ReuseInput {
  readonly files: readonly {
    readonly kept: KeptFile;
    /** Where it lies. */
    readonly path: string;
    /** Where a copy with other tags goes. */
    readonly temporary: string;
  }[];
  /** Tags whose text has changed. */
  readonly changes: readonly TagChange[];
}

export interface TagChange {
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

/** @returns its files as they are now; `null` if they are others, or their tags cannot be changed in place */
export async function reuseJob({ files, changes }: ReuseInput): Promise<readonly DeliveredFile[] | null> {
  const reused: DeliveredFile[] = [];
  for (const { kept, path, temporary } of files) {
    if (!(await isWhole(kept, path))) return null;
    const { modified: _, ...file } = kept;
    if (changes.length === 0) {
      reused.push(file);
      continue;
    }
    copyFileSync(path, temporary, constants.COPYFILE_FICLONE);
    if (!retag(temporary, file.format, changes)) return null;
    reused.push({ ...file, ...(await sumOf(temporary)) });
  }
  return reused;
}

/** By the time of its last change where that has stayed, else by its hash. */
async function isWhole({ bytes, sha256, modified }: KeptFile, path: string): Promise<boolean> {
  const stamp = fileStampNow(path);
  if (stamp?.size !== bytes || !statSync(path).isFile()) return false;
  return stamp.modified === modified || (await sumOf(path)).sha256 === sha256;
}
