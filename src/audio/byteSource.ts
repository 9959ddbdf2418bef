/** Bytes by position: the only way the readers of this room look at a file. */
import { closeSync, constants, fstatSync, openSync, readSync, statSync, type Stats } from "node:fs";
import { AudioFileError } from "./audioFile.js";

export interface ByteSource {
  /** Path or title for error messages. */
  readonly name: string;
  /** Length in bytes when it was opened. */
  readonly size: number;
  /**
   * Fills `target` from byte `position` on.
   * @returns bytes read; fewer than `target` holds only where the source ends
   * @throws AudioFileError if the medium cannot be read
   */
  read(position: number, target: Uint8Array): number;
  /** Frees the file handle; a second call does nothing. */
  close(): void;
}

/**
 * Opens the file at `path` for reading.
 * @throws AudioFileError if it is missing, unreadable, or no regular file (a folder, FIFO or
 *   device has no length and may block for ever)
 */
export function fileByteSource(path: string): ByteSource {
  // Asked before opening as well, since to open some devices has an effect of its own.
  refuseIrregular(
    path,
    attempt(path, undefined, () => statSync(path)),
  );
  // Were a FIFO put in its place meanwhile, a blocking open would wait for a writer.
  const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);
  const descriptor = attempt(path, undefined, () => openSync(path, flags));
  try {
    const stats = fstatSync(descriptor);
    refuseIrregular(path, stats);
    return new FileByteSource(path, stats.size, descriptor);
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}

/** Bytes in memory as a source. */
export function memoryByteSource(bytes: Uint8Array, name: string): ByteSource {
  return {
    name,
    size: bytes.length,
    read(position, target) {
      const available = bytes.subarray(position, position + target.length);
      target.set(available);
      return available.length;
    },
    close() {},
  };
}

/**
 * Fills all of `target` from byte `position` on.
 * @throws AudioFileError if the source ends before that: it has shrunk since its size was taken
 */
export function readExactly(source: ByteSource, position: number, target: Uint8Array): void {
  const count = source.read(position, target);
  if (count < target.length) {
    throw new AudioFileError(source.name, position + count, "the file has become shorter while being read");
  }
}

class FileByteSource implements ByteSource {
  #descriptor: number | undefined;

  constructor(
    readonly name: string,
    readonly size: number,
    descriptor: number,
  ) {
    this.#descriptor = descriptor;
  }

  read(position: number, target: Uint8Array): number {
    const descriptor = this.#descriptor;
    if (descriptor === undefined) throw new AudioFileError(this.name, position, "the file is already closed");
    let done = 0;
    while (done < target.length) {
      const count = attempt(this.name, position + done, () =>
        readSync(descriptor, target, done, target.length - done, position + done),
      );
      if (count === 0) break;
      done += count;
    }
    return done;
  }

  close(): void {
    if (this.#descriptor === undefined) return;
    const descriptor = this.#descriptor;
    this.#descriptor = undefined;
    closeSync(descriptor);
  }
}

function refuseIrregular(path: string, stats: Stats): void {
  if (stats.isFile()) return;
  const kind = stats.isDirectory() ? "a folder" : stats.isFIFO() ? "a pipe" : "a device or socket";
  throw new AudioFileError(path, undefined, `this is ${kind}, not a file`);
}

/** Runs a file system call and turns its failure into an {@link AudioFileError}. */
function attempt<T>(path: string, offset: number | undefined, call: () => T): T {
  try {
    return call();
  } catch (error) {
    throw new AudioFileError(path, offset, systemReason(error));
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  ENOTDIR: "a part of the path is a file, not a folder",
  EACCES: "no permission to read it",
  EPERM: "no permission to read it",
  ELOOP: "its symbolic links lead in a circle",
  EMFILE: "too many files are open",
  EIO: "the medium cannot be read here",
};

function systemReason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = "code" in error ? String(error.code) : "";
  return REASONS[code] ?? error.message;
}
