/**
 * The render cache: tracks rendered up to their faders, each under a key that says all it was made of. A change of
 * the mix makes other keys; what is no longer used goes when the cache grows over its limit, oldest use first.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { removeStaleTemporaryFiles, writeFileAtomically } from "../../audio/atomicFile.js";
import type { FrozenTrack } from "../../engine/mixPlan.js";

/** A track in the cache. */
export interface CachedTrack extends FrozenTrack {
  /** What was odd while it was rendered, plain sentences. */
  readonly warnings: readonly string[];
}

/** Bytes that the cache may take unless told otherwise: 4 GB. */
export const CACHE_LIMIT = 4e9;

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

  /** Notes that the audio of `key` is whole. */
  add(key: string, track: CachedTrack): void {
    const { size } = statSync(this.audioPath(key));
    writeFileAtomically(this.#factsPath(key), JSON.stringify({ ...track, bytes: size }));
  }

  /**
   * Removes tracks, those first that were used longest ago, until the rest takes at most `limit` bytes.
   * @param kept keys that stay whatever they take
   */
  trim(limit: number, kept: ReadonlySet<string>): void {
    removeStaleTemporaryFiles(this.#folder);
    const entries = this.#entries().sort((a, b) => b.used - a.used);
    let sum = 0;
    for (const { key, bytes } of entries) {
      sum += bytes;
      if (sum <= limit || kept.has(key)) continue;
      rmSync(this.#factsPath(key), { force: true });
      rmSync(this.audioPath(key), { force: true });
    }
  }

  /** Empties the cache. @returns bytes that it took */
  clear(): number {
    const bytes = this.#entries().reduce((sum, entry) => sum + entry.bytes, 0);
    rmSync(this.#folder, { recursive: true, force: true });
    mkdirSync(this.#folder, { recursive: true });
    return bytes;
  }

  #factsPath(key: string): string {
    return join(this.#folder, key + FACTS);
  }

  /** Audio that is there, whole or not. */
  #entries(): { readonly key: string; readonly bytes: number; readonly used: number }[] {
    return readdirSync(this.#folder).flatMap((name) => {
      if (!name.endsWith(AUDIO)) return [];
      const stats = statSync(join(this.#folder, name), { throwIfNoEntry: false });
      const key = name.slice(0, -AUDIO.length);
      return stats ? [{ key, bytes: stats.size, used: stats.mtimeMs }] : [];
    });
  }
}
