/**
 * Output that is either whole or not there: written beside its target under a temporary name, flushed,
 * then renamed over it.
 */
import { randomBytes } from "node:crypto";
import {
  chmodSync,
  closeSync,
  constants,
  fdatasync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { noteBegun, noteEnded } from "./unfinishedFiles.js";

/** A file that could not be written: says which and why; `cause` is the system's error. */
export class FileWriteError extends Error {
  override readonly name = "FileWriteError";
  constructor(
    readonly file: string,
    readonly reason: string,
    cause?: unknown,
  ) {
    super(`${file}: ${reason}`, { cause });
  }
}

/** What an uncaught error or `process.exit` would leave behind; killed processes cannot tidy up. */
const unfinished = new Set<AtomicFile>();

function abortUnfinished(): void {
  for (const file of unfinished) file.abort();
}

/** Bytes after which the system is asked to write out what has come so far. */
const FLUSH_BYTES = 8 * 2 ** 20;

/** A file on its way: `create`, any number of writes, then `seal` and `publish`, or `abort`. */
export class AtomicFile {
  /** Where the bytes are until {@link publish}. */
  readonly pendingPath: string;
  readonly #target: string;
  readonly #path: string;
  #descriptor: number | undefined;
  /** A second one, through which what has come so far is written out meanwhile. */
  #flusher: number | undefined;
  #unflushed = 0;
  #size = 0;
  #state: "open" | "sealed" | "published" | "aborted" = "open";

  private constructor(path: string, target: string, pendingPath: string, descriptor: number) {
    this.#path = path;
    this.#target = target;
    this.pendingPath = pendingPath;
    this.#descriptor = descriptor;
    if (unfinished.size === 0) process.once("exit", abortUnfinished);
    unfinished.add(this);
  }

  /**
   * Begins a file that is to appear at `path`, whose folder must exist. A symbolic link at `path` stays,
   * and what it points to is replaced.
   * @throws FileWriteError
   */
  static create(path: string): AtomicFile {
    return writingTo(path, () => {
      const target = followLink(path);
      const replaced = statSync(target, { throwIfNoEntry: false });
      if (replaced && !replaced.isFile())
        throw new FileWriteError(path, "there is something else than a file there");
      const pendingPath = join(dirname(target), temporaryName(basename(target)));
      const flags = constants.O_RDWR | constants.O_CREAT | constants.O_EXCL;
      noteBegun(pendingPath);
      const file = new AtomicFile(path, target, pendingPath, openSync(pendingPath, flags, 0o666));
      if (replaced) file.#attempt(() => chmodSync(pendingPath, replaced.mode & 0o777));
      return file;
    });
  }

  /** Bytes so far. */
  get size(): number {
    return this.#size;
  }

  /** Appends all of `bytes`, however many short writes that takes. */
  append(bytes: Uint8Array): void {
    this.writeAt(this.#size, bytes);
  }

  /**
   * Writes all of `bytes` at `position`.
   * @throws FileWriteError, for example because the disk is full; the file is then aborted
   */
  writeAt(position: number, bytes: Uint8Array): void {
    const descriptor = this.#openDescriptor();
    this.#attempt(() => {
      for (let done = 0; done < bytes.length;) {
        const count = writeSync(descriptor, bytes, done, bytes.length - done, position + done);
        if (count === 0) throw new Error("the disk takes no more bytes");
        done += count;
      }
      this.#size = Math.max(this.#size, position + bytes.length);
    });
    this.#unflushed += bytes.length;
    if (this.#unflushed >= FLUSH_BYTES) this.#flushBehind();
  }

  /**
   * Completes the file under its temporary name: flushed to the disk, closed, its size checked.
   * @throws FileWriteError; the file is then aborted
   */
  seal(): void {
    const descriptor = this.#openDescriptor();
    this.#attempt(() => {
      fsyncSync(descriptor);
      const { size } = fstatSync(descriptor);
      if (size !== this.#size) throw new Error(`it has ${size} bytes instead of ${this.#size}`);
      this.#close();
      this.#state = "sealed";
    });
  }

  /**
   * Puts the sealed file in its place, over whatever was there.
   * @throws FileWriteError; the file is then aborted
   */
  publish(): void {
    if (this.#state !== "sealed")
      throw new Error(`AtomicFile.publish: the file is ${this.#state}, not sealed`);
    this.#attempt(() => renameSync(this.pendingPath, this.#target));
    this.#state = "published";
    this.#forget();
    noteEnded(this.pendingPath);
    flushFolder(dirname(this.#target));
  }

  /** Removes the temporary file; after {@link publish} and a second time it does nothing. */
  abort(): void {
    if (this.#state === "published" || this.#state === "aborted") return;
    this.#state = "aborted";
    this.#forget();
    this.#close();
    rmSync(this.pendingPath, { force: true });
    noteEnded(this.pendingPath);
  }

  /**
   * Lets the system write to the disk while more is being made, so that {@link seal} has little to wait for. An error of
   * the medium is told to each descriptor once: it still reaches the one that seals.
   */
  #flushBehind(): void {
    this.#unflushed = 0;
    try {
      this.#flusher ??= openSync(this.pendingPath, constants.O_RDONLY);
      fdatasync(this.#flusher, () => undefined);
    } catch {
      // Only quicker with it: `seal` flushes all the same, and says what is wrong.
    }
  }

  #forget(): void {
    unfinished.delete(this);
    if (unfinished.size === 0) process.off("exit", abortUnfinished);
  }

  #openDescriptor(): number {
    if (this.#descriptor === undefined) throw new Error(`AtomicFile: the file is ${this.#state}, not open`);
    return this.#descriptor;
  }

  #close(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    if (this.#flusher !== undefined) closeSync(this.#flusher);
    this.#descriptor = this.#flusher = undefined;
  }

  #attempt(call: () => void): void {
    try {
      writingTo(this.#path, call);
    } catch (error) {
      this.abort();
      throw error;
    }
  }
}

/**
 * Replaces the file at `path` by `contents` (text as UTF-8), or leaves everything as it was.
 * @throws FileWriteError
 */
export function writeFileAtomically(path: string, contents: string | Uint8Array): void {
  const file = AtomicFile.create(path);
  file.append(typeof contents === "string" ? new TextEncoder().encode(contents) : contents);
  file.seal();
  file.publish();
}

/**
 * Makes a folder for a render's intermediate files in `parent`.
 * @returns its path; the caller hands it to {@link removeTemporaryFolder}
 */
export function createTemporaryFolder(parent: string): string {
  const folder = join(parent, temporaryName("render"));
  noteBegun(folder);
  writingTo(parent, () => mkdirSync(folder, { recursive: true }));
  return folder;
}

/** Removes what {@link createTemporaryFolder} has made, with all that is in it. */
export function removeTemporaryFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  noteEnded(folder);
}

/**
 * Renames a whole file over `path`, where it survives a power failure.
 * @throws FileWriteError
 */
export function moveIntoPlace(file: string, path: string): void {
  writingTo(path, () => {
    renameSync(file, path);
    flushFolder(dirname(path));
  });
}

const TEMPORARY_NAME = /^\..*\.(\d+)-[0-9a-f]{12}\.headroom-tmp$/;

/**
 * Deletes what processes that are no longer alive have left in `folder`.
 * @returns the paths deleted
 */
export function removeStaleTemporaryFiles(folder: string): string[] {
  const isStale = (name: string) => {
    const pid = TEMPORARY_NAME.exec(name)?.[1];
    return pid !== undefined && !isAlive(Number(pid));
  };
  const stale = readdirSync(folder).filter(isStale);
  const paths = stale.map((name) => join(folder, name));
  for (const path of paths) rmSync(path, { force: true, recursive: true });
  return paths;
}

/** `.NAME.PID-RANDOM.headroom-tmp`; NAME is cut where a folder could not hold so long a name (255 bytes). */
function temporaryName(name: string): string {
  const tail = `.${process.pid}-${randomBytes(6).toString("hex")}.headroom-tmp`;
  let short = name;
  while (Buffer.byteLength(short) + tail.length + 1 > 255) short = short.slice(0, -1);
  return `.${short}${tail}`;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: alive, but somebody else's.
    return codeOf(error) !== "ESRCH";
  }
}

function followLink(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return path;
    throw error;
  }
}

/** Makes the renaming itself survive a power failure, where the system can flush folders (not Windows). */
function flushFolder(folder: string): void {
  if (process.platform === "win32") return;
  const descriptor = openSync(folder, constants.O_RDONLY);
  try {
    fsyncSync(descriptor);
  } catch (error) {
    // Some network and FUSE file systems refuse; the file itself is whole by then.
    if (codeOf(error) !== "EINVAL" && codeOf(error) !== "ENOTSUP") throw error;
  } finally {
    closeSync(descriptor);
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "its folder does not exist",
  ENOTDIR: "its folder is not a folder",
  ENOSPC: "the disk is full",
  EDQUOT: "the disk quota is used up",
  EFBIG: "the file would be larger than the file system allows",
  EACCES: "no permission to write there",
  EPERM: "no permission to write there",
  EROFS: "the disk can only be read",
  EIO: "the medium cannot be written",
};

/** Writes all of `bytes` to an open file that is not atomic: one for a while. @throws FileWriteError */
export function writeAll(descriptor: number, bytes: Uint8Array, path: string): void {
  writingTo(path, () => {
    for (let done = 0; done < bytes.length;) done += writeSync(descriptor, bytes, done);
  });
}

/** @throws FileWriteError that says of `path` what the system says of a failed `call` */
function writingTo<T>(path: string, call: () => T): T {
  try {
    return call();
  } catch (error) {
    if (error instanceof FileWriteError) throw error;
    const reason = REASONS[codeOf(error)] ?? (error instanceof Error ? error.message : String(error));
    throw new FileWriteError(path, reason, error);
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
