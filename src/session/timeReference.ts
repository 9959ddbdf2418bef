/** Where audio with a time reference begins after an edit. Source: EBU Tech 3285, version 2.0, section 2.3. */
import type { EditedAudio } from "./audioEdits.js";

type Reference = Pick<EditedAudio, "timeReferenceFrames">;

/** @param frames taken off the head; negative: put before it */
export function startingLater({ timeReferenceFrames: before }: EditedAudio, frames: number): Reference {
  return before === undefined || frames === 0 ? {} : { timeReferenceFrames: before + frames };
}

/** The same time of day in frames of another rate, Hz. */
export function startingAtRate(
  { sampleRate: rateBefore, timeReferenceFrames: before }: EditedAudio,
  sampleRate: number,
): Reference {
  if (before === undefined || sampleRate === rateBefore) return {};
  return { timeReferenceFrames: Math.round((before * sampleRate) / rateBefore) };
}
