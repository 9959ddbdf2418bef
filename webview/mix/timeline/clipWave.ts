/** The waveform of a clip as columns: its passes, its direction, and as loud as its gain and fades make it. */
import type { SourceFacts } from "../../../src/protocol/mixProtocol.js";
import { dB, dbToGain } from "../../../src/units/decibels.js";
import { clipPieces, type ClipPiece, type ColumnAxis } from "../../../src/viewmodel/clipPieces.js";
import type { Crossing } from "../../../src/viewmodel/crossings.js";
import { curveLevel } from "../../../src/viewmodel/curveLevel.js";
import { fadeGain } from "../../../src/viewmodel/fadeGain.js";
import { gatherColumns, type PeakColumns } from "../../../src/viewmodel/peakColumns.js";
import type { FilePeaks } from "./filePeaks.js";
import type { Clip } from "./timelineModel.js";

/** A clip with what the timeline knows of it. */
export interface PlacedClip {
  readonly clip: Clip;
  readonly facts: SourceFacts;
  readonly crossing: Crossing;
  /** Seconds that it sounds, all passes. */
  readonly seconds: number;
}

/**
 * Overwrites the columns of the clip.
 * @param columns one for each of the axis
 * @returns the passes that are in sight
 */
export function gatherClip(
  columns: PeakColumns,
  placed: PlacedClip,
  axis: ColumnAxis,
  peaks: FilePeaks,
): readonly ClipPiece[] {
  const { clip, facts } = placed;
  const pieces = clipPieces(clip, facts, axis);
  for (const { from, to, start, framesPerColumn, isReversed } of pieces) {
    const part = columnsBetween(columns, from, to);
    const span = { start, end: start + (to - from) * framesPerColumn };
    const source = peaks.source(clip.file, facts, span, framesPerColumn);
    gatherColumns(part, { start, framesPerColumn }, source, -1);
    if (isReversed) for (const list of [part.low, part.high, part.rms]) list.reverse();
  }
  const [first, last] = [pieces[0], pieces.at(-1)];
  if (first && last) scale(columns, placed, axis, first.from, last.to);
  return pieces;
}

export function columnsBetween({ low, high, rms }: PeakColumns, from: number, to: number): PeakColumns {
  return { low: low.subarray(from, to), high: high.subarray(from, to), rms: rms.subarray(from, to) };
}

/** Turns the columns up or down. */
function scale(
  { low, high, rms }: PeakColumns,
  { clip, crossing, seconds }: PlacedClip,
  axis: ColumnAxis,
  from: number,
  to: number,
): void {
  const level = levelOf(clip, crossing, seconds);
  if (level === 1) return;
  for (let i = from; i < to; i++) {
    const at = axis.start + (i + 0.5) * axis.secondsPerColumn - clip.start;
    const factor = typeof level === "number" ? level : level(at);
    low[i] = low[i]! * factor;
    high[i] = high[i]! * factor;
    rms[i] = rms[i]! * factor;
  }
}

/** Linear factor; where it moves, by the seconds from the clip's start. */
function levelOf(clip: Clip, crossing: Crossing, seconds: number): number | ((at: number) => number) {
  const curve = clip.automation?.gain;
  const points = curve && curve.length > 0 ? curve : undefined;
  const fixed = dbToGain(dB(clip.gain));
  const rise = clip.fadeIn ?? { length: crossing.fadeIn, shape: "equalPower" };
  const fall = clip.fadeOut ?? { length: crossing.fadeOut, shape: "equalPower" };
  if (!points && rise.length === 0 && fall.length === 0) return fixed;
  return (at) => {
    let factor: number = points ? dbToGain(dB(curveLevel(points, at))) : fixed;
    if (at < rise.length) factor *= fadeGain(rise.shape, Math.max(0, at / rise.length));
    if (seconds - at < fall.length) factor *= fadeGain(fall.shape, Math.max(0, (seconds - at) / fall.length));
    return factor;
  };
}
