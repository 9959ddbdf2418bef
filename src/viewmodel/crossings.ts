/** Where the clips of a track are crossfaded, as src/engine/crossfades.ts does it. */

/** Seconds of the timeline. */
export interface CrossedClip {
  readonly start: number;
  readonly end: number;
  readonly hasFadeIn: boolean;
  readonly hasFadeOut: boolean;
  /** What is muted crosses nothing. */
  readonly isSilent: boolean;
}

/** Seconds of a clip's beginning and end that cross with other clips, with equal power; 0: none. */
export interface Crossing {
  readonly fadeIn: number;
  readonly fadeOut: number;
}

/** @returns of each clip, in the order given */
export function crossings(clips: readonly CrossedClip[]): readonly Crossing[] {
  const found = clips.map(() => ({ fadeIn: 0, fadeOut: 0 }));
  const sounding = clips
    .map((clip, at) => ({ clip, at }))
    .filter(({ clip }) => !clip.isSilent && clip.end > clip.start)
    .sort((a, b) => a.clip.start - b.clip.start);
  sounding.forEach(({ clip, at }, i) => {
    for (let n = i + 1; n < sounding.length; n++) {
      const later = sounding[n]!;
      if (later.clip.start >= clip.end) break;
      // One that lies wholly within another is mixed as it is.
      if (later.clip.start === clip.start || later.clip.end <= clip.end) continue;
      const length = clip.end - later.clip.start;
      if (!clip.hasFadeOut) found[at]!.fadeOut = Math.max(found[at]!.fadeOut, length);
      if (!later.clip.hasFadeIn) found[later.at]!.fadeIn = Math.max(found[later.at]!.fadeIn, length);
    }
  });
  return found;
}
