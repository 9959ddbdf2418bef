/** A live graph on its way along a path: it loops, jumps, and is only run where its sound is there. */
import type { LiveGraph } from "./liveGraph.js";
import type { NeededPages } from "./neededPages.js";
import { frameAfterSpan, spanEnd, type PlayPath } from "./playPath.js";
import type { SoundPages } from "./soundPages.js";

/** Most frames that are computed at once. */
export const LIVE_BLOCK = 128;
/** A fresh start begins on a multiple of so many frames: the grid of the automation. */
const GRID = 32;
/** Frames of which is found out at once whether their sound is there. */
const LOOK_FRAMES = 2048;
/** Frames of a stretch of the path that is looked at together. */
const STRETCH = 12_000;

export class GraphRun {
  readonly graph: LiveGraph;
  readonly needs: NeededPages;
  readonly #pages: SoundPages;
  #path: PlayPath;
  /** Frame of the song at which what goes in jumps, or goes on beyond the range. */
  #spanEnd = Infinity;
  #hasLooped = false;
  #toDrop = 0;
  /** Frames from the next one on of which the sound is known to be there. */
  #ready = 0;

  constructor(graph: LiveGraph, needs: NeededPages, pages: SoundPages, path: PlayPath) {
    this.graph = graph;
    this.needs = needs;
    this.#pages = pages;
    this.#path = path;
  }

  /** Frame of the song that is given next. */
  get position(): number {
    return this.graph.outputAfter(this.#toDrop);
  }
  get hasLooped(): boolean {
    return this.#hasLooped;
  }
  /** Frames that are to be computed and dropped before those that are given. */
  get toDrop(): number {
    return this.#toDrop;
  }

  /** Starts a graph that has not run at frame `position`. @param before frames that are computed before it */
  start(position: number, before = 0): void {
    const first = Math.floor(Math.max(0, position - before) / GRID) * GRID;
    this.graph.jump(first);
    this.#toDrop = this.graph.latency + position - first;
    this.follow(this.#path);
  }

  /** Goes on elsewhere: tails sound on. @param before frames that are computed before `position` */
  seek(position: number, before = 0): void {
    const first = Math.max(0, position - before);
    this.graph.jump(first);
    this.#toDrop = this.graph.latency + position - first;
    this.follow(this.#path);
  }

  /** Takes another path from here on. */
  follow(path: PlayPath): void {
    this.#path = path;
    this.#spanEnd = spanEnd(path, this.graph.input);
    this.#hasLooped = false;
    this.#ready = 0;
  }

  /** Whether the sound of the next `frames` frames is there. */
  isReady(frames: number): boolean {
    if (this.#ready >= frames) return true;
    const most = Math.max(frames, LOOK_FRAMES);
    this.#ready = this.#isThere(most) ? most : this.#isThere(frames) ? frames : 0;
    return this.#ready >= frames;
  }

  /** Computes up to `frames` frames, of which the sound is there. @returns addresses and how many */
  advance(frames: number): { readonly left: number; readonly right: number; readonly frames: number } {
    if (this.graph.input === this.#spanEnd) this.#passEnd();
    const count = Math.min(frames, LIVE_BLOCK, this.#spanEnd - this.graph.input);
    this.#ready -= count;
    return { ...this.graph.process(count), frames: count };
  }

  /** `frames` more frames are not to be given. */
  skip(frames: number): void {
    this.#toDrop += frames;
  }

  /** Computes up to `most` of the frames that are to be dropped. @returns whether none is left */
  drop(most: number): boolean {
    const frames = Math.min(most, this.#toDrop);
    if (frames === 0 || !this.isReady(frames)) return this.#toDrop === 0;
    for (let done = 0; done < frames;) {
      const count = this.advance(frames - done).frames;
      done += count;
      this.#toDrop -= count;
    }
    return this.#toDrop === 0;
  }

  /** As {@link visitPath}, from here on. */
  visitAhead(frames: number, before: number, visit: (start: number, end: number) => boolean): boolean {
    const ends = { from: this.graph.input, end: this.#spanEnd };
    return visitPath(this.#path, ends, frames, this.graph.latency + before, visit);
  }

  #isThere(frames: number): boolean {
    return !this.visitAhead(frames, 0, (start, end) =>
      this.needs.visit(start, end, (page) => !this.#pages.has(page)),
    );
  }

  #passEnd(): void {
    const next = frameAfterSpan(this.#path, this.#spanEnd - 1);
    this.#spanEnd = next === undefined ? Infinity : spanEnd(this.#path, next);
    if (next === undefined) return;
    this.graph.jump(next);
    this.#hasLooped = true;
  }
}

/**
 * Visits, stretch by stretch, what is played in the next `frames` frames, a loop once at most.
 * @param place where that begins, and where its span ends
 * @param before frames before each stretch that are looked at too: slower tracks are behind
 * @returns whether `visit` said to stop
 */
export function visitPath(
  path: PlayPath,
  place: { readonly from: number; readonly end: number },
  frames: number,
  before: number,
  visit: (start: number, end: number) => boolean,
): boolean {
  let [position, end] = [place.from, place.end];
  for (let left = frames, wraps = 0; left > 0;) {
    if (position >= end) {
      const next = frameAfterSpan(path, end - 1);
      if (next !== undefined && ++wraps > 1) return false;
      [position, end] = next === undefined ? [position, Infinity] : [next, spanEnd(path, next)];
      continue;
    }
    const count = Math.min(left, end - position, STRETCH);
    if (visit(Math.max(0, position - before), position + count)) return true;
    position += count;
    left -= count;
  }
  return false;
}
