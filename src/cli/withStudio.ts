import { realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { CacheFolder } from "../mastering/cacheFolder.js";
import { DECODED_BYTES, decodedFolderIn } from "../mastering/decodedFolder.js";
import { Studio } from "../mastering/studio.js";
import { userCacheFolder } from "./userCacheFolder.js";
import type { CommonOptions } from "./terminal.js";

/**
 * Runs `work` with a studio of workers; Ctrl+C cancels it, so that nothing half-written stays.
 */
export async function withStudio<T>(
  { workers, cache = true }: CommonOptions,
  work: (studio: Studio, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const cacheFolder = cache ? userCacheFolder() : undefined;
  const studio = new Studio({ workerPath: workerPath(), workers, cacheFolder });
  const controller = new AbortController();
  const cancel = (): void => controller.abort(new Error("Cancelled."));
  process.once("SIGINT", cancel).once("SIGTERM", cancel);
  try {
    return await work(studio, controller.signal);
  } finally {
    process.off("SIGINT", cancel).off("SIGTERM", cancel);
    await studio.dispose();
    if (cacheFolder !== undefined) await trim(cacheFolder);
  }
}

/** Forgets what was used longest ago. */
async function trim(cacheFolder: string): Promise<void> {
  const decoded = new CacheFolder(decodedFolderIn(cacheFolder), DECODED_BYTES);
  // What another process reads just now stays; the next run tries again.
  await decoded.trim(new Set()).catch(() => undefined);
}

/** The workers' program lies beside the one that was started, which npm may have started through a link. */
function workerPath(): string {
  return join(dirname(realpathSync(process.argv[1]!)), "worker.js");
}
