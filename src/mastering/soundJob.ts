/** Sound of edited audio for playing and drawing. */
import { Dsp } from "../engine/dsp.js";
import { EditedReader } from "../engine/editing/editedReader.js";
import { BLOCK_FRAMES } from "../engine/song.js";
import type { EditedAudio } from "../session/audioEdits.js";

export interface SoundInput {
  readonly audio: EditedAudio;
  /** Frames of the edited audio. */
  readonly start: number;
  readonly count: number;
}

/**
 * @returns planar samples, one array per audio channel; fewer frames than asked for where the audio ends
 * @throws AudioFileError if a source cannot be read
 */
export function soundJob({ audio, start, count }: SoundInput): Float32Array<ArrayBuffer>[] {
  const dsp = new Dsp();
  const reader = new EditedReader(dsp, audio);
  try {
    const frames = Math.max(0, Math.min(count, reader.frames - start));
    const sound = reader.buffers.map(() => new Float32Array(frames));
    for (let done = 0; done < frames; done += BLOCK_FRAMES) {
      const read = reader.read(start + done, Math.min(BLOCK_FRAMES, frames - done));
      reader.buffers.forEach((buffer, channel) => sound[channel]!.set(dsp.float32(buffer, read), done));
    }
    return sound;
  } finally {
    reader.close();
  }
}
