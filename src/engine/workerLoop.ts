/** The worker's side of the pool: answers jobs by name. */
import { parentPort, type MessagePort } from "node:worker_threads";
import { tellUnfinishedFiles } from "../audio/unfinishedFiles.js";
import type { FromWorker, ToWorker } from "./workerMessages.js";
import { WorkerError } from "./workerMessages.js";

/** A job: takes its input, tells of its progress, gives its result. All three are plain data. */
export type JobFunction = (input: never, report: (progress: unknown) => void) => unknown;

/** Progress is passed on at most this often, milliseconds: each message wakes the other thread. */
const PROGRESS_INTERVAL = 50;

/** Serves the named jobs for as long as the worker lives. */
export function serveJobs(jobs: Readonly<Record<string, JobFunction>>): void {
  const port = parentPort;
  if (!port) throw new Error("serveJobs: this program runs as a worker only");
  const post = (message: FromWorker): void => port.postMessage(message);
  tellUnfinishedFiles({
    begun: (path) => post({ kind: "begun", path }),
    ended: (path) => post({ kind: "ended", path }),
  });
  port.on("message", ({ name, input }: ToWorker) => void answer(port, jobs[name], input));
}

async function answer(port: MessagePort, job: JobFunction | undefined, input: unknown): Promise<void> {
  const post = (message: FromWorker, moved: ArrayBuffer[] = []): void => port.postMessage(message, moved);
  try {
    if (!job) throw new Error("There is no such job.");
    let nextReport = 0;
    const report = (progress: unknown): void => {
      if (performance.now() < nextReport) return;
      nextReport = performance.now() + PROGRESS_INTERVAL;
      post({ kind: "progress", progress });
    };
    const result = await job(input as never, report);
    post({ kind: "done", result }, wholeBuffer(result));
  } catch (error) {
    post({ kind: "failed", error: WorkerError.toWire(error) });
  }
}

/** The memory of a picture, which goes over to the other thread instead of being copied. */
function wholeBuffer(result: unknown): ArrayBuffer[] {
  const isWhole = result instanceof Uint8Array && result.byteLength === result.buffer.byteLength;
  return isWhole && result.buffer instanceof ArrayBuffer ? [result.buffer] : [];
}
