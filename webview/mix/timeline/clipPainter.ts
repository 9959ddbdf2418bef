/** Draws a clip: its body, its waveform, and over that its name, its fades, its edge. */
import { frameToX } from "../../../src/viewmodel/viewport.js";
import type { Crossing } from "../../../src/viewmodel/crossings.js";
import { fadeGain } from "../../../src/viewmodel/fadeGain.js";
import { levelText } from "../../../src/viewmodel/valueScale.js";
import type { WaveColors } from "../../shared/columnPainter.js";
import { colorPixels, themeColors } from "../../shared/theme.js";
import { columnsBetween, gatherClip } from "./clipWave.js";
import type { FilePeaks } from "./filePeaks.js";
import { drawSamples } from "./sampleLine.js";
import type { Clip, TimelineModel } from "./timelineModel.js";
import type { WavePlane } from "./wavePlane.js";

const COLORS = [
  "--text", "--quiet", "--error", "--clip-fill", "--clip-strength", "--clip-line", "--clip-text", "--clip-wave",
  "--wave-clip", "--select-edge", "--lane-ground",
] as const; // prettier-ignore
/** Height of the line with the name, CSS pixels, in a clip that is high enough for it. */
const NAME_HEIGHT = 15;
const LEAST_HEIGHT_FOR_NAME = 40;
const RADIUS = 3;
/** Frames in a column below which a line goes through the samples. */
const SAMPLE_ZOOM = 0.5;
/** Boxes may be millions of pixels wide: they are drawn as far as this beyond the canvas. */
const BEYOND = 8;

/** Where a clip is on the canvas, CSS pixels. */
export interface ClipBox {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly height: number;
}

/** What is drawn below the waveforms, and above them. */
export interface ClipLayers {
  readonly back: CanvasRenderingContext2D;
  readonly plane: WavePlane;
  readonly front: CanvasRenderingContext2D;
}

export interface ClipLook {
  /** Of the track. */
  readonly color: string;
  readonly isSelected: boolean;
  readonly crossing: Crossing;
}

export class ClipPainter {
  readonly #timeline: TimelineModel;
  readonly #peaks: FilePeaks;
  #colors = themeColors(COLORS);
  readonly #waves = new Map<string, WaveColors & { readonly line: string }>();

  constructor(timeline: TimelineModel, peaks: FilePeaks) {
    this.#timeline = timeline;
    this.#peaks = peaks;
  }

  takeTheme(): void {
    this.#colors = themeColors(COLORS);
    this.#waves.clear();
  }

  draw(layers: ClipLayers, clip: Clip, box: ClipBox, look: ClipLook): void {
    const { back, front } = layers;
    const width = this.#timeline.mix.viewport.width;
    const [left, right] = [Math.max(-BEYOND, box.left), Math.min(width + BEYOND, box.right)];
    const seen = { ...box, left, right: Math.max(left + 2, right) };
    const hasName = box.height >= LEAST_HEIGHT_FOR_NAME;
    back.beginPath();
    back.roundRect(left, box.top, seen.right - left, box.height, RADIUS);
    back.fillStyle = this.#colors["--clip-fill"];
    back.fill();
    back.globalAlpha = Number(this.#colors["--clip-strength"]) * (clip.mute ? 0.3 : 1);
    back.fillStyle = look.color;
    back.fill();
    back.globalAlpha = 1;
    const wave = hasName ? { ...box, top: box.top + NAME_HEIGHT, height: box.height - NAME_HEIGHT } : box;
    this.#drawWave(layers, clip, wave, look);
    this.#drawFades(front, clip, wave, look.crossing);
    if (hasName) this.#drawName(front, clip, seen);
    front.beginPath();
    front.roundRect(left + 0.5, box.top + 0.5, Math.max(1, seen.right - left - 1), box.height - 1, RADIUS);
    front.strokeStyle = look.isSelected ? this.#colors["--select-edge"] : this.#colors["--clip-line"];
    front.lineWidth = look.isSelected ? 2 : 1;
    front.stroke();
  }

  #drawName(context: CanvasRenderingContext2D, clip: Clip, { left, right, top }: ClipBox): void {
    const source = this.#timeline.mix.state.sources[clip.file];
    const isBad = source?.kind === "failed";
    const signs = [
      ...(clip.mute ? ["muted"] : []),
      ...(clip.reverse ? ["reversed"] : []),
      ...(clip.loop > 1 ? [`${clip.loop} times`] : []),
      ...(clip.speed !== 1 ? [`${Number(clip.speed.toFixed(3))}x`] : []),
      ...(clip.gain !== 0 ? [levelText(clip.gain)] : []),
      ...(source?.kind === "reading" ? ["reading…"] : []),
    ];
    const name = clipName(clip);
    const text = isBad ? `${name}: ${source.message}` : [name, ...signs].join("  ");
    context.fillStyle = isBad ? this.#colors["--error"] : this.#colors["--clip-text"];
    context.textBaseline = "middle";
    const from = Math.max(left, 0) + 5;
    const most = right - from - 4;
    if (most > 12) context.fillText(shortened(context, text, most), from, top + NAME_HEIGHT / 2 + 1);
  }

  #drawWave({ plane, front }: ClipLayers, clip: Clip, box: ClipBox, { color, crossing }: ClipLook): void {
    const timeline = this.#timeline;
    const source = timeline.mix.state.sources[clip.file];
    if (source?.kind !== "ready") return;
    const { facts } = source;
    const { viewport } = timeline.mix;
    const { ratio, deviceWidth } = plane.surface;
    const axis = {
      start: viewport.start / timeline.sampleRate,
      secondsPerColumn: viewport.framesPerPixel / ratio / timeline.sampleRate,
      columns: deviceWidth,
    };
    const seconds = timeline.endOf(clip) - clip.start;
    const placed = { clip, facts, crossing, seconds };
    const pieces = gatherClip(plane.columns, placed, axis, this.#peaks);
    const [first, last] = [pieces[0], pieces.at(-1)];
    if (!first || !last) return;
    const colors = this.#waveColors(color);
    if (first.framesPerColumn < SAMPLE_ZOOM) {
      front.strokeStyle = colors.line;
      for (const piece of pieces) {
        const span = {
          start: piece.start,
          end: piece.start + (piece.to - piece.from) * piece.framesPerColumn,
        };
        const peaks = this.#peaks.source(clip.file, facts, span, piece.framesPerColumn);
        drawSamples(front, peaks, piece, ratio, { top: box.top, height: box.height, gain: clip.gain });
      }
    } else {
      const part = columnsBetween(plane.columns, first.from, last.to);
      plane.paint(part, first.from, box.top + 1, box.height - 2, colors);
    }
    front.fillStyle = colors.line;
    for (const { from } of pieces.slice(1)) front.fillRect(Math.round(from / ratio), box.top, 1, box.height);
  }

  #waveColors(color: string): WaveColors & { readonly line: string } {
    const known = this.#waves.get(color);
    if (known) return known;
    const line = `color-mix(in srgb, ${color} 40%, ${this.#colors["--clip-wave"]})`;
    const inner = `color-mix(in srgb, ${color} 12%, ${this.#colors["--clip-wave"]})`;
    const [peak = 0, rms = 0, clip = 0] = colorPixels([line, inner, this.#colors["--wave-clip"]]);
    const made = { peak, rms, clip, line };
    this.#waves.set(color, made);
    return made;
  }

  /** Fades of the clip with the lost corner in shade; crossfades as lines. */
  #drawFades(context: CanvasRenderingContext2D, clip: Clip, box: ClipBox, crossing: Crossing): void {
    const { viewport } = this.#timeline.mix;
    const pixels = (seconds: number): number =>
      frameToX({ ...viewport, start: 0 }, seconds * this.#timeline.sampleRate);
    const ramp = (isRising: boolean, length: number, shape: string, isOwn: boolean): void => {
      const width = pixels(length);
      const x = isRising ? box.left : box.right - width;
      if (width < 1 || x > viewport.width || x + width < 0) return;
      context.beginPath();
      const points = Math.max(2, Math.min(256, Math.ceil(width / 3)));
      for (let i = 0; i <= points; i++) {
        const part = i / points;
        const gain = fadeGain(shape, isRising ? part : 1 - part);
        context[i === 0 ? "moveTo" : "lineTo"](x + part * width, box.top + (1 - gain) * box.height);
      }
      context.strokeStyle = this.#colors["--clip-text"];
      context.lineWidth = 1;
      context.stroke();
      if (!isOwn) return;
      context.lineTo(isRising ? x : x + width, box.top);
      context.closePath();
      context.globalAlpha = 0.4;
      context.fillStyle = this.#colors["--lane-ground"];
      context.fill();
      context.globalAlpha = 1;
    };
    if (clip.fadeIn) ramp(true, clip.fadeIn.length, clip.fadeIn.shape, true);
    else if (crossing.fadeIn > 0) ramp(true, crossing.fadeIn, "equalPower", false);
    if (clip.fadeOut) ramp(false, clip.fadeOut.length, clip.fadeOut.shape, true);
    else if (crossing.fadeOut > 0) ramp(false, crossing.fadeOut, "equalPower", false);
  }
}

export const clipName = ({ name, file }: Pick<Clip, "name" | "file">): string =>
  name ?? file.split("/").at(-1)!;

/** Widths in one font, by text. */
const widths = new Map<string, number>();
const MOST_WIDTHS = 5000;

function shortened(context: CanvasRenderingContext2D, text: string, most: number): string {
  let width = widths.get(text);
  if (width === undefined) {
    width = context.measureText(text).width;
    if (widths.size > MOST_WIDTHS) widths.clear();
    widths.set(text, width);
  }
  if (width <= most) return text;
  const letters = Math.floor((text.length * most) / width) - 1;
  return letters < 2 ? "" : `${text.slice(0, letters)}…`;
}
