import { realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { Studio } from "../mastering/studio.js";
import type { CommonOptions } from "./terminal.js";

/**
 * Runs `work` with a studio of workers; Ctrl+C cancels it, so that nothing half-written stays.
 */
export async function withStudio<T>(
  { workers }: CommonOptions,
  work: (studio: Studio, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const studio = new Studio({ workerPath: workerPath(), workers });
  const controller = new AbortController();
  const cancel = (): void => controller.abort(new Error("Cancelled."));
  process.once("SIGINT", cancel).once("SIGTERM", cancel);
  try {
    return await work(studio, controller.signal);
  } finally {
    process.off("SIGINT", cancel).off("SIGTERM", cancel);
    await studio.dispose();
  }
}

/** The workers' program lies beside the one that was started, which npm may have started through a link. */
function workerPath(): string {
  return join(dirname(realpathSync(process.argv[1]!)), "worker.js");
}
