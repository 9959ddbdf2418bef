/** What a clip plays of its file: from where, how often, how fast, which way. */
import type { AudioFileInfo } from "../audio/audioFile.js";
import type { Clip } from "../session/clip.js";
import { clipRate, type ClipRate } from "./clipRate.js";

/**
 * The passes of a loop lie one after the other as one row of source frames, the file's own frames before and after
 * them. Frame n of the clip is that row at `fraction + n x rate.step`: joins are sample-exact at any rate.
 */
export interface ClipSource {
  readonly path: string;
  readonly channels: number;
  readonly rate: ClipRate;
  /** Frame of the file where the row begins. */
  readonly offset: number;
  /** Where after it the clip begins, 0 to 1 of a frame; in 1 / `up` of a frame where the rate is exact. */
  readonly fraction: number;
  /** Source frames of one pass, not rounded: pass k begins at the row's frame round(k x passFrames). */
  readonly passFrames: number;
  readonly passes: number;
  /** Frames of the session: how long the clip sounds. */
  readonly length: number;
  /** The same backwards: its last frame first. */
  readonly isReversed: boolean;
}

/** @param sessionRate Hz */
export function clipSource(clip: Clip, info: AudioFileInfo, sessionRate: number): ClipSource {
  const rate = clipRate(info.sampleRate, sessionRate, clip.speed);
  // An offset counts in the phases of the filters: what is cut apart keeps its phase, and stays the same.
  const phases = rate.exact?.up ?? 1;
  const position = clip.offset * info.sampleRate * phases;
  const start = rate.exact ? Math.round(position) : position;
  const offset = Math.floor(start / phases);
  const available = Math.max(0, info.frames - start / phases) / rate.step;
  const pass = Math.min((clip.length ?? Infinity) * sessionRate, available);
  return {
    path: info.path,
    channels: info.channels,
    rate,
    offset,
    fraction: start - offset * phases,
    passFrames: pass * rate.step,
    passes: clip.loop,
    length: Math.round(pass * clip.loop),
    isReversed: clip.reverse,
  };
}

/** @param frames of the file, which are the session's: all that is in it */
export function wholeSource(path: string, channels: number, frames: number): ClipSource {
  const rate: ClipRate = { step: 1, exact: { up: 1, down: 1 } };
  const row = { offset: 0, fraction: 0, passFrames: frames, passes: 1, length: frames };
  return { path, channels, rate, ...row, isReversed: false };
}
