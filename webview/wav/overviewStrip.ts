import { visibleSpan } from "../../src/viewmodel/viewport.js";
import { positionText } from "../../src/viewmodel/timeRuler.js";
import { fitViewport, frameToX, xToFrame } from "../../src/viewmodel/viewport.js";
import { element } from "../shared/element.js";
import { Surface } from "../shared/surface.js";
import type { PeakTiles } from "./peakTiles.js";
import type { WavModel } from "./wavModel.js";
import { hasAny, type WavPart } from "./wavPart.js";
import { WaveformPainter } from "./waveformPainter.js";

/** CSS pixels at the window's edges that resize it. */
const EDGE = 6;
type Grip = "start" | "end" | "window";

/** The whole audio in a strip, with the part in sight as a window that can be moved and resized. */
export function overviewStrip(tiles: PeakTiles, model: WavModel): WavPart {
  const surface = new Surface("wave");
  const painter = new WaveformPainter();
  const selection = element("div", { class: "selected" });
  const visible = element("div", { class: "window" });
  const cursor = element("div", { class: "cursor" });
  const band = element(
    "div",
    { class: "band", role: "slider", tabindex: 0, "aria-label": "Part in sight", "aria-valuemin": 0 },
    surface.canvas,
    selection,
    visible,
    cursor,
  );
  followPointer(band, model);
  band.addEventListener("keydown", (event) => {
    const { width } = model.viewport;
    const step = { ArrowLeft: -width / 10, ArrowRight: width / 10, PageUp: -width, PageDown: width }[
      event.key
    ];
    if (step !== undefined) model.scroll(step);
    else if (event.key === "Home") model.scrollTo(0);
    else if (event.key === "End") model.scrollTo(model.frames);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  return {
    element: element("div", { class: "row overview" }, element("div", { class: "gutter" }), band),
    show(_, topics) {
      if (topics.has("theme")) painter.takeTheme();
      const { width } = model.viewport;
      if (width <= 0) return;
      const whole = fitViewport(model.frames, width);
      if (hasAny(topics, "tiles", "audio", "theme") || surface.width !== surface.canvas.clientWidth) {
        if (surface.begin()) {
          const perColumn = WaveformPainter.framesPerColumn(whole, surface);
          const source = tiles.source("overview", visibleSpan(whole), Math.max(1, perColumn));
          painter.draw(surface, whole, source, -1, { kind: "linear", zoom: 1 });
        }
      }
      if (!hasAny(topics, "viewport", "selection", "audio")) return;
      const { start, end } = visibleSpan(model.viewport);
      place(visible, frameToX(whole, start), frameToX(whole, Math.min(end, Math.max(1, model.frames))));
      const { span, selection: chosen } = model;
      place(selection, frameToX(whole, span.start), frameToX(whole, span.end));
      selection.hidden = !model.hasSelection;
      cursor.style.transform = `translateX(${frameToX(whole, chosen.cursor)}px)`;
      const units = model.rulerUnits;
      band.setAttribute("aria-valuemax", String(model.frames));
      band.setAttribute("aria-valuenow", String(Math.round(start)));
      band.setAttribute(
        "aria-valuetext",
        `${positionText(start, units)} to ${positionText(Math.min(end, model.frames), units)} of ${positionText(model.frames, units)}`,
      );
    },
  };
}

function place(box: HTMLElement, left: number, right: number): void {
  box.style.transform = `translateX(${left}px)`;
  box.style.width = `${Math.max(1, right - left)}px`;
}

/** Moves the window, or one of its edges; a press beside it brings it there. */
function followPointer(band: HTMLElement, model: WavModel): void {
  let grip: { kind: Grip; offset: number } | undefined;
  const edges = () => {
    const whole = fitViewport(model.frames, model.viewport.width);
    const { start, end } = visibleSpan(model.viewport);
    return { whole, left: frameToX(whole, start), right: frameToX(whole, end) };
  };
  const gripAt = (x: number): Grip | "beside" => {
    const { left, right } = edges();
    if (Math.abs(x - left) < EDGE && right - left > EDGE) return "start";
    if (Math.abs(x - right) < EDGE) return "end";
    return x > left && x < right ? "window" : "beside";
  };
  band.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || model.frames === 0) return;
    band.setPointerCapture(event.pointerId);
    const { left, right } = edges();
    const found = gripAt(event.offsetX);
    grip =
      found === "beside"
        ? { kind: "window", offset: (right - left) / 2 }
        : { kind: found, offset: event.offsetX - left };
    if (found === "beside") move(event.offsetX);
  });
  band.addEventListener("pointermove", (event) => {
    const x = event.clientX - band.getBoundingClientRect().left;
    if (grip) move(x);
    else {
      const found = gripAt(x);
      band.style.cursor = found === "window" ? "grab" : found === "beside" ? "pointer" : "ew-resize";
    }
  });
  for (const end of ["pointerup", "pointercancel"]) band.addEventListener(end, () => (grip = undefined));
  const move = (x: number): void => {
    if (!grip) return;
    const { whole, left, right } = edges();
    if (grip.kind === "window") model.scrollTo(xToFrame(whole, x - grip.offset));
    else {
      const [from, to] =
        grip.kind === "start" ? [Math.min(x, right - 1), right] : [left, Math.max(x, left + 1)];
      model.showSpan({ start: xToFrame(whole, from), end: xToFrame(whole, to) }, 0);
    }
  };
}
