/** Export of stems: a file per channel as it sounds after its fader, or per track with its buses and returns. */
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { moveIntoPlace } from "../../audio/atomicFile.js";
import type { JobOptions } from "../../engine/workerPool.js";
import { render, withTemporaryFolder, type RenderResources } from "../mixdown.js";
import type { MixdownInput, MixdownResult } from "../renderMixdown.js";
import type { PlannedStem } from "./stemNames.js";

export interface ExportStemsInput extends Omit<MixdownInput, "output"> {
  /** Made if it is not there. */
  readonly folder: string;
  /**
   * False: a stem per track and bus, after the fader, its sends not included; those that play straight to the master
   * add up to the mixdown before the master's inserts. True: a stem per track as it is heard alone, through its buses
   * and with its returns; they add up to the same as long as the buses' processors are linear.
   */
  readonly withSends: boolean;
}

export interface ExportedStems {
  /** Absolute. */
  readonly folder: string;
  readonly stems: readonly PlannedStem[];
  /** Samples over full scale that an integer format had to clip. */
  readonly clipped: number;
  readonly warnings: readonly string[];
}

/**
 * @throws Error if the session has no channel that is heard; what the rendering threw; the signal's reason if
 *   cancelled: the folder is then as it was
 */
export async function exportStems(
  resources: RenderResources,
  input: ExportStemsInput,
  options: JobOptions<number>,
): Promise<ExportedStems> {
  const folder = resolve(input.folder);
  const planned = await resources.pool.run<PlannedStem[]>("planStems", input, { signal: options.signal });
  const stems = input.withSends ? planned.filter(({ kind }) => kind === "track") : planned;
  if (stems.length === 0) throw new Error(`${input.path}: no channel is heard, so there are no stems`);
  mkdirSync(folder, { recursive: true });
  return withTemporaryFolder(folder, async (temporaryFolder) => {
    const results = input.withSends
      ? await renderSolos(resources, input, stems, temporaryFolder, options)
      : [await renderTaps(resources, input, stems, temporaryFolder, options)];
    options.signal?.throwIfAborted();
    if (input.range && results.every(({ overview }) => overview.duration === 0))
      throw new Error(`range: ${input.range.from} s is beyond the end of all stems; choose an earlier start`);
    for (const { file } of stems) moveIntoPlace(join(temporaryFolder, file), join(folder, file));
    return {
      folder,
      stems,
      clipped: results.reduce((sum, { clipped }) => sum + clipped, 0),
      warnings: [...new Set(results.flatMap(({ warnings }) => warnings))],
    };
  });
}

/** All stems in one go, beside a mixdown that nobody keeps. */
function renderTaps(
  resources: RenderResources,
  input: ExportStemsInput,
  stems: readonly PlannedStem[],
  temporaryFolder: string,
  options: JobOptions<number>,
): Promise<MixdownResult> {
  const mix = join(temporaryFolder, ".mix.wav");
  const job = {
    ...input,
    ...{ output: mix, temporary: mix, taps: stems.map(({ id }) => id) },
    stems: { folder: temporaryFolder, names: stems },
  };
  return render(resources, job, temporaryFolder, options);
}

function renderSolos(
  { pool, workers }: RenderResources,
  input: ExportStemsInput,
  stems: readonly PlannedStem[],
  temporaryFolder: string,
  { signal, onProgress }: JobOptions<number>,
): Promise<MixdownResult[]> {
  const done = stems.map(() => 0);
  return Promise.all(
    stems.map(({ id, file }, i) => {
      const temporary = join(temporaryFolder, file);
      const job = { ...input, output: temporary, temporary, solo: id };
      // The tracks are rendered one each anyway: no files in between.
      const live: RenderResources = { pool, workers: Math.min(workers, 1) };
      return render(live, job, temporaryFolder, {
        signal,
        onProgress: (fraction) => {
          done[i] = fraction;
          onProgress?.(done.reduce((sum, each) => sum + each, 0) / stems.length);
        },
      });
    }),
  );
}
