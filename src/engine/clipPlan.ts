/** The clips of a track as a plan: what sounds from which file, from when on, in frames and linear factors. */
import type { AudioFileInfo } from "../audio/audioFile.js";
import type { Breakpoint } from "../session/automation.js";
import type { Clip, Track } from "../session/mixDocument.js";
import { dB, dbToGain } from "../units/decibels.js";
import { clipSource, wholeSource, type ClipSource } from "./clipSource.js";
import { crossfades, type ClipFade } from "./crossfades.js";

export interface ClipPlan {
  /** Frames of the session: where the clip starts and how long it sounds. */
  readonly start: number;
  readonly length: number;
  readonly source: ClipSource;
  /** Linear. */
  readonly gain: number;
  /** Breakpoints of a further gain, dB; seconds from the clip's start. */
  readonly automation?: readonly Breakpoint[];
  /** Its own and those of crossfades. */
  readonly fades: readonly ClipFade[];
}

/**
 * @param sampleRate of the session, Hz
 * @param sourceOf facts about the file that a clip names, and its path as the renderer shall open it
 * @returns the clips that sound, by their start
 */
export function compileClips(
  { clips, overlap }: Pick<Track, "clips" | "overlap">,
  sampleRate: number,
  sourceOf: (file: string) => AudioFileInfo,
): readonly ClipPlan[] {
  const placed = clips
    .filter(({ mute }) => !mute)
    .map((clip) => {
      const source = clipSource(clip, sourceOf(clip.file), sampleRate);
      return { clip, source, start: Math.round(clip.start * sampleRate), length: source.length };
    })
    .filter(({ length }) => length > 0)
    .sort((a, b) => a.start - b.start);
  const ends = placed.map(({ clip, start, length }) => ({
    ...{ start, length },
    hasFadeIn: clip.fadeIn !== undefined,
    hasFadeOut: clip.fadeOut !== undefined,
  }));
  const joins = overlap === "crossfade" ? crossfades(ends) : [];
  return placed.map(({ clip, source, start, length }, i) => ({
    ...{ start, length, source },
    ...gainOf(clip),
    fades: [...ownFades(clip, length, sampleRate), ...(joins[i] ?? [])],
  }));
}

/** Breakpoints take the place of the static gain. */
function gainOf({ gain, automation }: Clip): Pick<ClipPlan, "gain" | "automation"> {
  const curve = automation?.gain;
  return curve && curve.length > 0 ? { gain: 1, automation: curve } : { gain: dbToGain(dB(gain)) };
}

function ownFades({ fadeIn, fadeOut }: Clip, clipLength: number, sampleRate: number): ClipFade[] {
  const lengthOf = (seconds: number): number => Math.min(clipLength, Math.round(seconds * sampleRate));
  const fades: ClipFade[] = [];
  if (fadeIn) fades.push({ ...fadeIn, at: 0, length: lengthOf(fadeIn.length), isRising: true });
  if (fadeOut) {
    const length = lengthOf(fadeOut.length);
    fades.push({ ...fadeOut, at: clipLength - length, length, isRising: false });
  }
  return fades.filter(({ length }) => length > 0);
}

/** A whole file from the song's first frame on, as it is. */
export function wholeFile(path: string, channels: number, frames: number): ClipPlan {
  return { start: 0, length: frames, source: wholeSource(path, channels, frames), gain: 1, fades: [] };
}
