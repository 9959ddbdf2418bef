/** The recordings that an album approaches, as one. */
import { resolve } from "node:path";
import type { WorkerPool } from "../../engine/workerPool.js";
import type { Reference } from "../../session/albumDocument.js";
import type { SongInput } from "../openSong.js";
import type { ReferenceTone } from "./planTone.js";
import type { MeasuredReference } from "./referenceJob.js";
import { meanTone } from "./tone.js";

export interface AlbumReference extends ReferenceTone {
  /** LUFS to take in place of the target's; `null`: the target's stays. */
  readonly loudness: number | null;
}

/**
 * @param folder of the album document
 * @returns `undefined` if there are none, or they are silent
 * @throws what reading one of them throws; the signal's reason if cancelled
 */
export async function measureReferences(
  pool: WorkerPool,
  references: readonly Reference[],
  folder: string,
  {
    signal,
    decodedFolder,
  }: { readonly signal?: AbortSignal | undefined; readonly decodedFolder?: string | undefined },
): Promise<AlbumReference | undefined> {
  const measured = await Promise.all(
    references.map(({ file }) => {
      const input: SongInput = { path: resolve(folder, file), decodedFolder };
      return pool.run<MeasuredReference>("reference", input, { signal });
    }),
  );
  const heard = references.flatMap((reference, i) => {
    const { tone, integrated } = measured[i]!;
    return tone && integrated !== null ? [{ ...reference, tone, integrated }] : [];
  });
  const [first] = heard;
  if (!first) return undefined;
  const weights = heard.map(({ weight }) => weight);
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  const level = heard.reduce((sum, { integrated, weight }) => sum + integrated * weight, 0) / whole;
  return {
    tone: meanTone(
      heard.map(({ tone }) => tone),
      weights,
    ),
    amount: first.amount,
    isWidthMatched: first.width,
    loudness: first.loudness ? level : null,
  };
}
