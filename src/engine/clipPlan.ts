/** The clips of a track as a plan: what sounds from which file, from when on, in frames and linear factors. */
import type { AudioFileInfo } from "../audio/audioFile.js";
import type { FadeShape } from "../session/fadeShape.js";
import type { Clip, Track } from "../session/mixDocument.js";
import { dB, dbToGain } from "../units/decibels.js";

export interface FadePlan {
  /** Frames of the session. */
  readonly length: number;
  readonly shape: FadeShape;
}

export interface ClipPlan {
  readonly path: string;
  readonly channels: number;
  /** Frames of the session: where the clip starts and how long it sounds. */
  readonly start: number;
  readonly length: number;
  /** Seconds into the source. */
  readonly offset: number;
  /** Linear. */
  readonly gain: number;
  readonly fadeIn: FadePlan;
  readonly fadeOut: FadePlan;
}

/**
 * @param sampleRate of the session, Hz
 * @param sourceOf facts about the file that a clip names, and its path as the renderer shall open it
 */
export function compileClips(
  track: Track,
  sampleRate: number,
  sourceOf: (file: string) => AudioFileInfo,
): readonly ClipPlan[] {
  return track.clips.map((clip) => compileClip(clip, sampleRate, sourceOf(clip.file)));
}

function compileClip(clip: Clip, sampleRate: number, source: AudioFileInfo): ClipPlan {
  const available = Math.max(0, source.frames / source.sampleRate - clip.offset);
  const length = Math.round(Math.min(clip.length ?? available, available) * sampleRate);
  const fade = (side: Clip["fadeIn"]): FadePlan => ({
    length: Math.min(length, Math.round((side?.length ?? 0) * sampleRate)),
    shape: side?.shape ?? "linear",
  });
  return {
    path: source.path,
    channels: source.channels,
    start: Math.round(clip.start * sampleRate),
    length,
    offset: clip.offset,
    gain: dbToGain(dB(clip.gain)),
    fadeIn: fade(clip.fadeIn),
    fadeOut: fade(clip.fadeOut),
  };
}

/** A whole file from the song's first frame on, as it is. */
export function wholeFile(path: string, channels: number, frames: number): ClipPlan {
  const fade: FadePlan = { length: 0, shape: "linear" };
  return { path, channels, start: 0, length: frames, offset: 0, gain: 1, fadeIn: fade, fadeOut: fade };
}
