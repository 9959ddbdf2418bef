/**
 * The render cache: tracks rendered up to their faders, each under a key that says all it was made of. A change of
 * the mix makes other keys; what is no longer used goes when the cache grows over its limit, oldest use first.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync } from "node:fs";
import { basename, join } from "node:path";
import { removeStaleTemporaryFiles, writeFileAtomically } from "../../audio/atomicFile.js";
import type { FrozenTrack } from "../../engine/mixPlan.js";
import { CacheFolder } from "../cacheFolder.js";

/** A track in the cache. */
export interface CachedTrack extends FrozenTrack {
  /** What was odd while it was rendered, plain sentences. */
  readonly warnings: readonly string[];
}

/** Bytes that the cache may take. */
export const CACHE_LIMIT = 8 * 2 ** 30;

/** @returns where the tracks lie in a folder of files that can be made again */
export const renderCacheIn = (cacheFolder: string): string => join(cacheFolder, "render");

const AUDIO = ".wav";
const FACTS = ".json";

export class RenderCache {
  readonly #folder: string;

  /** @param folder made if it is not there */
  constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true });
  }

  /** @returns where the audio of `key` is, or is to be */
  audioPath(key: string): string {
    return join(this.#folder, key + AUDIO);
  }

  /** @returns the track, marked as used now; `undefined` if it is not there whole */
  find(key: string): CachedTrack | undefined {
    try {
      const facts = JSON.parse(readFileSync(this.#factsPath(key), "utf8")) as CachedTrack & { bytes: number };
      if (statSync(this.audioPath(key)).size !== facts.bytes) return undefined;
      const now = new Date();
      utimesSync(this.audioPath(key), now, now);
      return { ...facts, path: this.audioPath(key) };
    } catch {
      // Not there, or damaged: rendered anew.
      return undefined;
    }
  }

  /** @returns the track whose audio is at `path`, as {@link find} */
  findAudio(path: string): CachedTrack | undefined {
    return path === this.audioPath(basename(path, AUDIO)) ? this.find(basename(path, AUDIO)) : undefined;
  }

  /** Notes that the audio of `key` is whole. */
  add(key: string, track: CachedTrack): void {
    const { size } = statSync(this.audioPath(key));
    writeFileAtomically(this.#factsPath(key), JSON.stringify({ ...track, bytes: size }));
  }

  /** Removes what was used longest ago until the rest takes at most {@link CACHE_LIMIT}; tracks of `kept` keys stay. */
  async trim(kept: readonly string[]): Promise<void> {
    removeStaleTemporaryFiles(this.#folder);
    const used = new Set(kept.flatMap((key) => [this.audioPath(key), this.#factsPath(key)]));
    await new CacheFolder(this.#folder, CACHE_LIMIT).trim(used);
  }

  /** Empties the cache. @returns bytes that it took */
  clear(): number {
    const sizes = readdirSync(this.#folder).map(
      (name) => statSync(join(this.#folder, name), { throwIfNoEntry: false })?.size ?? 0,
    );
    rmSync(this.#folder, { recursive: true, force: true });
    return sizes.reduce((sum, size) => sum + size, 0);
  }

  #factsPath(key: string): string {
    return join(this.#folder, key + FACTS);
  }
}
