/**
 * A few workers that take jobs one at a time, in the order they come. A worker that dies
 * fails its job with a clear error and is replaced; a cancelled job's worker is ended at once. What a worker that ends
 * so has begun to write is removed.
 */
import { setMaxListeners } from "node:events";
import { rm } from "node:fs/promises";
import { Worker } from "node:worker_threads";
import type { FromWorker, ToWorker } from "./workerMessages.js";
import { WorkerError } from "./workerMessages.js";

export interface JobOptions<Progress> {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

interface Job {
  readonly name: string;
  readonly input: unknown;
  readonly onProgress: ((progress: never) => void) | undefined;
  readonly resolve: (result: never) => void;
  readonly reject: (error: Error) => void;
}

export class WorkerPool {
  readonly #script: string;
  readonly #size: number;
  readonly #idle: Worker[] = [];
  readonly #queue: Job[] = [];
  readonly #running = new Map<Worker, Job>();
  readonly #restMilliseconds: number;
  /** Until idle workers are ended. */
  readonly #rests = new Map<Worker, NodeJS.Timeout>();
  /** Temporary files and folders of each worker. */
  readonly #unfinished = new WeakMap<Worker, Set<string>>();
  #isDisposed = false;

  /**
   * @param script path of the worker's program
   * @param size most workers at once, at least 1; they are started when there is work
   * @param restSeconds workers that have had no job for so long are ended, which gives back their memory
   */
  constructor(script: string, size: number, restSeconds = Infinity) {
    this.#script = script;
    this.#restMilliseconds = restSeconds * 1000;
    this.#size = Math.max(1, size);
  }

  /**
   * Runs the job `name` in a worker.
   * @throws what the job threw; WorkerError if its worker died; the signal's reason if cancelled
   */
  run<Result, Progress = never>(
    name: string,
    input: unknown,
    options: JobOptions<Progress> = {},
  ): Promise<Result> {
    const { signal, onProgress } = options;
    return new Promise<Result>((resolve, reject) => {
      if (this.#isDisposed) throw new WorkerError("The worker pool has been shut down.");
      signal?.throwIfAborted();
      // One signal may cancel any number of jobs.
      if (signal) setMaxListeners(0, signal);
      const cancel = (): void => this.#cancel(job, asError(signal?.reason));
      const settle = (): void => signal?.removeEventListener("abort", cancel);
      const job: Job = {
        name,
        input,
        onProgress,
        resolve: (result) => (settle(), resolve(result)),
        reject: (error) => {
          settle();
          reject(error);
        },
      };
      signal?.addEventListener("abort", cancel, { once: true });
      this.#queue.push(job);
      this.#startNext();
    });
  }

  /** Starts the workers, so that the first jobs need not wait for them. */
  prepare(): void {
    while (this.#idle.length + this.#running.size < this.#size) {
      const worker = this.#startWorker();
      worker.unref();
      this.#idle.push(worker);
    }
  }

  /** Ends all workers; jobs under way fail. */
  async dispose(): Promise<void> {
    this.#isDisposed = true;
    for (const rest of this.#rests.values()) clearTimeout(rest);
    const failure = new WorkerError("The worker pool has been shut down.");
    for (const job of this.#queue.splice(0)) job.reject(failure);
    const workers = [...this.#idle.splice(0), ...this.#running.keys()];
    for (const job of this.#running.values()) job.reject(failure);
    this.#running.clear();
    await Promise.all(workers.map((worker) => this.#end(worker)));
  }

  #startNext(): void {
    while (this.#queue.length > 0 && this.#running.size < this.#size) {
      const job = this.#queue.shift()!;
      const worker = this.#idle.pop() ?? this.#startWorker();
      clearTimeout(this.#rests.get(worker));
      this.#rests.delete(worker);
      this.#running.set(worker, job);
      worker.ref();
      worker.postMessage({ name: job.name, input: job.input } satisfies ToWorker);
    }
  }

  #startWorker(): Worker {
    const worker = new Worker(this.#script);
    this.#unfinished.set(worker, new Set());
    worker.on("message", (message: FromWorker) => this.#receive(worker, message));
    worker.on("error", (error) => this.#lose(worker, error));
    worker.on("exit", (code) => this.#lose(worker, new Error(`it ended with exit code ${code}`)));
    return worker;
  }

  #receive(worker: Worker, message: FromWorker): void {
    if (message.kind === "begun") return void this.#unfinished.get(worker)?.add(message.path);
    if (message.kind === "ended") return void this.#unfinished.get(worker)?.delete(message.path);
    const job = this.#running.get(worker);
    if (!job) return;
    if (message.kind === "progress") {
      job.onProgress?.(message.progress as never);
      return;
    }
    this.#running.delete(worker);
    // An idle worker does not keep the process alive.
    worker.unref();
    this.#idle.push(worker);
    if (Number.isFinite(this.#restMilliseconds))
      this.#rests.set(worker, setTimeout(() => this.#dismiss(worker), this.#restMilliseconds).unref());
    if (message.kind === "done") job.resolve(message.result as never);
    else job.reject(WorkerError.fromWire(message.error));
    this.#startNext();
  }

  /** Ends an idle worker. */
  #dismiss(worker: Worker): void {
    this.#rests.delete(worker);
    this.#idle.splice(this.#idle.indexOf(worker), 1);
    void worker.terminate();
  }

  #lose(worker: Worker, cause: Error): void {
    const job = this.#running.get(worker);
    this.#running.delete(worker);
    clearTimeout(this.#rests.get(worker));
    this.#rests.delete(worker);
    const idle = this.#idle.indexOf(worker);
    if (idle >= 0) this.#idle.splice(idle, 1);
    const failure = new WorkerError(
      `The worker that ran "${job?.name}" died: ${cause.message}. Other jobs go on.`,
    );
    void this.#removeUnfinished(worker).then(() => job?.reject(failure));
    this.#startNext();
  }

  /** Ends a worker and what it has begun to write. */
  async #end(worker: Worker): Promise<void> {
    // It has told everything by the time this is over.
    await worker.terminate();
    await this.#removeUnfinished(worker);
  }

  async #removeUnfinished(worker: Worker): Promise<void> {
    const paths = [...(this.#unfinished.get(worker) ?? [])];
    await Promise.all(paths.map((path) => rm(path, { recursive: true, force: true }).catch(() => undefined)));
  }

  #cancel(job: Job, reason: Error): void {
    const waiting = this.#queue.indexOf(job);
    if (waiting >= 0) this.#queue.splice(waiting, 1);
    for (const [worker, running] of this.#running) {
      if (running !== job) continue;
      this.#running.delete(worker);
      void this.#end(worker).then(() => {
        job.reject(reason);
        this.#startNext();
      });
      return;
    }
    job.reject(reason);
  }
}

const asError = (reason: unknown): Error => (reason instanceof Error ? reason : new Error(String(reason)));
