import { dB, dbToGain } from "../../../src/units/decibels.js";
import type { ClipPiece } from "../../../src/viewmodel/clipPieces.js";
import { gatherSamples, type ColumnSource } from "../../../src/viewmodel/peakColumns.js";

/** A line through the samples of a pass, at close zoom. @param ratio device pixels in a CSS pixel */
export function drawSamples(
  context: CanvasRenderingContext2D,
  peaks: ColumnSource,
  { from, to, start, framesPerColumn, isReversed }: ClipPiece,
  ratio: number,
  { top, height, gain }: { readonly top: number; readonly height: number; readonly gain: number },
): void {
  const first = Math.max(0, Math.floor(start));
  const samples = gatherSamples(first, Math.ceil((to - from) * framesPerColumn) + 2, peaks, 0);
  const factor = dbToGain(dB(gain));
  const y = (value: number): number =>
    top + height / 2 - Math.max(-1, Math.min(1, value * factor)) * (height / 2 - 1);
  context.beginPath();
  let isDown = false;
  samples.forEach((sample, i) => {
    if (Number.isNaN(sample)) {
      isDown = false;
      return;
    }
    const column = (first + i + 0.5 - start) / framesPerColumn;
    const x = (isReversed ? to - column : from + column) / ratio;
    context[isDown ? "lineTo" : "moveTo"](x, y(sample));
    isDown = true;
  });
  context.lineWidth = 1.25;
  context.stroke();
}
