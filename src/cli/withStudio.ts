import { fileURLToPath } from "node:url";
import { Studio } from "../mastering/studio.js";
import type { CommonOptions } from "./terminal.js";

/**
 * Runs `work` with a studio of workers; Ctrl+C cancels it, so that nothing half-written stays.
 */
export async function withStudio<T>(
  { workers }: CommonOptions,
  work: (studio: Studio, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const studio = new Studio({ workerPath: fileURLToPath(new URL("./worker.js", PROGRAM)), workers });
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

/** The program that was started; the worker's lies beside it. */
const PROGRAM = new URL(`file://${process.argv[1]}`);
