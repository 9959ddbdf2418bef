/** Jobs that turn audio into pictures: overviews of files; peaks, spectrograms and spectra of edited audio. */
import { openAudioFile } from "../audio/openAudioFile.js";
import type { NonFiniteSamples } from "../engine/blockDecoder.js";
import { Dsp } from "../engine/dsp.js";
import { DspLender } from "../engine/dspLender.js";
import { buildOverview } from "../engine/overview/buildOverview.js";
import { columnPeaks, type ColumnPeaks } from "../engine/overview/columnPeaks.js";
import { editedPeaks, type EditedPeaksTile, type PeaksRange } from "../engine/overview/editedPeaks.js";
import { findings, type AudioFinding } from "../engine/overview/findings.js";
import { meanSpectrum, type MeanSpectrum } from "../engine/overview/meanSpectrum.js";
import { measureEdited, type RangeMeasurement } from "../engine/overview/measureEdited.js";
import { OverviewFile } from "../engine/overview/overviewFile.js";
import { spectrogram, type SpectrogramRange } from "../engine/overview/spectrogram.js";
import type { EditedAudio, EditSource, FrameRange } from "../session/audioEdits.js";
import { withPcm } from "./withPcm.js";

/** For what is asked for again and again, tile by tile. */
const lender = new DspLender();

export interface BuildOverviewInput {
  readonly source: EditSource;
  /** Where the overview is to lie; its folder exists. Its name must change when the source does. */
  readonly target: string;
}

export interface BuiltOverview {
  /** Samples of the source that are no numbers; silence stands in for them. */
  readonly nonFinite: NonFiniteSamples | undefined;
}

/**
 * Makes the overview of a source, unless a whole one is there already.
 * @throws AudioFileError if the source cannot be read, FileWriteError if the overview cannot be written
 */
export function buildOverviewJob(
  { source, target }: BuildOverviewInput,
  report?: (fraction: number) => void,
): BuiltOverview {
  const file = openAudioFile(source.path);
  try {
    const known = OverviewFile.open(target, source.frames, file.info.channels);
    known?.close();
    if (known) return { nonFinite: known.nonFinite };
    return { nonFinite: buildOverview(new Dsp(), file, source.frames, target, report) };
  } finally {
    file.close();
  }
}

export interface PeaksInput extends PeaksRange {
  readonly audio: EditedAudio;
  /** Path of each source's overview; `null` where there is none yet. */
  readonly overviews: readonly (string | null)[];
}

/** @throws AudioFileError if a source cannot be read */
export function peaksJob({ audio, overviews, level, first, count }: PeaksInput): EditedPeaksTile {
  return lender.lend((dsp) => editedPeaks(dsp, audio, overviews, { level, first, count }));
}

export interface SpectrogramInput extends SpectrogramRange {
  readonly audio: EditedAudio;
}

/** @throws AudioFileError if a source cannot be read */
export function spectrogramJob({ audio, ...range }: SpectrogramInput): Uint8Array<ArrayBuffer> {
  return lender.lend((dsp) => spectrogram(dsp, audio, range));
}

export interface RangeInput {
  readonly audio: EditedAudio;
  readonly range: FrameRange;
}

/** @throws AudioFileError if a source cannot be read */
export function spectrumJob({ audio, range }: RangeInput): MeanSpectrum {
  return lender.lend((dsp) => meanSpectrum(dsp, audio, range));
}

/** @throws AudioFileError if a source cannot be read */
export function measureEditedJob(
  { audio, range }: RangeInput,
  report?: (fraction: number) => void,
): RangeMeasurement {
  return measureEdited(new Dsp(), audio, range, report);
}

export interface FindingsInput {
  readonly audio: EditedAudio;
}

/** @throws AudioFileError if a source cannot be read */
export function findingsJob({ audio }: FindingsInput, report?: (fraction: number) => void): AudioFinding[] {
  return findings(new Dsp(), audio, report);
}

export interface ColumnsInput {
  readonly path: string;
  /** How many; fewer come where there are fewer frames. */
  readonly columns: number;
  /** Seconds; cut where the file ends. */
  readonly startSeconds: number;
  readonly endSeconds: number | undefined;
}

export interface ColumnsOfFile {
  /** Hz. */
  readonly sampleRate: number;
  readonly channels: number;
  /** Seconds: of the file, and the range that the columns divide evenly. */
  readonly duration: number;
  readonly start: number;
  readonly end: number;
  /** One per audio channel. */
  readonly peaks: readonly ColumnPeaks[];
}

/** @throws AudioFileError if the file cannot be read */
export function columnsJob(input: ColumnsInput, report?: (fraction: number) => void): Promise<ColumnsOfFile> {
  return withPcm(input.path, report, (path, _, reportRest) => columnsOfPcm({ ...input, path }, reportRest));
}

function columnsOfPcm(
  { path, columns, startSeconds, endSeconds }: ColumnsInput,
  report?: (fraction: number) => void,
): ColumnsOfFile {
  const file = openAudioFile(path);
  try {
    const { sampleRate, channels, frames } = file.info;
    const frameAt = (seconds: number): number => Math.min(frames, Math.round(seconds * sampleRate));
    const range = { start: frameAt(startSeconds), end: frameAt(endSeconds ?? Infinity) };
    const count = Math.min(columns, range.end - range.start);
    return {
      ...{ sampleRate, channels, duration: frames / sampleRate },
      ...{ start: range.start / sampleRate, end: range.end / sampleRate },
      peaks: columnPeaks(new Dsp(), file, range, count, report),
    };
  } finally {
    file.close();
  }
}
