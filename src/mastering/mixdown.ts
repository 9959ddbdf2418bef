/**
 * Mixdown: workers render the tracks up to their faders, one puts them together beside the target, and the whole
 * file takes its place. The bytes are the same however many workers there are, and whatever the cache held.
 */
import { existsSync, rmSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { createTemporaryFolder, moveIntoPlace, removeStaleTemporaryFiles } from "../audio/atomicFile.js";
import type { JobOptions, WorkerPool } from "../engine/workerPool.js";
import { freezeTracks, type FrozenTracks } from "./freeze/freezeTracks.js";
import { renderCacheIn } from "./freeze/renderCache.js";
import type { SongInput } from "./openSong.js";
import type { MixdownInput, MixdownResult, RenderMixdownInput } from "./renderMixdown.js";
import type { TimeRange } from "./timeRange.js";

/** The workers, and where what they make may be kept. */
export interface RenderResources {
  readonly pool: WorkerPool;
  /** Most workers at once. */
  readonly workers: number;
  /** Of files that can be made again, absolute path; without it nothing is kept. */
  readonly cacheFolder?: string | undefined;
}

/** Of the work of a mixdown, what its tracks take. */
const TRACKS_SHARE = 0.7;

/** @throws what the rendering threw; the signal's reason if cancelled: the target is then as it was */
export function mixdown(
  resources: RenderResources,
  input: MixdownInput,
  options: JobOptions<number>,
): Promise<MixdownResult> {
  const output = resolve(input.output);
  const folder = dirname(output);
  if (!existsSync(folder)) throw new Error(`${input.output}: its folder does not exist`);
  return withTemporaryFolder(folder, async (temporaryFolder) => {
    const temporary = join(temporaryFolder, basename(output));
    const result = await render(resources, { ...input, temporary }, temporaryFolder, options);
    options.signal?.throwIfAborted();
    moveIntoPlace(temporary, output);
    return result;
  });
}

/** Lets `work` write into a folder beside its targets; what is left of it goes in the end. */
export async function withTemporaryFolder<T>(
  beside: string,
  work: (folder: string) => Promise<T>,
): Promise<T> {
  removeStaleTemporaryFiles(beside);
  const folder = createTemporaryFolder(beside);
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Renders a session into `job.temporary`. */
export async function render(
  resources: RenderResources,
  job: RenderMixdownInput,
  temporaryFolder: string,
  options: JobOptions<number>,
): Promise<MixdownResult> {
  const { signal, onProgress } = options;
  const frozen = await freeze(
    resources,
    { ...job, temporaryFolder },
    {
      signal,
      onProgress: (fraction) => onProgress?.(fraction * TRACKS_SHARE),
    },
  );
  const { cacheFolder } = resources;
  const renderCache = cacheFolder === undefined ? undefined : renderCacheIn(cacheFolder);
  const begin = frozen ? TRACKS_SHARE : 0;
  const result = await resources.pool.run<MixdownResult, number>(
    "mixdown",
    { ...job, frozen: frozen?.tracks, renderCache },
    { signal, onProgress: (fraction) => onProgress?.(begin + (1 - begin) * fraction) },
  );
  return { ...result, warnings: [...new Set([...(frozen?.warnings ?? []), ...result.warnings])] };
}

export interface FreezeJob extends SongInput {
  /** Only a part of the session is rendered. */
  readonly range?: TimeRange | undefined;
  /** Where tracks may lie for the time of the render. */
  readonly temporaryFolder?: string | undefined;
}

/**
 * One worker that keeps nothing renders all at once, without files in between; so do more when those would be too
 * large. A part takes what tracks are kept, and renders the others no further than its end.
 */
export function freeze(
  { pool, workers, cacheFolder }: RenderResources,
  { temporaryFolder, ...job }: FreezeJob,
  options: JobOptions<number>,
): Promise<FrozenTracks | undefined> | undefined {
  const isPart = job.range !== undefined;
  if (cacheFolder !== undefined) return freezeTracks(pool, job, renderCacheIn(cacheFolder), isPart, options);
  if (isPart || workers === 1 || temporaryFolder === undefined) return undefined;
  return freezeTracks(pool, job, join(temporaryFolder, "tracks"), isPart, options);
}
