/** The worker's side of the pool: answers jobs by name. */
import { parentPort, type MessagePort } from "node:worker_threads";
import type { FromWorker, ToWorker } from "./workerMessages.js";
import { WorkerError } from "./workerMessages.js";

/** A job: takes its input, tells of its progress, gives its result. All three are plain data. */
export type JobFunction = (input: never, report: (progress: unknown) => void) => unknown;

/** Serves the named jobs for as long as the worker lives. */
export function serveJobs(jobs: Readonly<Record<string, JobFunction>>): void {
  const port = parentPort;
  if (!port) throw new Error("serveJobs: this program runs as a worker only");
  port.on("message", ({ name, input }: ToWorker) => void answer(port, jobs[name], input));
}

async function answer(port: MessagePort, job: JobFunction | undefined, input: unknown): Promise<void> {
  const post = (message: FromWorker): void => port.postMessage(message);
  try {
    if (!job) throw new Error("There is no such job.");
    const result = await job(input as never, (progress) => post({ kind: "progress", progress }));
    post({ kind: "done", result });
  } catch (error) {
    post({ kind: "failed", error: WorkerError.toWire(error) });
  }
}
