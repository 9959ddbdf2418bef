import { readFile, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { filesOfMix } from "../session/fileNames.js";
import { parseMix } from "../session/mixDocument.js";

/** When a song's source last changed, and a text that differs whenever its sound may differ. */
export interface SourceStamp {
  /** Milliseconds since 1970, of the newest file involved. */
  readonly newest: number;
  readonly identity: string;
}

/**
 * @param path absolute path of an audio file or of a `*.mix.json` session, whose clips' files count too
 * @throws the file system's error if `path` cannot be read
 */
export async function sourceStamp(path: string): Promise<SourceStamp> {
  const files = [path, ...(path.endsWith(".mix.json") ? await sourcesOfMix(path) : [])];
  const stamps = await Promise.all(files.map((file, i) => (i === 0 ? fileStamp(file) : optionalStamp(file))));
  return {
    newest: Math.max(...stamps.map(({ modified }) => modified)),
    identity: stamps.map(({ file, modified, size }) => `${file}:${modified}:${size}`).join("\n"),
  };
}

interface FileStamp {
  readonly file: string;
  /** Milliseconds since 1970. */
  readonly modified: number;
  /** Bytes. */
  readonly size: number;
}

async function fileStamp(file: string): Promise<FileStamp> {
  const { mtimeMs, size } = await stat(file);
  return { file, modified: mtimeMs, size };
}

/** A clip's file may be missing; measuring says so. */
async function optionalStamp(file: string): Promise<FileStamp> {
  return fileStamp(file).catch(() => ({ file, modified: 0, size: 0 }));
}

async function sourcesOfMix(path: string): Promise<string[]> {
  const { value } = parseMix(await readFile(path, "utf8"));
  const files = value ? filesOfMix(value) : [];
  return [...new Set(files.map(({ file }) => resolve(dirname(path), file)))];
}
