/**
 * The files that open editors need beside the audio itself: old states of files that were saved over, results of
 * processes, copies from virtual workspaces. They stay for as long as an open document, the clipboard or a backup
 * for hot exit refers to them, also when VS Code ends in between.
 */
import { createHash, randomBytes } from "node:crypto";
import { constants, existsSync } from "node:fs";
import { copyFile, link, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** PID-RANDOM-NAME */
const OWN_NAME = /^(\d+)-[0-9a-f]{12}-/;
const NOTE_NAME = /^backup-[0-9a-f]{32}\.json$/;

/** What a backup refers to. */
interface BackupNote {
  readonly backup: string;
  readonly files: readonly string[];
}

export class AudioStore {
  readonly folder: string;

  /** @param folder absolute path; made when it is needed */
  constructor(folder: string) {
    this.folder = folder;
  }

  /** A path for a new file. @param name its end, with extension */
  async newPath(name: string): Promise<string> {
    await mkdir(this.folder, { recursive: true });
    return join(this.folder, `${process.pid}-${randomBytes(6).toString("hex")}-${name}`);
  }

  holds(path: string): boolean {
    return path.startsWith(this.folder);
  }

  /**
   * Gives the contents of `path` a second name, which stays when the file is replaced or deleted. Costs no time and
   * no room. @returns `undefined` where the file system cannot do that
   */
  async pin(path: string): Promise<string | undefined> {
    const pinned = await this.newPath("before.wav");
    return link(path, pinned).then(
      () => pinned,
      () => undefined,
    );
  }

  /**
   * A copy of `path` as it is now: {@link pin} where that can be, else byte by byte.
   * @throws the file system's error, for example because the disk is full
   */
  async preserve(path: string): Promise<string> {
    const pinned = await this.pin(path);
    if (pinned !== undefined) return pinned;
    const copy = await this.newPath("before.wav");
    try {
      await copyFile(path, copy, constants.COPYFILE_FICLONE);
    } catch (error) {
      await rm(copy, { force: true });
      throw error;
    }
    return copy;
  }

  /** Remembers that a backup refers to `files`; those outside the folder do not matter. */
  async noteBackup(backup: string, files: readonly string[]): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    const note: BackupNote = { backup, files: files.filter((file) => this.holds(file)) };
    await writeFile(this.#notePath(backup), JSON.stringify(note));
  }

  async forgetBackup(backup: string): Promise<void> {
    await rm(this.#notePath(backup), { force: true });
  }

  /**
   * Deletes what nothing refers to: files of this process that are not in `used`, and files of processes that are
   * gone; never what a backup that still exists refers to.
   */
  async sweep(used: ReadonlySet<string>): Promise<void> {
    const names = await readdir(this.folder).catch(() => []);
    const kept = new Set(used);
    for (const name of names.filter((each) => NOTE_NAME.test(each))) {
      const note = await readNote(join(this.folder, name));
      if (note && existsSync(note.backup)) note.files.forEach((file) => kept.add(file));
      else await rm(join(this.folder, name), { force: true });
    }
    for (const name of names) {
      const pid = OWN_NAME.exec(name)?.[1];
      const path = join(this.folder, name);
      if (pid === undefined || kept.has(path)) continue;
      if (Number(pid) === process.pid || !isAlive(Number(pid))) await rm(path, { force: true });
    }
  }

  #notePath(backup: string): string {
    const hash = createHash("sha256").update(backup).digest("hex").slice(0, 32);
    return join(this.folder, `backup-${hash}.json`);
  }
}

async function readNote(path: string): Promise<BackupNote | undefined> {
  try {
    return JSON.parse(await readFile(path, "utf8")) as BackupNote;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: alive, but somebody else's.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
