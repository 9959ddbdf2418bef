/**
 * Master Album: measures and processes every song, plans their loudness together, renders them,
 * and puts the finished files in place all at once. Workers do the audio; this file only decides.
 */
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import {
  createTemporaryFolder,
  moveIntoPlace,
  removeStaleTemporaryFiles,
  writeFileAtomically,
} from "../audio/atomicFile.js";
import { integratedLoudness } from "../engine/gating.js";
import type { WorkerPool } from "../engine/workerPool.js";
import { parseAlbum, referencesOf, type AlbumDocument } from "../session/albumDocument.js";
import { CHECKSUMS, checksums } from "./deliver/checksums.js";
import { deliverAlbum, type DeliveredAlbum } from "./deliver/deliverAlbum.js";
import { planDeliveries, type AlbumDeliveries } from "./deliver/deliveries.js";
import { documentPositions } from "../session/documentPositions.js";
import { DocumentError } from "./documentError.js";
import { failureOf } from "./failure.js";
import type { FinishedSong } from "./finishSong.js";
import { planLoudness } from "./gainPlan.js";
import { lockPath, lockText } from "./incremental/lockfile.js";
import type { MeasuredSong } from "./incremental/songCache.js";
import { locateFiles } from "./locateFiles.js";
import type { MasterOptions } from "./masterOptions.js";
import { checkDelivery } from "./quality/checkDelivery.js";
import { servicePlayback } from "./services/playback.js";
import { measureReferences } from "./tone/measureReferences.js";
import { matchedLoudness, planTone, type PlannedTone, type TonePlan } from "./tone/planTone.js";
import { albumPlan, type AlbumPlan } from "./albumPlan.js";
import { AlbumProgress } from "./albumProgress.js";
import { reportFiles } from "./report/report.js";
import type { AlbumLoudness, AlbumResult, SongResult } from "./results.js";
import { transitionNotes, transitions } from "./transitions.js";
import { SongRuns } from "./songRuns.js";
import { readDocument } from "./readDocument.js";

/**
 * Masters the album document at `albumPath`. A song that fails does not stop the others; its
 * result carries the error. Nothing in the output folder changes before every song is done.
 *
 * @throws DocumentError if the document has errors; the signal's reason if cancelled
 */
export function masterAlbum(
  pool: WorkerPool,
  albumPath: string,
  options: MasterOptions,
): Promise<AlbumResult> {
  const started = performance.now();
  return withRun(pool, albumPath, options, async (run) => {
    const result = await run.master(started);
    await run.publish(result);
    return result;
  });
}

/**
 * What Master Album would do with each song, without rendering any; songs that an earlier run has measured are not
 * measured again.
 *
 * @throws as {@link masterAlbum}
 */
export async function planAlbum(
  pool: WorkerPool,
  albumPath: string,
  options: MasterOptions,
): Promise<AlbumPlan> {
  return withRun(pool, albumPath, options, async (run) => {
    const { measured, tone, targets } = await run.plan();
    return albumPlan(
      run.album,
      measured.map((outcome) => collect(outcome)[0]),
      tone,
      targets,
    );
  });
}

function withRun<T>(
  pool: WorkerPool,
  albumPath: string,
  options: MasterOptions,
  use: (run: AlbumRun) => Promise<T>,
): Promise<T> {
  const path = resolve(albumPath);
  const text = options.text ?? readDocument(path);
  const { value, diagnostics } = parseAlbum(text);
  if (!value) throw new DocumentError(path, diagnostics);
  const album = locateFiles(value, dirname(path));
  const folder = resolve(dirname(path), options.output ?? value.output);
  const temporary = createTemporaryFolder(folder);
  // The lock file is written beside the document.
  for (const each of new Set([folder, dirname(path)])) removeStaleTemporaryFiles(each);
  return use(new AlbumRun(pool, path, text, album, folder, temporary, options)).finally(() =>
    rmSync(temporary, { recursive: true, force: true }),
  );
}

interface PlannedAlbum {
  readonly measured: readonly Outcome<MeasuredSong>[];
  readonly tone: TonePlan;
  /** By song, LUFS. */
  readonly targets: readonly (number | null)[];
}

/** What became of one song so far: a value, or the reason why there is none. */
type Outcome<T> = { readonly value: T } | { readonly error: unknown };

class AlbumRun {
  readonly #progress: AlbumProgress;
  readonly #deliveries: AlbumDeliveries;
  readonly #songs: SongRuns;
  #delivered: DeliveredAlbum | undefined;

  constructor(
    private readonly pool: WorkerPool,
    private readonly path: string,
    private readonly text: string,
    readonly album: AlbumDocument,
    private readonly folder: string,
    temporary: string,
    private readonly options: MasterOptions,
  ) {
    this.#progress = new AlbumProgress(
      album.songs.map(({ title }) => title),
      options.onProgress,
    );
    this.#deliveries = planDeliveries(album);
    this.#songs = new SongRuns({
      ...{ pool, folder, temporary, album, options },
      documentFolder: dirname(path),
      plan: this.#deliveries,
      progress: this.#progress,
    });
  }

  /** The first pass over all songs, and what follows from it for each. */
  async plan(): Promise<PlannedAlbum> {
    const { songs, target } = this.album;
    const measured = await this.#forEachSong((i) => this.#songs.measure(i));
    this.#protectSources(measured.flatMap(collect).flatMap((song) => song.sources));
    const reference = await measureReferences(
      this.pool,
      referencesOf(this.album),
      dirname(this.path),
      this.options,
    );
    const tone = planTone(
      measured.map((outcome) => collect(outcome)[0]?.tone ?? null),
      { amounts: songs.map((song) => (song.tonalBalance ?? this.album.tonalBalance).amount), reference },
    );
    const targets = planLoudness(
      measured.map((outcome, i) => ({
        ...matchedLoudness(collect(outcome)[0], tone.songs[i]!),
        offset: songs[i]!.loudness,
      })),
      target.mode,
      reference?.loudness ?? target.loudness,
    );
    return { measured, tone, targets };
  }

  async master(started: number): Promise<AlbumResult> {
    const { songs } = this.album;
    const { measured: prepared, tone, targets } = await this.plan();
    const rendered = await this.#forEachSong((i) => {
      const song = valueOf(prepared[i]!);
      return this.#songs.finish(
        i,
        song,
        matchedLoudness(song, tone.songs[i]!).integrated,
        targets[i]!,
        tone.songs[i]!.inserts,
      );
    });
    const after = albumLoudness(
      rendered.flatMap(collect),
      (song) => song.afterEnergies,
      (song) => song.after,
    );
    this.#delivered = await deliverAlbum(this.pool, {
      ...{ album: this.album, plan: this.#deliveries, loudness: after, signal: this.options.signal },
      finished: rendered.map((outcome) => collect(outcome)[0]),
      temporaryOf: (file) => this.#songs.temporaryOf(file),
      reuse: (song, albumGain) => this.#songs.reuse(song, albumGain),
      render: (song) => this.#songs.render(song),
    });
    const finished = rendered.map((outcome, i) => this.#withDelivery(outcome, i));
    const joins = transitions(finished.map((outcome) => collect(outcome)[0]?.afterEnergies));
    const titles = songs.map(({ title }) => title);
    return {
      title: this.album.title,
      folder: this.folder,
      reportPath: join(this.folder, reportFiles(this.path).markdown),
      before: albumLoudness(
        prepared.flatMap(collect),
        (song) => song.beforeEnergies,
        (song) => song.before,
      ),
      after,
      songs: songs.map((_, i) => {
        const into = transitionNotes(joins, i, titles);
        const planned = tone.songs[i]!;
        const notes = [...planned.notes, ...into];
        return this.#resultOf(i, prepared[i]!, finished[i]!, targets[i]!, { ...planned, notes });
      }),
      transitions: joins,
      tone: tone.album,
      services: servicePlayback(
        finished.map(
          (outcome) => collect(outcome)[0]?.after.loudness ?? { integrated: null, truePeak: null },
        ),
        after.integrated,
      ),
      images: this.#delivered.images,
      seconds: (performance.now() - started) / 1000,
    };
  }

  /** Moves the finished files to their places and writes the reports. */
  async publish(result: AlbumResult): Promise<void> {
    this.options.signal?.throwIfAborted();
    const files = [...result.songs.flatMap(({ deliveries }) => deliveries), ...result.images];
    for (const { file } of files) {
      const place = join(this.folder, file);
      const temporary = this.#songs.temporaryOf(file);
      // What is not there has been there already.
      if (!existsSync(temporary)) continue;
      mkdirSync(dirname(place), { recursive: true });
      moveIntoPlace(temporary, place);
    }
    const texts = {
      ...reportFiles(this.path).contents(result, this.album),
      ...this.#delivered?.sheets,
      ...(files.length > 0 && { [CHECKSUMS]: checksums(files) }),
    };
    for (const [name, content] of Object.entries(texts))
      writeFileAtomically(join(this.folder, name), content);
    if (this.options.text !== undefined || files.length === 0) return;
    writeFileAtomically(lockPath(this.path), lockText(result, this.album));
    await this.#songs.keep(result.songs);
  }

  /** All songs, however they end: a failing one does not stop the others, and none is left running. */
  async #forEachSong<T>(work: (index: number) => Promise<T>): Promise<Outcome<T>[]> {
    const settled = await Promise.allSettled(this.album.songs.map(async (_, index) => work(index)));
    this.options.signal?.throwIfAborted();
    return settled.map((each) =>
      each.status === "fulfilled" ? { value: each.value } : { error: each.reason as unknown },
    );
  }

  /** @throws DocumentError if a master would take the place of a file that it is made of */
  #protectSources(sources: readonly string[]): void {
    const { songs, images } = this.#deliveries;
    const files = [...songs.flatMap((song) => song.files), ...images].map(({ file }) =>
      join(this.folder, file),
    );
    const threatened = files.find((file) => sources.includes(file));
    if (threatened === undefined) return;
    const range = documentPositions(this.text).rangeOf(["output"])!;
    const message = `A master would overwrite its own source ${threatened}. Choose another folder for the masters.`;
    throw new DocumentError(this.path, [
      { severity: "error", code: "overwrites-source", message, path: ["output"], ...range },
    ]);
  }

  /** A song whose files could not be made has failed. */
  #withDelivery(outcome: Outcome<FinishedSong>, index: number): Outcome<FinishedSong> {
    const delivered = this.#delivered?.songs[index];
    return delivered?.status === "rejected" ? { error: delivered.reason as unknown } : outcome;
  }

  #resultOf(
    index: number,
    prepared: Outcome<MeasuredSong>,
    finished: Outcome<FinishedSong>,
    target: number | null,
    { tone, notes }: PlannedTone,
  ): SongResult {
    const before = "value" in prepared ? prepared.value : undefined;
    const after = "value" in finished ? finished.value : undefined;
    const song = this.album.songs[index]!;
    const delivered = this.#delivered?.songs[index];
    const deliveries = after && delivered?.status === "fulfilled" ? delivered.value : [];
    return {
      index,
      title: song.title,
      ...(before && { before: { ...before.before, source: song.source } }),
      ...(after && { after: { ...after.after, source: song.source } }),
      ...(tone && { tone }),
      notes,
      chainGain: before?.chainGain ?? 0,
      stages: before?.stages ?? [],
      quality: {
        before: before ? [...before.quality, ...checkDelivery(this.album, index, before.before)] : [],
        after: after?.quality ?? [],
      },
      gain: after?.gain ?? 0,
      targetLoudness: target,
      gainReductionP95: after?.reductionP95 ?? 0,
      gainReductionMax: after?.reductionMax ?? 0,
      files: deliveries.map(({ file }) => file),
      deliveries,
      warnings: [...(before?.warnings ?? []), ...(after?.warnings ?? [])],
      ...("error" in finished && { error: failureOf(finished.error, this.path, this.text, index) }),
    };
  }
}

function valueOf<T>(outcome: Outcome<T>): T {
  if ("error" in outcome) throw outcome.error;
  return outcome.value;
}

function collect<T>(outcome: Outcome<T>): T[] {
  return "value" in outcome ? [outcome.value] : [];
}

function albumLoudness<T>(
  songs: readonly T[],
  energiesOf: (song: T) => Float64Array,
  overviewOf: (song: T) => { loudness: { integrated: number | null } },
): AlbumLoudness {
  const integrated = songs.flatMap((song) => overviewOf(song).loudness.integrated ?? []);
  return {
    integrated: integratedLoudness(songs.map(energiesOf)),
    spread: integrated.length === 0 ? null : Math.max(...integrated) - Math.min(...integrated),
  };
}
