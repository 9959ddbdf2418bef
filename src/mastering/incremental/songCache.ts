/**
 * What is known of songs from earlier runs: what the first pass measured, and what became of the master. Everything lies
 * under a key that says all it was made of, so that nothing out of date is ever found.
 */
import { mkdirSync, readFileSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { deserialize, serialize } from "node:v8";
import { removeStaleTemporaryFiles, writeFileAtomically } from "../../audio/atomicFile.js";
import { CacheFolder } from "../cacheFolder.js";
import type { FinishedSong } from "../finishSong.js";
import type { PreparedSong } from "../prepareSong.js";
import type { DeliveredFile } from "../results.js";

/** Measurements of a song's first pass, without the sound that it left behind. */
export type MeasuredSong = Omit<PreparedSong, "intermediates">;

/** A master that lies in the output folder. */
export interface KeptMaster {
  readonly finished: FinishedSong;
  readonly deliveries: readonly KeptFile[];
  /** Texts of the ReplayGain tags of the album, by their names. */
  readonly albumGain: Readonly<Record<string, string>>;
}

export interface KeptFile extends DeliveredFile {
  /** Time of its last change, nanoseconds since 1970. */
  readonly modified: string;
}

/** Bytes that the cache may take: some hundred kilobytes a song. */
const CACHE_LIMIT = 256 * 2 ** 20;

export class SongCache {
  readonly #folder: string | undefined;
  readonly #isForced: boolean;

  /** @param cacheFolder of files that can be made again; without it nothing is kept @param isForced finds nothing */
  constructor(cacheFolder: string | undefined, isForced: boolean) {
    this.#folder = cacheFolder === undefined ? undefined : join(cacheFolder, "songs");
    this.#isForced = isForced;
    if (this.#folder === undefined) return;
    mkdirSync(this.#folder, { recursive: true });
    // What runs that were killed have left.
    removeStaleTemporaryFiles(this.#folder);
  }

  measured(key: string | undefined): MeasuredSong | undefined {
    return this.#read(`${key}.measured`, key) as MeasuredSong | undefined;
  }

  keepMeasured(key: string | undefined, song: MeasuredSong): void {
    this.#write(`${key}.measured`, key, song);
  }

  master(key: string | undefined): KeptMaster | undefined {
    return this.#read(`${key}.master`, key) as KeptMaster | undefined;
  }

  keepMaster(key: string | undefined, master: KeptMaster): void {
    this.#write(`${key}.master`, key, master);
  }

  /** Removes what was used longest ago, if it has become too much. */
  async trim(): Promise<void> {
    if (this.#folder !== undefined) await new CacheFolder(this.#folder, CACHE_LIMIT).trim(new Set());
  }

  #read(name: string, key: string | undefined): unknown {
    if (this.#folder === undefined || key === undefined || this.#isForced) return undefined;
    const path = join(this.#folder, name);
    try {
      const value: unknown = deserialize(readFileSync(path));
      const now = new Date();
      utimesSync(path, now, now);
      return value;
    } catch {
      // Not there, or damaged: made anew.
      return undefined;
    }
  }

  #write(name: string, key: string | undefined, value: unknown): void {
    if (this.#folder !== undefined && key !== undefined)
      writeFileAtomically(join(this.#folder, name), serialize(value));
  }
}
