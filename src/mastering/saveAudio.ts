/** Saving: a worker writes the file beside its target, and the whole file takes its place. */
import { existsSync, realpathSync, rmSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { createTemporaryFolder, FileWriteError, removeStaleTemporaryFiles } from "../audio/atomicFile.js";
import type { WrittenAudio } from "../engine/editing/saveAudio.js";
import type { JobOptions, WorkerPool } from "../engine/workerPool.js";
import type { PublishAudioInput, SaveAudioInput, WriteAudioInput } from "./editingJobs.js";

/**
 * A symbolic link at the target stays, and what it points to is replaced.
 * @throws FileChangedError (by name) if the target is no longer as `expected`; FileWriteError, AudioFileError; the
 *   signal's reason if cancelled: the target is then as it was
 */
export async function saveAudio(
  pool: WorkerPool,
  input: SaveAudioInput,
  options: JobOptions<number>,
): Promise<WrittenAudio> {
  const target = existsSync(input.target) ? realpathSync(input.target) : resolve(input.target);
  const folder = dirname(target);
  if (!existsSync(folder)) throw new FileWriteError(input.target, "its folder does not exist");
  removeStaleTemporaryFiles(folder);
  const temporaryFolder = createTemporaryFolder(folder);
  try {
    const temporary = join(temporaryFolder, basename(target));
    const job: WriteAudioInput = { ...input, target, temporary };
    const written = await pool.run<WrittenAudio, number>("writeAudio", job, options);
    options.signal?.throwIfAborted();
    // From here on it is a matter of an instant, and not to be cancelled half-way.
    const { expected } = input;
    await pool.run("publishAudio", { target, temporary, expected } satisfies PublishAudioInput);
    return written;
  } finally {
    rmSync(temporaryFolder, { recursive: true, force: true });
  }
}
