/** Compares two songs, sessions or audio files; sessions are rendered first. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { JobOptions } from "../../engine/workerPool.js";
import { mixChanges } from "../../session/mixChanges.js";
import { parseMix } from "../../session/mixDocument.js";
import { mixdown, type RenderResources } from "../mixdown.js";
import type { OpenedAudio } from "../openAudioJob.js";
import type { SongInput } from "../openSong.js";
import { isMixDocument } from "../readSong.js";
import { readDocument } from "../readDocument.js";
import type { CompareInput, Comparison } from "./compareJob.js";

export interface ComparedSongs extends Comparison {
  /** In words; `null` unless both are sessions. */
  readonly changes: readonly string[] | null;
}

/** Of the work, what each rendering takes. */
const RENDER_SHARE = 0.4;

/** @throws what rendering or reading one of them throws */
export async function compareSongs(
  resources: RenderResources,
  a: SongInput,
  b: SongInput,
  { signal, onProgress }: JobOptions<number> = {},
): Promise<ComparedSongs> {
  const folder = mkdtempSync(join(tmpdir(), "headroom-compare-"));
  const step = (begin: number, share: number): JobOptions<number> => ({
    signal,
    onProgress: (fraction) => onProgress?.(begin + share * fraction),
  });
  try {
    const pcm = async (song: SongInput, name: string, begin: number): Promise<string> => {
      if (isMixDocument(song.path)) {
        const output = join(folder, `${name}.wav`);
        await mixdown(
          resources,
          { ...song, output, layout: "f32", dither: "none" },
          step(begin, RENDER_SHARE),
        );
        return output;
      }
      const input = { path: resolve(song.path), cacheFolder: song.decodedFolder ?? folder };
      const opened = await resources.pool.run<OpenedAudio>("openAudio", input, step(begin, RENDER_SHARE));
      return opened.source.path;
    };
    const input: CompareInput = { a: await pcm(a, "a", 0), b: await pcm(b, "b", RENDER_SHARE) };
    const compared = await resources.pool.run<Comparison, number>(
      "compare",
      input,
      step(2 * RENDER_SHARE, 1 - 2 * RENDER_SHARE),
    );
    return { ...compared, changes: changesOf(a, b) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function changesOf(a: SongInput, b: SongInput): readonly string[] | null {
  if (!isMixDocument(a.path) || !isMixDocument(b.path)) return null;
  const [before, after] = [a, b].map(({ path, text }) => parseMix(text ?? readDocument(path)).value);
  return before && after ? mixChanges(before, after) : null;
}
