import { BoundedCache } from "../../src/viewmodel/boundedCache.js";

export interface LoadedTile<Value> {
  readonly value: Value;
  /** Bytes. */
  readonly weight: number;
  /** To be asked for again once the exact overview is there. */
  readonly isDraft?: boolean;
}

/** A tile that somebody would like to draw. */
export interface TileWish<Value> {
  readonly key: string;
  readonly load: () => Promise<LoadedTile<Value>>;
}

export interface TileLoaderOptions {
  /** Bytes kept at most. */
  readonly mostWeight: number;
  /** Requests under way at most. */
  readonly mostInFlight: number;
  readonly onArrival: () => void;
}

/** A tile that could not be had is not asked for again before this has passed. */
const RETRY_MILLISECONDS = 1000;

/** Fetches tiles, the latest wishes first, a few at a time, and keeps those that were used last. */
export class TileLoader<Value> {
  readonly #cache: BoundedCache<Value>;
  readonly #options: TileLoaderOptions;
  /** Wishes by who has them; those of one that wishes anew replace its older ones. */
  readonly #wishes = new Map<string, readonly TileWish<Value>[]>();
  readonly #inFlight = new Set<string>();
  readonly #failedAt = new Map<string, number>();
  readonly #drafts = new Set<string>();

  constructor(options: TileLoaderOptions) {
    this.#options = options;
    this.#cache = new BoundedCache(options.mostWeight);
  }

  find(key: string): Value | undefined {
    return this.#cache.get(key);
  }

  /** Takes a tile that nobody asked for; one that is there stays. */
  put(key: string, { value, weight, isDraft }: LoadedTile<Value>): void {
    if (this.#cache.get(key) !== undefined) return;
    this.#cache.set(key, value, weight);
    if (isDraft) this.#drafts.add(key);
  }

  /** @param wisher who wishes; the latest one is served first */
  wish(wisher: string, wishes: readonly TileWish<Value>[]): void {
    this.#wishes.delete(wisher);
    this.#wishes.set(wisher, wishes);
    this.#pump();
  }

  /** Drafts stay in sight, but are asked for again when they are wished for next. */
  refreshDrafts(): void {
    this.#drafts.forEach((key) => this.#stale.add(key));
    this.#drafts.clear();
    this.#pump();
  }
  readonly #stale = new Set<string>();

  #pump(): void {
    while (this.#inFlight.size < this.#options.mostInFlight) {
      const wish = this.#next();
      if (!wish) return;
      void this.#fetch(wish);
    }
  }

  #next(): TileWish<Value> | undefined {
    const now = performance.now();
    for (const wishes of [...this.#wishes.values()].reverse()) {
      for (const wish of wishes) {
        const { key } = wish;
        const isThere = this.#cache.get(key) !== undefined && !this.#stale.has(key);
        const isBarred = now - (this.#failedAt.get(key) ?? -Infinity) < RETRY_MILLISECONDS;
        if (!isThere && !isBarred && !this.#inFlight.has(key)) return wish;
      }
    }
    return undefined;
  }

  async #fetch({ key, load }: TileWish<Value>): Promise<void> {
    this.#inFlight.add(key);
    try {
      const { value, weight, isDraft } = await load();
      this.#cache.set(key, value, weight);
      this.#failedAt.delete(key);
      this.#stale.delete(key);
      if (isDraft) this.#drafts.add(key);
    } catch {
      // The host tells the user what is wrong; here the tile is just not there.
      this.#failedAt.set(key, performance.now());
      setTimeout(() => this.#options.onArrival(), RETRY_MILLISECONDS);
    }
    this.#inFlight.delete(key);
    this.#options.onArrival();
    this.#pump();
  }
}
