/** An album as it is listened to: sources, masters and references side by side on one timeline. */
import { Dsp } from "../../engine/dsp.js";
import { programSound, type ProgramPart, type ProgramRows } from "../../engine/programSound.js";
import { openAudioJob } from "../openAudioJob.js";
import { isMixDocument } from "../readSong.js";
import type { TimeRange } from "../timeRange.js";
import { PROGRAM_SIDES, type ProgramSide } from "./programSides.js";

export interface ProgramInput {
  /** In the order of the album; absolute paths. */
  readonly songs: readonly {
    readonly title: string;
    readonly source: string;
    /** Seconds of the source that the album takes. */
    readonly part: TimeRange;
    /** Its gap is part of the file; absent if there is none. */
    readonly master: string | undefined;
    /** Seconds of silence after the source. */
    readonly gap: number;
  }[];
  /** Absolute path. */
  readonly reference: string | undefined;
  /** Where compressed files are kept decoded. */
  readonly cacheFolder: string;
}

export interface Program extends ProgramRows {
  /** What each row is. */
  readonly sides: readonly ProgramSide[];
  readonly frames: number;
  /** By song: where it begins, and how long it is with its gap, frames. */
  readonly songs: readonly { readonly start: number; readonly frames: number }[];
  /** Why something of it is silent, for people. */
  readonly problems: readonly string[];
}

/** Hz, where nothing says another. */
const USUAL_RATE = 48000;

interface OpenFile {
  readonly path: string;
  readonly sampleRate: number;
  readonly frames: number;
}

/**
 * Lays the album out. The masters say how long songs are, where there are any; a source begins with its master. The
 * first of the files gives the rate. The reference is repeated to the album's end.
 */
export async function openProgramJob(input: ProgramInput): Promise<Program> {
  const problems: string[] = [];
  const open = async (path: string, what: string): Promise<OpenFile | undefined> => {
    try {
      const { facts, source } = await openAudioJob({ path, cacheFolder: input.cacheFolder });
      return { path: source.path, frames: source.frames, sampleRate: facts.sampleRate };
    } catch (error) {
      problems.push(`${what} cannot be heard: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    }
  };
  const songs: { readonly source: OpenFile | undefined; readonly master: OpenFile | undefined }[] = [];
  for (const { title, source, master } of input.songs) {
    const isSession = isMixDocument(source);
    if (isSession) problems.push(`The source of "${title}" is a mix session: open it to hear it.`);
    songs.push({
      source: isSession ? undefined : await open(source, `The source of "${title}"`),
      master: master === undefined ? undefined : await open(master, `The master of "${title}"`),
    });
  }
  const reference = input.reference === undefined ? undefined : await open(input.reference, "The reference");
  return { ...layOut(songs, input, reference), problems };
}

function layOut(
  songs: readonly { readonly source: OpenFile | undefined; readonly master: OpenFile | undefined }[],
  input: ProgramInput,
  reference: OpenFile | undefined,
): Omit<Program, "problems"> {
  const files = songs.flatMap(({ master, source }) => master ?? source ?? []);
  const sampleRate = files[0]?.sampleRate ?? USUAL_RATE;
  const hasMasters = songs.some(({ master }) => master);
  const sides = PROGRAM_SIDES.filter((side) =>
    side === "source" ? true : side === "master" ? hasMasters : reference,
  );
  const parts: ProgramPart[] = [];
  const place = (
    side: ProgramSide,
    file: OpenFile | undefined,
    start: number,
    { from, to = Infinity }: TimeRange = { from: 0 },
  ): number => {
    if (!file) return 0;
    const whole = Math.round((file.frames * sampleRate) / file.sampleRate);
    const skipped = Math.min(whole, Math.round(from * sampleRate));
    const frames = Math.min(whole, Math.round(to * sampleRate)) - skipped;
    parts.push({ path: file.path, row: sides.indexOf(side), start, frames, skipped });
    return frames;
  };
  let end = 0;
  const places = songs.map(({ source, master }, song) => {
    const start = end;
    const gap = song === songs.length - 1 ? 0 : Math.round(input.songs[song]!.gap * sampleRate);
    const unmastered = place("source", source, start, input.songs[song]!.part) + gap;
    end += place("master", master, start) || unmastered;
    return { start, frames: end - start };
  });
  for (let at = 0; reference && at < end;) at += place("reference", reference, at) || Infinity;
  return { sampleRate, sides, rows: sides.length, parts, frames: end, songs: places };
}

export interface ProgramSoundInput {
  readonly program: ProgramRows;
  readonly start: number;
  readonly count: number;
}

/** @returns planar samples, two channels a row. @throws AudioFileError if a file cannot be read */
export function programSoundJob({ program, start, count }: ProgramSoundInput): Float32Array<ArrayBuffer>[] {
  return programSound(new Dsp(), program, start, count);
}
