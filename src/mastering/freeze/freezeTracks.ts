/** Renders the tracks of a session up to their faders, over the workers, unless the render cache has them. */
import type { FrozenTrack } from "../../engine/mixPlan.js";
import type { JobOptions, WorkerPool } from "../../engine/workerPool.js";
import type { SongInput } from "../openSong.js";
import type { FreezeInput, TrackToFreeze } from "./freezeJobs.js";
import { CACHE_LIMIT, RenderCache, type CachedTrack } from "./renderCache.js";

export interface FrozenTracks {
  /** By the ids of the tracks. */
  readonly tracks: Readonly<Record<string, FrozenTrack>>;
  readonly warnings: readonly string[];
}

/**
 * @param folder of the render cache
 * @param isPart whether only part of the session is wanted: tracks that the cache has not are left out then
 * @returns `undefined` if the tracks would take more room than the cache has: the session is then to be rendered at once
 * @throws what a rendering threw; the signal's reason if cancelled
 */
export async function freezeTracks(
  pool: WorkerPool,
  input: SongInput,
  folder: string,
  isPart: boolean,
  { signal, onProgress }: JobOptions<number>,
): Promise<FrozenTracks | undefined> {
  const wanted = await pool.run<TrackToFreeze[]>("findTracks", input, { signal });
  if (wanted.reduce((sum, { bytes }) => sum + bytes, 0) > CACHE_LIMIT) return undefined;
  const cache = new RenderCache(folder);
  const done = wanted.map(() => 0);
  /** Ends the others when one has failed: nobody writes any more once it is told. */
  const failure = new AbortController();
  const either = signal ? AbortSignal.any([signal, failure.signal]) : failure.signal;
  const freeze = async ({ id, key }: TrackToFreeze, index: number): Promise<[string, CachedTrack][]> => {
    const report = (fraction: number): void => {
      done[index] = fraction;
      onProgress?.(done.reduce((sum, each) => sum + each, 0) / wanted.length);
    };
    const cached = cache.find(key);
    if (cached) {
      report(1);
      return [[id, cached]];
    }
    if (isPart) return [];
    const job: FreezeInput = { ...input, track: id, target: cache.audioPath(key) };
    const track = await pool.run<CachedTrack, number>("freezeTrack", job, {
      ...{ signal: either, onProgress: report },
    });
    cache.add(key, track);
    return [[id, track]];
  };
  const jobs = wanted.map((track, index) =>
    freeze(track, index).catch((error: unknown) => {
      failure.abort(error);
      throw error;
    }),
  );
  await Promise.allSettled(jobs);
  if (failure.signal.aborted) throw failure.signal.reason;
  const frozen = (await Promise.all(jobs)).flat();
  await cache.trim(wanted.map(({ key }) => key));
  return {
    tracks: Object.fromEntries(frozen),
    warnings: frozen.flatMap(([, { warnings }]) => warnings),
  };
}
