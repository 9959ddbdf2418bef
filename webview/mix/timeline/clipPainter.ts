/** Draws a clip: its body, its name, its waveform, its fades. */
import { passLength } from "../../../src/viewmodel/clipEdits.js";
import { fadeGain } from "../../../src/viewmodel/fadeGain.js";
import {
  emptyColumns,
  gatherColumns,
  gatherSamples,
  type ColumnSource,
} from "../../../src/viewmodel/peakColumns.js";
import { frameToX } from "../../../src/viewmodel/viewport.js";
import { themeColors } from "../../shared/theme.js";
import type { FilePeaks } from "./filePeaks.js";
import type { Clip, TimelineModel } from "./timelineModel.js";

const COLORS = [
  "--text",
  "--quiet",
  "--error",
  "--clip-fill",
  "--clip-strength",
  "--clip-line",
  "--clip-text",
  "--clip-wave",
  "--select-edge",
  "--background",
] as const;
/** Height of the line with the name, CSS pixels, in a clip that is high enough for it. */
export const NAME_HEIGHT = 15;
const LEAST_HEIGHT_FOR_NAME = 40;
const RADIUS = 3;

/** Where a clip is on the canvas, CSS pixels. */
export interface ClipBox {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly height: number;
}

export class ClipPainter {
  readonly #timeline: TimelineModel;
  readonly #peaks: FilePeaks;
  #colors = themeColors(COLORS);

  constructor(timeline: TimelineModel, peaks: FilePeaks) {
    this.#timeline = timeline;
    this.#peaks = peaks;
  }

  takeTheme(): void {
    this.#colors = themeColors(COLORS);
  }

  /**
   * @param wisher names the clip for the loader of peaks
   * @param color of the track
   */
  draw(
    context: CanvasRenderingContext2D,
    clip: Clip,
    box: ClipBox,
    { wisher, color, isSelected }: { wisher: string; color: string; isSelected: boolean },
  ): void {
    const { left, right, top, height } = box;
    const hasName = height >= LEAST_HEIGHT_FOR_NAME;
    context.save();
    context.beginPath();
    context.roundRect(left, top, Math.max(2, right - left), height, RADIUS);
    context.fillStyle = this.#colors["--clip-fill"];
    context.fill();
    context.globalAlpha = Number(this.#colors["--clip-strength"]) * (clip.mute ? 0.3 : 1);
    context.fillStyle = color;
    context.fill();
    context.globalAlpha = 1;
    context.clip();
    const wave = hasName ? { ...box, top: top + NAME_HEIGHT, height: height - NAME_HEIGHT } : box;
    this.#drawWave(context, clip, wave, wisher, color);
    this.#drawFades(context, clip, wave);
    if (hasName) this.#drawName(context, clip, box);
    context.restore();
    context.beginPath();
    context.roundRect(left + 0.5, top + 0.5, Math.max(1, right - left - 1), height - 1, RADIUS);
    context.strokeStyle = isSelected ? this.#colors["--select-edge"] : this.#colors["--clip-line"];
    context.lineWidth = isSelected ? 2 : 1;
    context.stroke();
  }

  #drawName(context: CanvasRenderingContext2D, clip: Clip, { left, right, top }: ClipBox): void {
    const source = this.#timeline.mix.state.sources[clip.file];
    const isBad = source?.kind === "failed";
    const signs = [
      ...(clip.mute ? ["muted"] : []),
      ...(clip.reverse ? ["reversed"] : []),
      ...(clip.loop > 1 ? [`${clip.loop} times`] : []),
      ...(clip.speed !== 1 ? [`${clip.speed}x`] : []),
      ...(clip.gain !== 0 ? [gainText(clip.gain)] : []),
    ];
    const name = clip.name ?? clip.file.split("/").at(-1)!;
    const text = isBad ? `${name}: ${source.message}` : [name, ...signs].join("  ");
    context.fillStyle = isBad ? this.#colors["--error"] : this.#colors["--clip-text"];
    context.textBaseline = "middle";
    const from = Math.max(left, 0) + 5;
    if (right - from > 16) context.fillText(text, from, top + NAME_HEIGHT / 2 + 1);
  }

  #drawWave(
    context: CanvasRenderingContext2D,
    clip: Clip,
    box: ClipBox,
    wisher: string,
    color: string,
  ): void {
    const { viewport } = this.#timeline.mix;
    const source = this.#timeline.mix.state.sources[clip.file];
    if (source?.kind !== "ready") return;
    const { sampleRate } = source.facts;
    const ratio = (sampleRate / this.#timeline.sampleRate) * clip.speed;
    const framesPerPixel = viewport.framesPerPixel * ratio;
    const duration = this.#timeline.durationOf(clip);
    const pass = passLength(clip, duration);
    const start = Math.max(0, Math.floor(box.left));
    const end = Math.min(viewport.width, Math.ceil(box.right));
    if (pass <= 0 || end <= start) return;
    const passPixels = (pass * this.#timeline.sampleRate) / viewport.framesPerPixel;
    const first = Math.max(0, Math.floor((start - box.left) / passPixels));
    const last = Math.min(clip.loop - 1, Math.floor((end - box.left) / passPixels), first + 200);
    const piece = { start: clip.offset * sampleRate, end: (clip.offset + pass * clip.speed) * sampleRate };
    const exact = frameToX(viewport, clip.start * this.#timeline.sampleRate);
    context.fillStyle =
      context.strokeStyle = `color-mix(in srgb, ${color} 35%, ${this.#colors["--clip-wave"]})`;
    const middle = box.top + box.height / 2;
    const gain = Number.isFinite(clip.gain) ? 10 ** (clip.gain / 20) : 0;
    const half = (box.height / 2 - 1) * gain;
    const most = box.height / 2 - 0.5;
    const y = (value: number): number => middle - Math.max(-most, Math.min(most, value * half));
    for (let index = first; index <= last; index++) {
      const origin = exact + index * passPixels;
      const [from, to] = [Math.max(start, Math.floor(origin)), Math.min(end, Math.ceil(origin + passPixels))];
      if (to <= from) continue;
      // Frame of the file at a pixel of this pass; backwards it falls.
      const frameAt = (x: number): number =>
        clip.reverse
          ? piece.end - (x - origin) * framesPerPixel
          : piece.start + (x - origin) * framesPerPixel;
      const span = {
        start: Math.max(0, Math.min(frameAt(from), frameAt(to))),
        end: Math.min(piece.end, Math.max(frameAt(from), frameAt(to))),
      };
      const peaks = this.#peaks.source(`${wisher}/${index - first}`, clip.file, span, framesPerPixel);
      if (!peaks) return;
      if (framesPerPixel < 1)
        drawSamples(context, peaks, span, { frameAt, from, to, framesPerPixel }, clip.reverse, y);
      else drawColumns(context, peaks, { frameAt, from, to, framesPerPixel }, clip.reverse, y);
      if (index > 0 && origin > start) {
        context.globalAlpha = 0.5;
        context.fillRect(Math.round(origin), box.top, 1, box.height);
        context.globalAlpha = 1;
      }
    }
  }

  #drawFades(context: CanvasRenderingContext2D, clip: Clip, box: ClipBox): void {
    const { framesPerPixel } = this.#timeline.mix.viewport;
    const pixels = (seconds: number): number => (seconds * this.#timeline.sampleRate) / framesPerPixel;
    const ramp = (x: number, width: number, shape: string, isRising: boolean): void => {
      if (width < 1) return;
      context.beginPath();
      const points = Math.max(2, Math.min(64, Math.ceil(width / 4)));
      for (let i = 0; i <= points; i++) {
        const part = i / points;
        const gain = fadeGain(shape, isRising ? part : 1 - part);
        const place = [x + part * width, box.top + (1 - gain) * box.height] as const;
        if (i === 0) context.moveTo(...place);
        else context.lineTo(...place);
      }
      context.strokeStyle = this.#colors["--clip-text"];
      context.lineWidth = 1;
      context.stroke();
      context.lineTo(isRising ? x : x + width, box.top);
      context.closePath();
      context.globalAlpha = 0.45;
      context.fillStyle = this.#colors["--background"];
      context.fill();
      context.globalAlpha = 1;
    };
    if (clip.fadeIn) ramp(box.left, pixels(clip.fadeIn.length), clip.fadeIn.shape, true);
    if (clip.fadeOut) {
      const width = pixels(clip.fadeOut.length);
      ramp(box.right - width, width, clip.fadeOut.shape, false);
    }
  }
}

interface Stretch {
  readonly frameAt: (x: number) => number;
  readonly from: number;
  readonly to: number;
  readonly framesPerPixel: number;
}

function drawColumns(
  context: CanvasRenderingContext2D,
  peaks: ColumnSource,
  { frameAt, from, to, framesPerPixel }: Stretch,
  isReversed: boolean,
  y: (value: number) => number,
): void {
  const count = to - from;
  const columns = emptyColumns(count);
  const start = isReversed ? frameAt(to) : frameAt(from);
  gatherColumns(columns, { start: Math.max(0, start), framesPerColumn: framesPerPixel }, peaks, -1);
  for (let i = 0; i < count; i++) {
    const at = isReversed ? count - 1 - i : i;
    const [low, high] = [columns.low[at]!, columns.high[at]!];
    if (Number.isNaN(low)) continue;
    const [top, bottom] = [y(high), y(low)];
    context.fillRect(from + i, top, 1, Math.max(1, bottom - top));
  }
}

function drawSamples(
  context: CanvasRenderingContext2D,
  peaks: ColumnSource,
  span: { readonly start: number; readonly end: number },
  { frameAt, from, framesPerPixel }: Stretch,
  isReversed: boolean,
  y: (value: number) => number,
): void {
  const first = Math.max(0, Math.floor(span.start));
  const samples = gatherSamples(first, Math.ceil(span.end) - first + 1, peaks, 0);
  const xOf = (frame: number): number =>
    from + ((frame - frameAt(from)) / framesPerPixel) * (isReversed ? -1 : 1);
  context.beginPath();
  let isDown = false;
  samples.forEach((sample, i) => {
    if (Number.isNaN(sample)) {
      isDown = false;
      return;
    }
    const place = [xOf(first + i + 0.5), y(sample)] as const;
    if (isDown) context.lineTo(...place);
    else context.moveTo(...place);
    isDown = true;
  });
  context.lineWidth = 1.25;
  context.stroke();
}

const gainText = (gain: number): string =>
  Number.isFinite(gain)
    ? `${gain > 0 ? "+" : gain < 0 ? "\u2212" : ""}${Math.abs(gain).toFixed(1)} dB`
    : "silent";
