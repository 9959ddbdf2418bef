/** The same work on several files, with one progress notification that can cancel it. */
import { basename } from "node:path";
import * as vscode from "vscode";
import type { JobOptions } from "../../engine/workerPool.js";
import { formatPercent } from "../../viewmodel/formats.js";
import { renderLog } from "../views/renderLog.js";
import { sentenceOf } from "../wav/wavAnalysis.js";

/** Files that are worked on at the same time. */
const MOST_AT_ONCE = 4;

export interface Batch<T> {
  readonly done: readonly { readonly uri: vscode.Uri; readonly value: T }[];
  /** Sentences for people. */
  readonly failed: readonly { readonly uri: vscode.Uri; readonly message: string }[];
  readonly isCancelled: boolean;
}

/** @param title "Normalizing" @param work never begins for further files once the user has cancelled */
export function audioBatch<T>(
  title: string,
  uris: readonly vscode.Uri[],
  work: (uri: vscode.Uri, options: JobOptions<number>) => Promise<T>,
): Thenable<Batch<T>> {
  const [first] = uris;
  const what = uris.length === 1 && first ? basename(first.path) : `${uris.length} files`;
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: `${title} ${what}`,
    cancellable: true,
  };
  return vscode.window.withProgress(options, async (notification, token) => {
    const cancelled = new AbortController();
    const subscription = token.onCancellationRequested(() => cancelled.abort());
    const tell =
      first &&
      renderLog.begin({
        ...{ title, uri: first, cancel: () => cancelled.abort() },
        again: () => void audioBatch(title, uris, work),
      });
    const fractions = uris.map(() => 0);
    let shown = 0;
    const report = (): void => {
      const fraction = fractions.reduce((sum, each) => sum + each, 0) / uris.length;
      notification.report({
        message: formatPercent(fraction),
        increment: Math.max(0, fraction - shown) * 100,
      });
      shown = Math.max(shown, fraction);
      tell?.({ fraction });
    };
    try {
      const batch = await settle(uris, cancelled.signal, (uri, i) =>
        work(uri, {
          signal: cancelled.signal,
          onProgress: (fraction) => {
            fractions[i] = fraction;
            report();
          },
        }).finally(() => {
          fractions[i] = 1;
          report();
        }),
      );
      const problem = batch.failed[0]?.message;
      tell?.({ problem, state: batch.isCancelled ? "cancelled" : problem === undefined ? "done" : "failed" });
      return batch;
    } finally {
      subscription.dispose();
    }
  });
}

/** The part of a file's progress that one of its steps fills, from `from` to `to`. */
export function stepOf(
  { signal, onProgress }: JobOptions<number>,
  from: number,
  to: number,
): JobOptions<number> {
  return { signal, onProgress: (fraction) => onProgress?.(from + (to - from) * fraction) };
}

async function settle<T>(
  uris: readonly vscode.Uri[],
  signal: AbortSignal,
  work: (uri: vscode.Uri, index: number) => Promise<T>,
): Promise<Batch<T>> {
  const results = new Map<number, T>();
  const failures = new Map<number, string>();
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let i = next++; i < uris.length && !signal.aborted; i = next++) {
      try {
        results.set(i, await work(uris[i]!, i));
      } catch (error) {
        if (!signal.aborted) failures.set(i, sentenceOf(error));
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(MOST_AT_ONCE, uris.length) }, lane));
  return {
    done: uris.flatMap((uri, i) => (results.has(i) ? [{ uri, value: results.get(i)! }] : [])),
    failed: uris.flatMap((uri, i) => (failures.has(i) ? [{ uri, message: failures.get(i)! }] : [])),
    isCancelled: signal.aborted,
  };
}

/** Says what went wrong with which file. @param verb "measured" */
export function showFailures({ failed }: Pick<Batch<unknown>, "failed">, verb: string): void {
  const [first] = failed;
  if (!first) return;
  const rest = failed.length > 1 ? ` ${failed.length - 1} more of the files failed.` : "";
  const sentence = first.message.replace(/\.?$/, ".");
  void vscode.window.showErrorMessage(`${basename(first.uri.path)} was not ${verb}: ${sentence}${rest}`);
}
