/** Automatic crossfades of a track's clips. */
import type { FadeShape } from "../session/fadeShape.js";

export interface ClipFade {
  /** Frames of the clip: where the fade begins and how long it is. */
  readonly at: number;
  readonly length: number;
  readonly shape: FadeShape;
  readonly isRising: boolean;
}

/** A clip on the timeline, frames, and which of its ends have fades of their own. */
export interface PlacedClip {
  readonly start: number;
  readonly length: number;
  readonly hasFadeIn: boolean;
  readonly hasFadeOut: boolean;
}

/** Clips that one clip is crossfaded with at its end; a larger pile is a mistake, and would take its square in memory. */
const MOST_FADES = 16;

/**
 * Where a clip ends within a later one that sounds on, the two are crossfaded with equal power (sine and cosine) over
 * the overlap. An end with a fade of its own, even one of 0 s, keeps that alone.
 *
 * In a pile of three or more each clip fades out under every later one, and fades in until the last of the earlier
 * ones has ended: the power stays within 0.5 dB. A clip that lies wholly within another is mixed as it is.
 *
 * @param clips by their start
 * @returns the fades of each clip
 */
export function crossfades(clips: readonly PlacedClip[]): readonly (readonly ClipFade[])[] {
  const fades = clips.map((): ClipFade[] => []);
  const fadeInLengths = clips.map(() => 0);
  clips.forEach((clip, i) => {
    const end = clip.start + clip.length;
    for (let n = i + 1, found = 0; n < clips.length && found < MOST_FADES; n++) {
      const later = clips[n]!;
      if (later.start >= end) break;
      if (later.start === clip.start || later.start + later.length <= end) continue;
      found++;
      const length = end - later.start;
      fadeInLengths[n] = Math.max(fadeInLengths[n]!, length);
      if (!clip.hasFadeOut) fades[i]!.push(equalPower(clip.length - length, length, false));
    }
  });
  fadeInLengths.forEach((length, i) => {
    if (length > 0 && !clips[i]!.hasFadeIn) fades[i]!.push(equalPower(0, length, true));
  });
  return fades;
}

function equalPower(at: number, length: number, isRising: boolean): ClipFade {
  return { at, length, shape: "equalPower", isRising };
}
