/** Reads the audio along a path (with its loop) from the page cache, and has the pages ahead fetched. */
import {
  frameAfterSpan,
  rewound,
  spanEnd,
  type PlayPath,
  type PlayRange,
} from "../../../../src/engine/live/playPath.js";
import type { PageCache } from "./pageCache.js";

export class SourceReader {
  readonly #cache: PageCache;
  #path: PlayPath;
  #position = 0;
  /** Of the span that the position lies in. */
  #end = 0;
  #hasLooped = false;
  readonly #wanted: number[] = [];

  constructor(cache: PageCache, frames: number) {
    this.#cache = cache;
    this.#path = { frames, range: null, isLooped: false };
    this.#aim();
  }

  get path(): PlayPath {
    return this.#path;
  }

  /** Next frame to be read. */
  get position(): number {
    return this.#position;
  }

  get hasLooped(): boolean {
    return this.#hasLooped;
  }

  get hasEnded(): boolean {
    return this.#position >= this.#end;
  }

  setFrames(frames: number): void {
    this.#path = { ...this.#path, frames };
    this.#position = Math.min(this.#position, frames);
    this.#aim();
  }

  setPath(range: PlayRange | null, isLooped: boolean): void {
    this.#path = { ...this.#path, range, isLooped };
    this.#hasLooped = false;
    this.#aim();
  }

  seek(position: number): void {
    this.#position = Math.min(this.#path.frames, Math.max(0, Math.round(position)));
    this.#hasLooped = false;
    this.#aim();
  }

  /** @returns where playback was `frames` frames ago */
  before(frames: number): number {
    return rewound(this.#path, this.#position, frames, this.#hasLooped);
  }

  /**
   * Reads up to `frames` frames into `buffers` (one per channel).
   * @returns frames read; fewer at the end, or where sound is not there yet
   */
  read(buffers: readonly Float32Array[], frames: number): number {
    const { pageFrames } = this.#cache;
    let done = 0;
    while (done < frames && !this.hasEnded) {
      const index = Math.floor(this.#position / pageFrames);
      const page = this.#cache.page(index);
      if (!page) break;
      const from = this.#position - index * pageFrames;
      const count = Math.min(frames - done, pageFrames - from, this.#end - this.#position);
      for (let channel = 0; channel < buffers.length; channel++)
        buffers[channel]!.set(page[channel]!.subarray(from, from + count), done);
      done += count;
      this.#advance(count);
    }
    return done;
  }

  /** Frames that can be read without a wait, counted up to `most`; `most` also if the path ends within them. */
  readable(most: number): number {
    let frames = 0;
    const isMissing = this.#walk(most, (index, count) => {
      if (!this.#cache.page(index)) return true;
      frames += count;
      return false;
    });
    return isMissing ? frames : most;
  }

  /** Has the pages of the next `ahead` frames of the path fetched. */
  fetchAhead(ahead: number): void {
    this.#wanted.length = 0;
    this.#walk(ahead, (index) => {
      if (!this.#wanted.includes(index)) this.#wanted.push(index);
      return false;
    });
    this.#cache.want(this.#wanted);
  }

  #aim(): void {
    this.#end = spanEnd(this.#path, this.#position);
  }

  #advance(frames: number): void {
    this.#position += frames;
    if (this.#position < this.#end) return;
    const next = frameAfterSpan(this.#path, this.#end - 1);
    if (next === undefined) return;
    this.#position = next;
    this.#hasLooped = true;
    this.#aim();
  }

  /**
   * Visits the pages of the next `most` frames of the path, a loop once at most, until `visit` says to stop.
   * @returns whether it did
   */
  #walk(most: number, visit: (page: number, frames: number) => boolean): boolean {
    const { pageFrames } = this.#cache;
    let position = this.#position;
    let end = this.#end;
    for (let left = most, wraps = 0; left > 0;) {
      if (position >= end) {
        const next = end > 0 ? frameAfterSpan(this.#path, end - 1) : undefined;
        if (next === undefined || ++wraps > 1) return false;
        position = next;
        end = spanEnd(this.#path, position);
        continue;
      }
      const index = Math.floor(position / pageFrames);
      const count = Math.min(left, (index + 1) * pageFrames - position, end - position);
      if (visit(index, count)) return true;
      position += count;
      left -= count;
    }
    return false;
  }
}
