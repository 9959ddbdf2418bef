/** Any audio file as PCM for the time of a job; a compressed one is decoded to a temporary file. */
import { tmpdir } from "node:os";
import {
  createTemporaryFolder,
  removeStaleTemporaryFiles,
  removeTemporaryFolder,
} from "../audio/atomicFile.js";
import { fileByteSource } from "../audio/byteSource.js";
import { openCompressed } from "../audio/compressed/openCompressed.js";
import { decodedCopy } from "./decodedCopy.js";

type Report = (fraction: number) => void;

/**
 * @param report takes the share done, 0 to 1; decoding, where it is needed, counts as the first half
 * @param use gets the path of a file that can be read at any frame, what was odd while decoding, and a report of its
 *   own share
 * @throws AudioFileError if the file cannot be read, FileWriteError if the temporary file cannot be written
 */
export async function withPcm<T>(
  path: string,
  report: Report | undefined,
  use: (path: string, warnings: readonly string[], report?: Report) => T,
): Promise<T> {
  const source = fileByteSource(path);
  try {
    const audio = openCompressed(source);
    if (!audio) return use(path, [], report);
    removeLeftovers();
    const folder = createTemporaryFolder(tmpdir());
    try {
      const copy = await decodedCopy(audio, folder, (fraction) => report?.(fraction / 2));
      return use(copy.path, copy.warnings, (fraction) => report?.((1 + fraction) / 2));
    } finally {
      removeTemporaryFolder(folder);
    }
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
