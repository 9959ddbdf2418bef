/** Converting an audio file to another format: what has to be done to it, and what the copy is called. */
import type { EditedAudio, EditProcess, StorageFormat } from "./audioEdits.js";
import { foldMatrix } from "./channelMatrix.js";

export interface AudioConversion {
  readonly container: "wav" | "flac";
  readonly bitDepth: 16 | 24 | "32f";
  /** Hz; "keep": that of the file. */
  readonly sampleRate: number | "keep";
  readonly channels: "mono" | "stereo" | "keep";
}

/** What the source has. */
export interface ConvertedSource extends Pick<EditedAudio, "sampleRate" | "channels"> {
  /** Significant bits of a sample; `null` where the codec has none. */
  readonly bitDepth: number | null;
  readonly isFloat: boolean;
}

/** Processes to apply to the whole audio, in this order: fewer channels are cheaper to resample, more are dearer. */
export function conversionProcesses(
  { sampleRate, channels }: Pick<ConvertedSource, "sampleRate" | "channels">,
  conversion: AudioConversion,
): EditProcess[] {
  const wanted = { keep: channels, mono: 1, stereo: 2 }[conversion.channels];
  const fold: EditProcess[] =
    wanted === channels ? [] : [{ kind: "mixChannels", matrix: foldMatrix(channels, wanted) }];
  const isOtherRate = conversion.sampleRate !== "keep" && conversion.sampleRate !== sampleRate;
  const resample: EditProcess[] = isOtherRate
    ? [{ kind: "resample", sampleRate: conversion.sampleRate }]
    : [];
  return wanted > channels ? [...resample, ...fold] : [...fold, ...resample];
}

/**
 * How the copy's samples are stored. Dither (TPDF, as AES17 has it) where the copy has fewer bits than what it is made
 * of; none where it holds the same samples, so that a copy of the same depth is exact.
 */
export function convertedFormat(source: ConvertedSource, conversion: AudioConversion): StorageFormat {
  const { bitDepth } = conversion;
  if (bitDepth === "32f") return { bitDepth, dither: "none" };
  // Lossy codecs decode to floats, and so do the processes compute.
  const exactBits = source.isFloat ? null : source.bitDepth;
  const isSame = exactBits !== null && conversionProcesses(source, conversion).length === 0;
  return { bitDepth, dither: isSame && exactBits <= bitDepth ? "none" : "tpdf" };
}

/**
 * Path of a copy beside the original: `/music/a.mp3` with "-normalized" and "wav" is `/music/a-normalized.wav`.
 * @param suffix may be empty @param extension without dot
 */
export function copyPath(path: string, suffix: string, extension: string): string {
  const name = path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
  const dot = name.lastIndexOf(".");
  const stem = dot > 0 ? name.slice(0, dot) : name;
  return `${path.slice(0, path.length - name.length)}${stem}${suffix}.${extension}`;
}

/** The same path with " 2", " 3" ... behind the name, the first that is not `isTaken`. */
export function freePath(path: string, isTaken: (path: string) => boolean): string {
  if (!isTaken(path)) return path;
  const extension = path.slice(path.lastIndexOf(".") + 1);
  for (let number = 2; ; number++) {
    const candidate = copyPath(path, ` ${number}`, extension);
    if (!isTaken(candidate)) return candidate;
  }
}

/**
 * Paths of the copies of several files. No copy lies where a source is, nor two in the same place: "-converted" is
 * added, then a number.
 */
export function conversionTargets(sources: readonly string[], extension: string): string[] {
  const taken = new Set(sources);
  return sources.map((source) => {
    const plain = copyPath(source, "", extension);
    const target = taken.has(plain)
      ? freePath(copyPath(source, "-converted", extension), (path) => taken.has(path))
      : plain;
    taken.add(target);
    return target;
  });
}
