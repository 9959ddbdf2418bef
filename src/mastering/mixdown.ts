/** Mixdown: a worker renders the session beside its target, and the whole file takes its place. */
import { existsSync, rmSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { createTemporaryFolder, moveIntoPlace, removeStaleTemporaryFiles } from "../audio/atomicFile.js";
import type { JobOptions, WorkerPool } from "../engine/workerPool.js";
import type { MixdownInput, MixdownResult, RenderMixdownInput } from "./renderMixdown.js";

/** @throws what the rendering threw; the signal's reason if cancelled: the target is then as it was */
export async function mixdown(
  pool: WorkerPool,
  input: MixdownInput,
  options: JobOptions<number>,
): Promise<MixdownResult> {
  const output = resolve(input.output);
  const folder = dirname(output);
  if (!existsSync(folder)) throw new Error(`${input.output}: its folder does not exist`);
  removeStaleTemporaryFiles(folder);
  const temporaryFolder = createTemporaryFolder(folder);
  try {
    const temporary = join(temporaryFolder, basename(output));
    const job: RenderMixdownInput = { ...input, temporary };
    const result = await pool.run<MixdownResult, number>("mixdown", job, options);
    options.signal?.throwIfAborted();
    moveIntoPlace(temporary, output);
    return result;
  } finally {
    rmSync(temporaryFolder, { recursive: true, force: true });
  }
}
