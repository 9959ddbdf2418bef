/** A new mix session from a folder of audio files, or from a selection of them. */
import { existsSync } from "node:fs";
import { basename, dirname, extname, join } from "node:path";
import { writeFileAtomically } from "../audio/atomicFile.js";
import { fileByteSource } from "../audio/byteSource.js";
import { openCompressed } from "../audio/compressed/openCompressed.js";
import { openAudioSource } from "../audio/openAudioFile.js";
import { newMixText } from "../session/newMix.js";
import { audioFilesOf, relativeName } from "./audioFilesOf.js";
import { commonRate } from "./commonRate.js";

/** What a new session is called. */
export const SESSION_NAME = "song.mix.json";
/** Hz, where no file says another. */
const USUAL_SAMPLE_RATE = 48000;
/** Of a session, Hz. */
const SAMPLE_RATES = { least: 8000, most: 384_000 };

export interface NewMixInput {
  /** A folder, whose audio files become tracks, or these files. */
  readonly from: string | readonly string[];
  /** The session to write. */
  readonly output: string;
  readonly title: string;
}

export interface NewMixResult {
  readonly path: string;
  readonly tracks: number;
  /** Sentences about files that are no tracks, each with its file. */
  readonly warnings: readonly string[];
}

/**
 * Writes the session: its sample rate is that of most files.
 * @throws Error if there is no readable audio file, or if `output` exists already
 */
export function newMix({ from, output, title }: NewMixInput): NewMixResult {
  if (existsSync(output))
    throw new Error(`${output}: there is a file of this name already. Choose another name.`);
  const files = typeof from === "string" ? audioFilesOf(from) : from;
  const warnings: string[] = [];
  const rates: number[] = [];
  const tracks = files.flatMap((file) => {
    try {
      rates.push(sampleRateOf(file));
      return [{ title: basename(file, extname(file)), file: relativeName(file, output) }];
    } catch (error) {
      warnings.push(error instanceof Error ? error.message : String(error));
      return [];
    }
  });
  if (tracks.length === 0) {
    const where = typeof from === "string" ? from : dirname(output);
    const reason = warnings[0] ? `no audio file can be read. ${warnings[0]}` : "there is no audio file here.";
    throw new Error(`${where}: ${reason} Put WAV, FLAC, MP3, Ogg or AIFF files there.`);
  }
  const sampleRate = commonRate(rates.filter(isSessionRate)) ?? USUAL_SAMPLE_RATE;
  writeFileAtomically(output, newMixText({ title, sampleRate, tracks }));
  return { path: output, tracks: tracks.length, warnings };
}

/** @returns where a new session of `folder` goes: `song.mix.json`, or `song-2.mix.json` and so on, which does not exist */
export function freeSessionPath(folder: string): string {
  let path = join(folder, SESSION_NAME);
  for (let n = 2; existsSync(path); n++) path = join(folder, SESSION_NAME.replace(".", `-${n}.`));
  return path;
}

/** @throws AudioFileError if the file cannot be read */
function sampleRateOf(path: string): number {
  const source = fileByteSource(path);
  try {
    const compressed = openCompressed(source);
    if (compressed) return compressed.info.sampleRate;
  } finally {
    source.close();
  }
  const file = openAudioSource(fileByteSource(path));
  file.close();
  return file.info.sampleRate;
}

const isSessionRate = (rate: number): boolean => rate >= SAMPLE_RATES.least && rate <= SAMPLE_RATES.most;
