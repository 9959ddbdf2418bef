import { loudnessTicks } from "../../src/viewmodel/loudnessScale.js";
import { frameToX, visibleSpan } from "../../src/viewmodel/viewport.js";
import { element } from "../shared/element.js";
import { Surface } from "../shared/surface.js";
import { themeColors } from "../shared/theme.js";
import type { WavModel } from "./wavModel.js";
import { hasAny, type WavPart } from "./wavPart.js";

/** LUFS at the bottom and the top of the lane. */
const RANGE = { low: -45, high: 0 };
/** Usual targets, LUFS: streaming, and EBU R 128. */
const TARGETS = [-14, -23];
/** Values of a curve per second. */
const RATE = 10;

/** Momentary and short-term loudness over time, with lines at usual targets. */
export function loudnessLane(): WavPart {
  const surface = new Surface("loudness");
  const ruler = new Surface("ruler");
  const legend = element(
    "div",
    { class: "legend" },
    element("span", { class: "short" }, "Short-term"),
    element("span", { class: "momentary" }, "Momentary"),
    element("span", { class: "unit" }, "LUFS"),
  );
  return {
    element: element(
      "div",
      { class: "row loudness" },
      element("div", { class: "gutter" }, ruler.canvas),
      element("div", { class: "band" }, surface.canvas, legend),
    ),
    show(model, topics) {
      if (!hasAny(topics, "viewport", "state", "theme", "audio")) return;
      drawRuler(ruler);
      if (surface.begin()) drawCurves(surface, model);
    },
  };
}

const toY = (loudness: number, height: number): number =>
  ((RANGE.high - Math.max(RANGE.low - 5, loudness)) / (RANGE.high - RANGE.low)) * height;

function drawRuler(surface: Surface): void {
  if (!surface.begin()) return;
  const { context, width, height } = surface;
  const colors = themeColors(["--quiet"]);
  context.font = `10px ${getComputedStyle(document.body).fontFamily}`;
  context.fillStyle = colors["--quiet"];
  context.textAlign = "right";
  context.textBaseline = "middle";
  for (const value of loudnessTicks({ low: RANGE.low + 5, high: RANGE.high - 5 }, 4)) {
    context.fillText(String(value), width - 6, toY(value, height));
  }
}

function drawCurves(surface: Surface, model: WavModel): void {
  const { context, width, height } = surface;
  const colors = themeColors(["--grid", "--target", "--curve-short", "--curve-momentary"]);
  context.fillStyle = colors["--grid"];
  for (const value of loudnessTicks({ low: RANGE.low + 5, high: RANGE.high - 5 }, 4)) {
    context.fillRect(0, Math.round(toY(value, height)), width, 1);
  }
  context.strokeStyle = colors["--target"];
  context.setLineDash([4, 4]);
  for (const target of TARGETS) {
    context.beginPath();
    context.moveTo(0, Math.round(toY(target, height)) + 0.5);
    context.lineTo(width, Math.round(toY(target, height)) + 0.5);
    context.stroke();
  }
  context.setLineDash([]);
  const { measurement } = model.state;
  if (!measurement) return;
  drawCurve(surface, model, measurement.momentary, colors["--curve-momentary"], 1);
  drawCurve(surface, model, measurement.shortTerm, colors["--curve-short"], 1.5);
}

/** The loudest value of each pixel, as a line that breaks where there is none. */
function drawCurve(
  { context, height }: Surface,
  { viewport, audio }: WavModel,
  values: Float32Array,
  color: string,
  lineWidth: number,
): void {
  const framesPerValue = audio.sampleRate / RATE;
  const { start, end } = visibleSpan(viewport);
  const first = Math.max(0, Math.floor(start / framesPerValue) - 2);
  const last = Math.min(values.length, Math.ceil(end / framesPerValue) + 1);
  const perPixel = Math.max(1, Math.floor(viewport.framesPerPixel / framesPerValue));
  context.strokeStyle = color;
  context.lineWidth = lineWidth;
  context.lineJoin = "round";
  context.beginPath();
  let isDown = false;
  for (let i = first - (first % perPixel); i < last; i += perPixel) {
    let loudest = NaN;
    for (let at = i; at < Math.min(i + perPixel, values.length); at++) {
      if (!(values[at]! <= loudest)) loudest = values[at]!;
    }
    if (Number.isNaN(loudest) || loudest === -Infinity) {
      isDown = false;
      continue;
    }
    const [x, y] = [frameToX(viewport, (i + 1) * framesPerValue), toY(loudest, height)];
    if (isDown) context.lineTo(x, y);
    else context.moveTo(x, y);
    isDown = true;
  }
  context.stroke();
}
