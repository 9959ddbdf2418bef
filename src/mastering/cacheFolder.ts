/** A folder of files that can be made again, with a limit to its size. */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, rm, stat, utimes } from "node:fs/promises";
import { join } from "node:path";
import { fileStamp } from "../audio/fileStamp.js";

export class CacheFolder {
  readonly folder: string;
  readonly #limitBytes: number;

  /** @param folder absolute path; made when it is needed */
  constructor(folder: string, limitBytes: number) {
    this.folder = folder;
    this.#limitBytes = limitBytes;
  }

  /**
   * Where what is made of the file at `path`, as it is now, belongs.
   * @returns its path, and whether it is there
   * @throws the file system's error if there is no file at `path`
   */
  async entry(path: string, extension: string): Promise<{ path: string; exists: boolean }> {
    const { file, size, modified } = await fileStamp(path);
    await mkdir(this.folder, { recursive: true });
    // The identity on the disk, not the name: a file that was moved keeps its entry, and so does a second name.
    const key = createHash("sha256").update(`${file}:${size}:${modified}`).digest("hex").slice(0, 40);
    const entry = join(this.folder, `${key}.${extension}`);
    const exists = existsSync(entry);
    const now = new Date();
    // The time of the last use decides what goes first.
    if (exists) await utimes(entry, now, now).catch(() => undefined);
    return { path: entry, exists };
  }

  /** Deletes the files used longest ago until the rest keeps to the limit; those in `used` stay. */
  async trim(used: ReadonlySet<string>): Promise<void> {
    const names = await readdir(this.folder).catch(() => []);
    const files = await Promise.all(
      names.map(async (name) => {
        const path = join(this.folder, name);
        const facts = await stat(path).catch(() => undefined);
        return { path, size: facts?.size ?? 0, time: facts?.mtimeMs ?? 0 };
      }),
    );
    files.sort((a, b) => a.time - b.time);
    let total = files.reduce((sum, { size }) => sum + size, 0);
    for (const { path, size } of files) {
      if (total <= this.#limitBytes) return;
      if (used.has(path)) continue;
      await rm(path, { force: true, recursive: true });
      total -= size;
    }
  }
}
