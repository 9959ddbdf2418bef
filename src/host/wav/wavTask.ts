import type { JobOptions } from "../../engine/workerPool.js";
import type { Studio } from "../../mastering/studio.js";
import type { UseStudio } from "./wavStudio.js";

export type Work<T> = (studio: Studio, options: JobOptions<number>) => Promise<T>;

export interface TaskOptions {
  /** Any of these cancels the task. */
  readonly signals: readonly AbortSignal[];
  /** Takes the share done, 0 to 1; at the end `null`. */
  readonly onProgress: (fraction: number | null) => void;
}

/** Runs a job that the user waits for. @throws what the job throws; an AbortError if cancelled */
export async function runTask<T>(use: UseStudio, work: Work<T>, options: TaskOptions): Promise<T> {
  const { signals, onProgress } = options;
  const all = new AbortController();
  const cancel = (): void => all.abort();
  for (const signal of signals) {
    if (signal.aborted) cancel();
    signal.addEventListener("abort", cancel, { once: true });
  }
  onProgress(0);
  try {
    return await use((studio) => work(studio, { signal: all.signal, onProgress }));
  } finally {
    for (const signal of signals) signal.removeEventListener("abort", cancel);
    onProgress(null);
  }
}
