/** One song by itself: mastered as an album of one, into one file. */
import { mkdirSync, rmSync } from "node:fs";
import { basename, dirname, extname, join, resolve } from "node:path";
import { createTemporaryFolder, moveIntoPlace, removeStaleTemporaryFiles } from "../audio/atomicFile.js";
import type { JobOptions, WorkerPool } from "../engine/workerPool.js";
import { masteringPresetKeys } from "../session/presets/applyMasteringPreset.js";
import type { MasteringPresetName } from "../session/presets/masteringChains.js";
import type { Deliver } from "../session/delivery.js";
import { masterAlbum } from "./masterAlbum.js";
import type { SongResult } from "./results.js";

export interface MasterSongInput {
  /** An audio file or a `*.mix.json` session, absolute path. */
  readonly source: string;
  /** The file to write: its ending says which format. */
  readonly output: string;
  readonly preset: MasteringPresetName;
  /** LUFS; that of the preset if absent. */
  readonly loudness?: number | undefined;
  /** 24 if absent. */
  readonly bitDepth?: 16 | 24 | undefined;
  /** Hz; that of the song if absent. */
  readonly sampleRate?: number | undefined;
  /** In the tags. */
  readonly comment?: string | undefined;
  readonly decodedFolder?: string | undefined;
}

/**
 * @returns what became of it, with the one file that was written, its absolute path
 * @throws Error if it could not be mastered: the output is then as it was; the signal's reason if cancelled
 */
export async function masterSong(
  pool: WorkerPool,
  input: MasterSongInput,
  { signal, onProgress }: JobOptions<number>,
): Promise<SongResult> {
  const [source, output] = [resolve(input.source), resolve(input.output)];
  if (source === output)
    throw new Error(`${input.output}: the master would overwrite the song; choose another name`);
  const folder = dirname(output);
  mkdirSync(folder, { recursive: true });
  removeStaleTemporaryFiles(folder);
  const temporary = createTemporaryFolder(folder);
  try {
    const result = await masterAlbum(pool, join(dirname(source), "song.album.json"), {
      text: JSON.stringify(albumOf(input, source)),
      output: temporary,
      decodedFolder: input.decodedFolder,
      signal,
      onProgress: ({ fraction }) => onProgress?.(fraction),
    });
    const song = result.songs[0]!;
    if (song.error) throw new Error(song.error.message);
    moveIntoPlace(join(temporary, song.files[0]!), output);
    return {
      ...song,
      files: [output],
      deliveries: song.deliveries.map((each) => ({ ...each, file: output })),
    };
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

function albumOf(input: MasterSongInput, source: string): object {
  const title = basename(source)
    .replace(/\.mix\.json$/, "")
    .replace(/(?<=.)\.[^.]*$/, "");
  const { target, ...keys } = masteringPresetKeys(input.preset);
  const { loudness, bitDepth = 24, sampleRate, comment } = input;
  return {
    ...{ headroom: 1, title, ...keys },
    target: { ...(target as object), mode: "track", ...(loudness !== undefined && { loudness }) },
    songs: [{ source: basename(source), title, ...(comment !== undefined && { comment }) }],
    deliver: [
      {
        format: formatOf(input.output),
        bitDepth,
        ...(bitDepth === 16 && { dither: "shaped" }),
        ...(sampleRate !== undefined && { sampleRate }),
      },
    ],
  };
}

/** @throws Error if no such file can be written */
function formatOf(output: string): Deliver["format"] {
  const format = extname(output).slice(1).toLowerCase();
  if (format === "wav" || format === "flac" || format === "mp3") return format;
  throw new Error(`${output}: a master is a .wav, .flac or .mp3 file; choose another name`);
}

/** `Song (master).wav` beside the song. @param kind "master" or "demo" */
export function masterName(source: string, kind: string): string {
  const bare = /\.mix\.json$/.test(source)
    ? source.replace(/\.mix\.json$/, "")
    : source.replace(/\.[^./\\]*$/, "");
  return `${bare} (${kind}).wav`;
}
