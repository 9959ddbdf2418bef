/** Audio files of any kind, made ready to be read at any frame: the compressed ones are decoded first. */
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import {
  createTemporaryFolder,
  removeStaleTemporaryFiles,
  removeTemporaryFolder,
} from "../audio/atomicFile.js";
import type { AudioFile } from "../audio/audioFile.js";
import { fileByteSource } from "../audio/byteSource.js";
import { openCompressed } from "../audio/compressed/openCompressed.js";
import { openAudioSource } from "../audio/openAudioFile.js";
import { readAhead } from "../audio/readAhead.js";
import { decodedCopy, type DecodedCopy } from "./decodedCopy.js";

type Report = (fraction: number) => void;

export class DecodedSources {
  /** By the path of the compressed file. */
  readonly #copies: ReadonlyMap<string, DecodedCopy>;

  constructor(copies: ReadonlyMap<string, DecodedCopy> = new Map()) {
    this.#copies = copies;
  }

  /** PCM of the file at `path`, and what was odd while decoding. */
  pcm(path: string): Pick<DecodedCopy, "path" | "warnings"> {
    return this.#copies.get(path) ?? { path, warnings: [] };
  }

  /** Opens the file at `path`, or its decoded copy under its name. @throws AudioFileError if it cannot be read */
  open(path: string): AudioFile {
    const copy = this.#copies.get(path);
    if (!copy) return openAhead(path);
    const file = openAhead(copy.path);
    return {
      info: { ...file.info, path, warnings: copy.warnings },
      pcm: file.pcm,
      readFrames: (start, count, target) => file.readFrames(start, count, target),
      close: () => file.close(),
    };
  }
}

/**
 * Decodes what is compressed among the files at `paths`, then lets `use` read them. Files that are missing are left
 * out: who opens them tells of it.
 * @param folder where decoded copies are kept; without one they go when `use` has ended
 * @param report takes the share done, 0 to 1; decoding, where it is needed, counts as the first half
 * @throws AudioFileError if a file cannot be decoded, FileWriteError if a copy cannot be written, what `use` throws
 */
export async function withDecodedSources<T>(
  paths: readonly string[],
  folder: string | undefined,
  report: Report,
  use: (sources: DecodedSources, report: Report) => T,
): Promise<T> {
  const compressed = paths.filter(isCompressed);
  if (compressed.length === 0) return use(new DecodedSources(), report);
  if (folder === undefined) removeLeftovers();
  const temporary = folder === undefined ? createTemporaryFolder(tmpdir()) : undefined;
  try {
    const copies = new Map<string, DecodedCopy>();
    for (const [i, path] of compressed.entries()) {
      const target = temporary ?? folder!;
      copies.set(path, await decode(path, target, (part) => report((i + part) / compressed.length / 2)));
    }
    return use(new DecodedSources(copies), (fraction) => report((1 + fraction) / 2));
  } finally {
    if (temporary !== undefined) removeTemporaryFolder(temporary);
  }
}

/** A song reads its files block by block. */
function openAhead(path: string): AudioFile {
  return openAudioSource(readAhead(fileByteSource(path)));
}

function isCompressed(path: string): boolean {
  if (!existsSync(path)) return false;
  const source = fileByteSource(path);
  try {
    return openCompressed(source) !== undefined;
  } finally {
    source.close();
  }
}

async function decode(path: string, folder: string, report: Report): Promise<DecodedCopy> {
  const source = fileByteSource(path);
  try {
    return await decodedCopy(openCompressed(source)!, folder, report);
  } finally {
    source.close();
  }
}

/** Of jobs that were killed. */
function removeLeftovers(): void {
  try {
    removeStaleTemporaryFiles(tmpdir());
  } catch {
    // Those of another user stay.
  }
}
