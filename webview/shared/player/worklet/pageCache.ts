/**
 * Sound near the place of playback, in pages of the same length. Pages are named by where they stand in the audio,
 * so a loop, a step back and a scrub find again what is there.
 */
import type { SoundAnswer } from "../playerMessages.js";

interface Page {
  /** `null` until the answer is there. */
  channels: readonly Float32Array[] | null;
  /** Sound of an earlier revision: good until the new one is there. */
  isStale: boolean;
  isAsked: boolean;
  /** Of the last time that the page was wanted. */
  turn: number;
}

/** Pages in one request; the first ones are asked for singly, so that sound starts soon. */
const MOST_PAGES_ASKED = 4;
/** Pages kept that are not wanted now. */
const SPARE_PAGES = 8;

export class PageCache {
  readonly pageFrames: number;
  readonly #channels: number;
  readonly #ask: (start: number, count: number) => void;
  readonly #pages = new Map<number, Page>();
  #generation = 0;
  #turn = 0;

  /** @param ask called with whole pages, at most once for each until it is answered or forgotten */
  constructor(channels: number, pageFrames: number, ask: (start: number, count: number) => void) {
    this.#channels = channels;
    this.pageFrames = pageFrames;
    this.#ask = ask;
  }

  /** Pages held or asked for. */
  get size(): number {
    return this.#pages.size;
  }

  get generation(): number {
    return this.#generation;
  }

  /** From now on sound of `generation` counts; what is there is played on until the new sound comes. */
  renew(generation: number): void {
    this.#generation = generation;
    for (const [index, page] of this.#pages) {
      if (page.channels === null) this.#pages.delete(index);
      page.isStale = true;
      page.isAsked = false;
    }
  }

  /** Samples of the page, planar; `undefined` if they are not there. */
  page(index: number): readonly Float32Array[] | undefined {
    return this.#pages.get(index)?.channels ?? undefined;
  }

  /** Asks for what is missing of the pages `wanted`, given in the order of need, and forgets what is far away. */
  want(wanted: readonly number[]): void {
    this.#turn++;
    const missing: number[] = [];
    for (const index of wanted) {
      const page = this.#pages.get(index);
      if (page) page.turn = this.#turn;
      if (!page || (page.isStale && !page.isAsked)) missing.push(index);
    }
    const most = missing[0] !== undefined && missing[0] === wanted[0] ? 1 : MOST_PAGES_ASKED;
    for (let from = 0; from < missing.length;) {
      const first = missing[from]!;
      let count = 1;
      while (count < most && missing[from + count] === first + count) count++;
      for (let index = first; index < first + count; index++) this.#markAsked(index);
      this.#ask(first * this.pageFrames, count * this.pageFrames);
      from += count;
    }
    if (this.#pages.size > wanted.length + SPARE_PAGES) this.#forget(wanted.length + SPARE_PAGES);
  }

  /** Takes sound in. @returns whether it was wanted */
  take({ generation, start, count, channels }: SoundAnswer): boolean {
    if (generation !== this.#generation) return false;
    const first = start / this.pageFrames;
    for (let index = first; index < first + count / this.pageFrames; index++) {
      const page = this.#pages.get(index);
      if (!page) continue;
      if (channels === null) {
        this.#pages.delete(index);
        continue;
      }
      const from = (index - first) * this.pageFrames;
      page.channels = Array.from({ length: this.#channels }, (_, channel) =>
        wholePage(channels[channel]?.subarray(from, from + this.pageFrames), this.pageFrames),
      );
      page.isStale = false;
      page.isAsked = false;
    }
    return true;
  }

  #markAsked(index: number): void {
    const page = this.#pages.get(index);
    if (page) page.isAsked = true;
    else this.#pages.set(index, { channels: null, isStale: false, isAsked: true, turn: this.#turn });
  }

  /** Forgets the pages wanted longest ago, until `most` are left. */
  #forget(most: number): void {
    const oldest = [...this.#pages].sort(([, a], [, b]) => a.turn - b.turn);
    for (const [index, { turn }] of oldest) {
      if (this.#pages.size <= most || turn === this.#turn) return;
      this.#pages.delete(index);
    }
  }
}

/** Silence follows where the audio ends. */
function wholePage(samples: Float32Array | undefined, frames: number): Float32Array {
  if (samples?.length === frames) return samples;
  const page = new Float32Array(frames);
  if (samples) page.set(samples);
  return page;
}
