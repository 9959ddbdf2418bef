/** Renders a session to a file that is read while it grows: the mix of a view that does not render it itself. */
import { closeSync, openSync } from "node:fs";
import { writeAll } from "../audio/atomicFile.js";
import { Dsp } from "../engine/dsp.js";
import { PcmEncoder } from "../engine/pcmEncoder.js";
import { BLOCK_FRAMES } from "../engine/song.js";
import type { JobOptions } from "../engine/workerPool.js";
import { renderCacheIn } from "./freeze/renderCache.js";
import { freeze, type RenderResources } from "./mixdown.js";
import { withSong, type SongInput } from "./openSong.js";

export interface RenderStreamInput extends SongInput {
  /** Absolute path of a new file: bare frames of the session's rate, left and right, 32-bit float, little endian. */
  readonly target: string;
}

/** Frames after which is told how many there are. */
const STEP_FRAMES = 16384;

/**
 * @param options its progress is the frames that lie in the file, whole
 * @returns how many there are in the end, tails included
 * @throws DocumentError if the session has errors, AudioFileError if audio cannot be read; the signal's reason if cancelled
 */
export async function renderStream(
  resources: RenderResources,
  input: RenderStreamInput,
  { signal, onProgress }: JobOptions<number>,
): Promise<number> {
  const { cacheFolder, pool } = resources;
  const frozen = await freeze(resources, input, { signal });
  const renderCache = cacheFolder === undefined ? undefined : renderCacheIn(cacheFolder);
  const job: RenderStreamInput = { ...input, frozen: frozen?.tracks, renderCache };
  return pool.run<number, number>("renderStream", job, { signal, onProgress });
}

/** The part of {@link renderStream} that a worker does. */
export function renderStreamJob(input: RenderStreamInput, report: (frames: number) => void): Promise<number> {
  const dsp = new Dsp();
  return withSong(
    dsp,
    input,
    () => undefined,
    (song) => {
      const encoder = new PcmEncoder(dsp, "f32", "none", song.sampleRate, BLOCK_FRAMES);
      const file = openSync(input.target, "wx");
      let frames = 0;
      try {
        for (let block = song.next(), told = 0; block; block = song.next()) {
          writeAll(file, encoder.encode(block), input.target);
          frames += block.frames;
          if (frames - told < STEP_FRAMES) continue;
          report(frames);
          told = frames;
        }
        song.finish();
      } finally {
        closeSync(file);
      }
      return frames;
    },
  );
}
