/** Temporary files and folders that this thread has begun: whoever can stop the thread wants to know what to remove. */

export interface UnfinishedFiles {
  /** Told before anything is at `path`. */
  readonly begun: (path: string) => void;
  /** Nothing is left at `path`, or it is what it was to become. */
  readonly ended: (path: string) => void;
}

let listener: UnfinishedFiles | undefined;

/** From now on `to` is told of all of them. */
export function tellUnfinishedFiles(to: UnfinishedFiles): void {
  listener = to;
}

export function noteBegun(path: string): void {
  listener?.begun(path);
}

export function noteEnded(path: string): void {
  listener?.ended(path);
}
