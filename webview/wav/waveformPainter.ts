/** Draws the waveform of an audio channel: bodies of columns, or at close zoom single samples. */
import { amplitudeToHeight, type AmplitudeScale } from "../../src/viewmodel/amplitudeScale.js";
import { interpolate, INTERPOLATION_REACH } from "../../src/viewmodel/interpolate.js";
import {
  emptyColumns,
  gatherColumns,
  gatherSamples,
  type ColumnSource,
  type PeakColumns,
} from "../../src/viewmodel/peakColumns.js";
import type { Viewport } from "../../src/viewmodel/viewport.js";
import { FULL_SCALE, paintColumns } from "../shared/columnPainter.js";
import type { Surface } from "../shared/surface.js";
import { themeColors, themePixels } from "../shared/theme.js";

/** CSS pixels per frame from which the curve between samples is computed, and dots are drawn. */
const CURVE_PIXELS = 4;
const DOT_PIXELS = 7;

const COLORS = ["--wave-peak", "--wave-rms", "--wave-clip"] as const;

export class WaveformPainter {
  #pixels = themePixels(COLORS);
  #colors = themeColors(COLORS);
  #columns: PeakColumns = emptyColumns(0);
  #image: ImageData | undefined;

  takeTheme(): void {
    this.#pixels = themePixels(COLORS);
    this.#colors = themeColors(COLORS);
  }

  /** Frames in a column of device pixels. */
  static framesPerColumn(viewport: Viewport, { ratio }: Surface): number {
    return viewport.framesPerPixel / ratio;
  }

  /** @param channel from 0; -1: all together */
  draw(
    surface: Surface,
    viewport: Viewport,
    source: ColumnSource,
    channel: number,
    scale: AmplitudeScale,
  ): void {
    const framesPerColumn = WaveformPainter.framesPerColumn(viewport, surface);
    if (framesPerColumn < 1 && channel >= 0)
      drawSamples(surface, viewport, source, channel, scale, this.#colors);
    else this.#drawColumns(surface, { start: viewport.start, framesPerColumn }, source, channel, scale);
  }

  #drawColumns(
    surface: Surface,
    grid: { start: number; framesPerColumn: number },
    source: ColumnSource,
    channel: number,
    scale: AmplitudeScale,
  ): void {
    const [width, height] = [surface.deviceWidth, surface.deviceHeight];
    if (this.#columns.low.length !== width) this.#columns = emptyColumns(width);
    gatherColumns(this.#columns, grid, source, channel);
    if (this.#image?.width !== width || this.#image.height !== height)
      this.#image = new ImageData(width, height);
    const pixels = new Uint32Array(this.#image.data.buffer);
    pixels.fill(0);
    const { "--wave-peak": peak, "--wave-rms": rms, "--wave-clip": clip } = this.#pixels;
    const area = { left: 0, top: 0, width, height };
    paintColumns({ pixels, stride: width }, area, this.#columns, scale, { peak, rms, clip });
    surface.context.putImageData(this.#image, 0, 0);
  }
}

/** A line through the samples; each stands in the middle of its frame. */
function drawSamples(
  { context, width, height }: Surface,
  viewport: Viewport,
  source: ColumnSource,
  channel: number,
  scale: AmplitudeScale,
  colors: Record<(typeof COLORS)[number], string>,
): void {
  const pixelsPerFrame = 1 / viewport.framesPerPixel;
  const first = Math.floor(viewport.start) - INTERPOLATION_REACH;
  const count = Math.ceil(width * viewport.framesPerPixel) + 2 * INTERPOLATION_REACH + 2;
  const samples = gatherSamples(first, count, source, channel);
  const x = (i: number): number => (first + i + 0.5 - viewport.start) * pixelsPerFrame;
  const y = (amplitude: number): number =>
    height / 2 - amplitudeToHeight(amplitude, scale) * (height / 2 - 0.5);
  const parts = pixelsPerFrame >= CURVE_PIXELS ? Math.ceil(pixelsPerFrame / 2) : 1;
  context.strokeStyle = colors["--wave-rms"];
  context.lineWidth = 1.25;
  context.lineJoin = "round";
  context.beginPath();
  let isDown = false;
  for (let i = 0; i + 1 < count; i++) {
    if (Number.isNaN(samples[i]!) || Number.isNaN(samples[i + 1]!)) {
      isDown = false;
      continue;
    }
    for (let part = 0; part <= parts; part++) {
      const at = i + part / parts;
      const height = y(parts === 1 ? samples[Math.round(at)]! : interpolate(samples, at));
      if (isDown) context.lineTo(x(at), height);
      else context.moveTo(x(at), height);
      isDown = true;
    }
  }
  context.stroke();
  if (pixelsPerFrame < DOT_PIXELS) return;
  const radius = Math.min(3, pixelsPerFrame / 4);
  samples.forEach((sample, i) => {
    if (Number.isNaN(sample)) return;
    context.fillStyle = Math.abs(sample) >= FULL_SCALE ? colors["--wave-clip"] : colors["--wave-rms"];
    context.beginPath();
    context.arc(x(i), y(sample), radius, 0, 2 * Math.PI);
    context.fill();
  });
}
