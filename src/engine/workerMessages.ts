/** What passes between the pool and its workers, errors included. */

export interface ToWorker {
  readonly name: string;
  readonly input: unknown;
}

/** An error as it travels: its class's name, its sentence, and its own plain properties. */
export interface WireError {
  readonly name: string;
  readonly message: string;
  readonly stack: string | undefined;
  readonly details: Readonly<Record<string, unknown>>;
}

export type FromWorker =
  | { readonly kind: "progress"; readonly progress: unknown }
  /** A temporary file or folder that has to go if the worker ends before it tells that it is gone. */
  | { readonly kind: "begun"; readonly path: string }
  | { readonly kind: "ended"; readonly path: string }
  | { readonly kind: "done"; readonly result: unknown }
  | { readonly kind: "failed"; readonly error: WireError };

/** A job that failed in its worker, or with it. */
export class WorkerError extends Error {
  override readonly name: string = "WorkerError";
  /** Properties of the original error, for example `file` and `offset` of an AudioFileError. */
  readonly details: Readonly<Record<string, unknown>> = {};

  static fromWire({ name, message, stack, details }: WireError): WorkerError {
    const error = new WorkerError(message);
    Object.assign(error, { name, details });
    if (stack !== undefined) error.stack = stack;
    return error;
  }

  static toWire(error: unknown): WireError {
    if (!(error instanceof Error))
      return { name: "Error", message: String(error), stack: undefined, details: {} };
    const { name, message, stack } = error;
    return { name, message, stack, details: { ...error } };
  }
}
