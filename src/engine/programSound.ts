/** Sound of files that lie one after the other on a timeline, several such rows side by side, at any frame. */
import { openAudioFile } from "../audio/openAudioFile.js";
import { ClipReader } from "./clipReader.js";
import { clipRate } from "./clipRate.js";
import { wholeSource, type ClipSource } from "./clipSource.js";
import type { Dsp } from "./dsp.js";
import { BLOCK_FRAMES } from "./song.js";

/** A file on the timeline, as stereo at the program's rate. */
export interface ProgramPart {
  /** Absolute path of PCM. */
  readonly path: string;
  /** Its row: of the sound's channels, `2 x row` and the next. */
  readonly row: number;
  /** Frames of the program. */
  readonly start: number;
  readonly frames: number;
  /** Frames of the program that are left out at the file's beginning. */
  readonly skipped?: number;
}

export interface ProgramRows {
  /** Hz. */
  readonly sampleRate: number;
  readonly rows: number;
  readonly parts: readonly ProgramPart[];
}

/**
 * @param start frame of the program
 * @returns planar samples of `2 x rows` channels; silence where nothing lies. Mono is on both sides.
 * @throws AudioFileError if a file cannot be read
 */
export function programSound(
  dsp: Dsp,
  { sampleRate, rows, parts }: ProgramRows,
  start: number,
  count: number,
): Float32Array<ArrayBuffer>[] {
  const sound = Array.from({ length: 2 * rows }, () => new Float32Array(count));
  // What is no number in a file, its decoder has made silence.
  const reader = new ClipReader(dsp, () => undefined);
  for (const part of parts) {
    const from = Math.max(start, part.start);
    const end = Math.min(start + count, part.start + part.frames);
    if (from >= end) continue;
    const file = openAudioFile(part.path);
    try {
      const source = sourceOf(file.info, part, sampleRate);
      for (let at = from; at < end; at += BLOCK_FRAMES) {
        const frames = Math.min(BLOCK_FRAMES, end - at);
        const { left, right } = reader.read(source, file, at - part.start + (part.skipped ?? 0), frames);
        sound[2 * part.row]!.set(dsp.float32(left, frames), at - start);
        sound[2 * part.row + 1]!.set(dsp.float32(right, frames), at - start);
      }
    } finally {
      file.close();
    }
  }
  return sound;
}

interface FileFormat {
  readonly sampleRate: number;
  readonly channels: number;
  readonly frames: number;
}

function sourceOf({ sampleRate, channels, frames }: FileFormat, part: ProgramPart, rate: number): ClipSource {
  const whole = wholeSource(part.path, channels, frames);
  return { ...whole, rate: clipRate(sampleRate, rate, 1), length: (part.skipped ?? 0) + part.frames };
}
