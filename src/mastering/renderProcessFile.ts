/** A process in a worker: what it has begun is gone if it does not come to its end. */
import { rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { createTemporaryFolder, moveIntoPlace, removeStaleTemporaryFiles } from "../audio/atomicFile.js";
import type { RenderedProcess, RenderProcessInput } from "../engine/editing/renderProcess.js";
import type { JobOptions, WorkerPool } from "../engine/workerPool.js";

/** @throws what the process threw; the signal's reason if cancelled: there is no file at the target then */
export async function renderProcessFile(
  pool: WorkerPool,
  input: RenderProcessInput,
  options: JobOptions<number>,
): Promise<RenderedProcess> {
  const { target } = input;
  removeStaleTemporaryFiles(dirname(target));
  const folder = createTemporaryFolder(dirname(target));
  try {
    const temporary = join(folder, basename(target));
    const job: RenderProcessInput = { ...input, target: temporary };
    const rendered = await pool.run<RenderedProcess, number>("renderProcess", job, options);
    options.signal?.throwIfAborted();
    moveIntoPlace(temporary, target);
    return { ...rendered, path: target };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
