/** What the workers do with each song of an album: measure it, render it, or find that it is there already. */
import { rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { fileStampNow } from "../audio/fileStamp.js";
import type { WorkerPool } from "../engine/workerPool.js";
import type { AlbumDocument } from "../session/albumDocument.js";
import type { Insert } from "../session/insertTable.js";
import type { AlbumProgress } from "./albumProgress.js";
import { tagsOf } from "./deliver/deliverAlbum.js";
import type { AlbumDeliveries } from "./deliver/deliveries.js";
import type { FinishInput, FinishStage, FinishedSong } from "./finishSong.js";
import type { ReuseInput } from "./incremental/reuseJob.js";
import { SongCache, type KeptMaster, type MeasuredSong } from "./incremental/songCache.js";
import { masterKey, measuredKey } from "./incremental/songKeys.js";
import type { MasterOptions } from "./masterOptions.js";
import type { PrepareInput, PreparedSong } from "./prepareSong.js";
import type { QualityFinding } from "./quality/checkQuality.js";
import { isMixDocument } from "./readSong.js";
import type { DeliveredFile, SongResult } from "./results.js";

export interface SongRunsOptions {
  readonly pool: WorkerPool;
  /** Its chains name absolute paths. */
  readonly album: AlbumDocument;
  /** Of the document. */
  readonly documentFolder: string;
  /** Of the masters. */
  readonly folder: string;
  /** Where files lie until they are published. */
  readonly temporary: string;
  readonly plan: AlbumDeliveries;
  readonly progress: AlbumProgress;
  readonly options: MasterOptions;
}

/** What is known of a song in this run. */
interface SongState {
  readonly measuredKey: string | undefined;
  /** With its sound; absent while only its measurements are known. */
  prepared?: PreparedSong;
  masterKey?: string | undefined;
  finish?: Omit<FinishInput, "renditions">;
  /** The master that an earlier run has left. */
  kept?: KeptMaster | undefined;
  /** As it was rendered in this run. */
  finished?: FinishedSong;
  /** Texts of the album's gain in the tags of its files. */
  albumGain?: Readonly<Record<string, string>>;
}

export class SongRuns {
  readonly #own: SongRunsOptions;
  readonly #cache: SongCache;
  readonly #states: SongState[];

  constructor(own: SongRunsOptions) {
    this.#own = own;
    const { cacheFolder, isForced = false } = own.options;
    this.#cache = new SongCache(cacheFolder, isForced);
    this.#states = own.album.songs.map((_, song) => ({ measuredKey: measuredKey(this.#prepareInput(song)) }));
  }

  /** @returns where a file lies until it is published */
  temporaryOf(file: string): string {
    return join(this.#own.temporary, file.replaceAll("/", "-"));
  }

  /** The first pass over a song, unless an earlier run has measured the same. */
  async measure(song: number): Promise<MeasuredSong> {
    const key = this.#states[song]!.measuredKey;
    const known = this.#cache.measured(key);
    if (known) {
      this.#own.progress.prepared(song, 1);
      return known;
    }
    const { intermediates: _, ...measured } = await this.#prepare(song);
    const whole = { ...measured, quality: [...measured.quality, ...(await this.#faults(song))] };
    this.#cache.keepMeasured(key, whole);
    return whole;
  }

  /**
   * The second pass over a song, unless its master is there already.
   * @param integrated LUFS that it has before the gain. @param target LUFS to reach
   */
  async finish(
    song: number,
    measured: MeasuredSong,
    integrated: number | null,
    target: number | null,
    inserts: readonly Insert[],
  ): Promise<FinishedSong> {
    const { album, plan } = this.#own;
    const { fadeIn, fadeOut, gap } = album.songs[song]!;
    const state = this.#states[song]!;
    const finish = {
      ...{ inserts, integrated, target, fadeIn, fadeOut, peak: measured.peak, limiter: album.limiter },
      ceiling: album.target.truePeak,
      maxReduction: album.target.maxGainReduction,
      gap: song === album.songs.length - 1 ? 0 : gap,
    };
    state.finish = { ...finish, source: measured.before.source };
    // An image is made of the samples of all songs.
    const parts = { finish, plan: plan.songs[song]!, tags: tagsOf(album, song), cover: album.cover };
    state.masterKey = plan.images.length > 0 ? undefined : masterKey(state.measuredKey, parts);
    state.kept = this.#cache.master(state.masterKey);
    if (state.kept) {
      this.#own.progress.finished(song, "verifying", 1);
      return state.kept.finished;
    }
    return this.#render(song);
  }

  /**
   * @param albumGain texts of the album's gain in the tags
   * @returns the files of a master that an earlier run has left, as they are to be; `null` if there is none
   */
  async reuse(
    song: number,
    albumGain: Readonly<Record<string, string>>,
  ): Promise<readonly DeliveredFile[] | null> {
    const state = this.#states[song]!;
    state.albumGain = albumGain;
    const { kept } = state;
    if (!kept) return null;
    const names = new Set([...Object.keys(kept.albumGain), ...Object.keys(albumGain)]);
    const changes = [...names].flatMap((name) => {
      const [before = "", after = ""] = [kept.albumGain[name], albumGain[name]];
      return before === after ? [] : [{ name, before, after }];
    });
    const input: ReuseInput = {
      changes,
      files: kept.deliveries.map((each) => ({
        kept: each,
        path: join(this.#own.folder, each.file),
        temporary: this.temporaryOf(each.file),
      })),
    };
    const { signal } = this.#own.options;
    const reused = await this.#own.pool.run<readonly DeliveredFile[] | null>("reuseMaster", input, {
      signal,
    });
    if (reused) return reused;
    for (const { temporary } of input.files) rmSync(temporary, { force: true });
    return null;
  }

  /** Renders a song whose master was thought to be there. */
  async render(song: number): Promise<void> {
    if (this.#states[song]!.kept) await this.#render(song);
  }

  /** Notes the masters for the next run, once they lie in their places. */
  async keep(results: readonly SongResult[]): Promise<void> {
    const { folder } = this.#own;
    results.forEach(({ deliveries, error }, song) => {
      const { masterKey: key, albumGain = {}, kept, finished = kept?.finished } = this.#states[song]!;
      if (error || !finished) return;
      const files = deliveries.map((file) => ({
        ...file,
        modified: fileStampNow(join(folder, file.file))?.modified ?? "",
      }));
      if (!kept || !isDeepStrictEqual(files, kept.deliveries))
        this.#cache.keepMaster(key, { finished, deliveries: files, albumGain });
    });
    await this.#cache.trim();
  }

  /** What is in a session's tracks, the mix editor tells. */
  async #faults(song: number): Promise<readonly QualityFinding[]> {
    const { pool, options } = this.#own;
    const { source, part } = this.#prepareInput(song);
    if (isMixDocument(source.path)) return [];
    const faults = await pool.run<readonly QualityFinding[]>("faults", source.path, {
      signal: options.signal,
    });
    return faults.filter(({ time }) => time === null || (time >= part.from && time <= (part.to ?? Infinity)));
  }

  async #prepare(song: number): Promise<PreparedSong> {
    const { pool, progress, options } = this.#own;
    const prepared = await pool.run<PreparedSong, number>("prepareSong", this.#prepareInput(song), {
      signal: options.signal,
      onProgress: (fraction) => progress.prepared(song, fraction),
    });
    progress.prepared(song, 1);
    this.#states[song]!.prepared = prepared;
    return prepared;
  }

  #prepareInput(song: number): PrepareInput {
    const { album, documentFolder, plan, temporary, options } = this.#own;
    const { source, chain, start, end } = album.songs[song]!;
    return {
      part: { from: start, to: end },
      source: { path: resolve(documentFolder, source), decodedFolder: options.decodedFolder },
      chain: [...album.chain, ...chain],
      chainLevel: album.chainLevel ?? null,
      sampleRates: plan.songs[song]!.pcm.map(({ sampleRate }) => sampleRate),
      temporary: join(temporary, String(song)),
    };
  }

  async #render(song: number): Promise<FinishedSong> {
    const { pool, progress, options } = this.#own;
    const state = this.#states[song]!;
    const prepared = state.prepared ?? (await this.#prepare(song));
    if (!state.finish) throw new Error("A song is planned before it is rendered.");
    const input: FinishInput = { ...state.finish, renditions: this.#renditions(song, prepared) };
    const finished = await pool.run<FinishedSong, { stage: FinishStage; fraction: number }>(
      "finishSong",
      input,
      {
        signal: options.signal,
        onProgress: ({ stage, fraction }) => progress.finished(song, stage, fraction),
      },
    );
    progress.finished(song, "verifying", 1);
    state.finished = finished;
    return finished;
  }

  /** Samples grouped by the intermediate they come from. */
  #renditions(song: number, { intermediates }: PreparedSong): FinishInput["renditions"] {
    const { album, plan } = this.#own;
    const samples = plan.songs[song]!.pcm;
    const tags = tagsOf(album, song);
    const paths = [...new Set(intermediates.map(({ path }) => path))];
    return paths.map((path) => ({
      intermediate: intermediates.find((intermediate) => intermediate.path === path)!,
      deliveries: samples
        .filter((_, i) => intermediates[i]!.path === path)
        .map(({ name, layout, dither }) => ({ path: this.temporaryOf(name), layout, dither, tags })),
    }));
  }
}
