/** Which pages of which files a plan needs for a stretch of the song: only those where clips sound. */
import { wholeFile, type ClipPlan } from "../clipPlan.js";
import type { MixPlan } from "../mixPlan.js";
import { clipFrames } from "./clipFrames.js";
import { PAGE_FRAMES, type SoundPages, type WantedPage } from "./soundPages.js";

interface Track {
  /** By their start. */
  readonly clips: readonly ClipPlan[];
  /** For each clip: where the last of it and those before it ends. */
  readonly ends: readonly number[];
}

export class NeededPages {
  readonly #tracks: readonly Track[];
  readonly #pages: SoundPages;

  constructor(plan: MixPlan, pages: SoundPages) {
    this.#pages = pages;
    this.#tracks = plan.channels
      .filter(({ isBus }) => !isBus)
      .map(({ clips, frozen }) =>
        trackOf(frozen ? [wholeFile(frozen.path, frozen.channels, frozen.frames)] : clips),
      );
  }

  /**
   * Calls `visit` with every page that frames `start` to `end` of the song need, some more than once, until it says to stop.
   * @returns whether it did
   */
  visit(start: number, end: number, visit: (page: WantedPage) => boolean): boolean {
    return this.#tracks.some((track) =>
      clipsIn(track, start, end).some((clip) => {
        const from = Math.max(start, clip.start) - clip.start;
        const to = Math.min(end, clip.start + clip.length) - clip.start;
        return this.#visitClip(clip, from, to, visit);
      }),
    );
  }

  #visitClip({ source }: ClipPlan, from: number, to: number, visit: (page: WantedPage) => boolean): boolean {
    const { path } = source;
    const frames = this.#pages.format(path)?.frames ?? 0;
    return clipFrames(source, from, to).some(({ start, end }) => {
      const last = Math.min(frames, end) - 1;
      for (let index = Math.floor(Math.max(0, start) / PAGE_FRAMES); index * PAGE_FRAMES <= last; index++)
        if (visit({ path, index })) return true;
      return false;
    });
  }
}

function trackOf(clips: readonly ClipPlan[]): Track {
  let latest = -Infinity;
  return { clips, ends: clips.map(({ start, length }) => (latest = Math.max(latest, start + length))) };
}

/** @returns clips that sound between two frames */
function clipsIn({ clips, ends }: Track, start: number, end: number): ClipPlan[] {
  let [low, high] = [0, clips.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (clips[middle]!.start < end) low = middle + 1;
    else high = middle;
  }
  const found: ClipPlan[] = [];
  for (let i = low - 1; i >= 0 && ends[i]! > start; i--) {
    const clip = clips[i]!;
    if (clip.start + clip.length > start) found.push(clip);
  }
  return found;
}
