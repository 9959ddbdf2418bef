/** What the pointer and the wheel do on the lanes and the ruler. */
import { spanBetween } from "../../src/viewmodel/frameSelection.js";
import { frameToX, xToFrame } from "../../src/viewmodel/viewport.js";
import { jumpMarks } from "./jumps.js";
import type { WavModel } from "./wavModel.js";

/** CSS pixels: closer to an edge of the selection, the pointer takes hold of it. */
const GRIP = 4;
/** CSS pixels that the lanes scroll in a frame for each pixel that the pointer is beyond their edge. */
const AUTO_SCROLL = 0.3;
const ZOOM_PER_PIXEL = 0.0022;
const PINCH_PER_PIXEL = 0.011;
const LINE_PIXELS = 33;

export interface LanePointerOptions {
  /** Moved to by a plain click (so that playback follows). */
  readonly onSeek: (frame: number) => void;
  /** The selection has been let go. */
  readonly onSelected: () => void;
}

/** Selects by dragging over `area`, whose left edge is that of the lanes. */
export function selectByPointer(
  area: HTMLElement,
  model: WavModel,
  { onSeek, onSelected }: LanePointerOptions,
): void {
  let anchor: number | undefined;
  let wasMoved = false;
  let x = 0;
  let downX = 0;
  let scrolling = 0;
  const frameAt = (at: number): number => Math.round(xToFrame(model.viewport, at));
  const placeOf = (event: PointerEvent): number => event.clientX - area.getBoundingClientRect().left;
  const extend = (): void => {
    if (anchor === undefined) return;
    const { width } = model.viewport;
    model.select({ anchor, cursor: frameAt(Math.min(width, Math.max(0, x))) });
  };
  const autoScroll = (): void => {
    const beyond = x < 0 ? x : Math.max(0, x - model.viewport.width);
    if (anchor === undefined || beyond === 0) {
      scrolling = 0;
      return;
    }
    model.scroll(beyond * AUTO_SCROLL);
    extend();
    scrolling = requestAnimationFrame(autoScroll);
  };
  area.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || model.frames === 0) return;
    x = downX = placeOf(event);
    if (x < 0) return;
    area.setPointerCapture(event.pointerId);
    wasMoved = false;
    const edge = edgeAt(model, x);
    if (event.shiftKey) {
      const { start, end } = model.span;
      const frame = frameAt(x);
      anchor = model.hasSelection
        ? Math.abs(frame - start) < Math.abs(frame - end)
          ? end
          : start
        : model.selection.anchor;
      wasMoved = true;
      extend();
    } else if (edge !== undefined) {
      anchor = edge === model.span.start ? model.span.end : model.span.start;
      wasMoved = true;
    } else anchor = frameAt(x);
  });
  area.addEventListener("pointermove", (event) => {
    x = placeOf(event);
    if (anchor === undefined) {
      area.style.cursor = edgeAt(model, x) === undefined ? "" : "ew-resize";
      return;
    }
    if (Math.abs(x - downX) > 2) wasMoved = true;
    if (!wasMoved) return;
    extend();
    if (scrolling === 0) autoScroll();
  });
  const release = (): void => {
    if (anchor !== undefined && !wasMoved) {
      model.select({ anchor, cursor: anchor });
      onSeek(anchor);
    }
    if (anchor !== undefined) onSelected();
    anchor = undefined;
  };
  area.addEventListener("pointerup", release);
  area.addEventListener("pointercancel", () => (anchor = undefined));
  area.addEventListener("dblclick", (event) => {
    const frame = xToFrame(model.viewport, event.clientX - area.getBoundingClientRect().left);
    model.selectSpan(spanBetween(jumpMarks(model), frame, model.frames));
  });
}

function edgeAt(model: WavModel, x: number): number | undefined {
  if (!model.hasSelection) return undefined;
  const { start, end } = model.span;
  return [start, end].find((frame) => Math.abs(frameToX(model.viewport, frame) - x) <= GRIP);
}

/** Wheel: zoom at the pointer; with Shift or sideways: scroll; with Alt: magnify the waveforms; pinch: zoom. */
export function zoomByWheel(area: HTMLElement, leftEdge: HTMLElement, model: WavModel): void {
  area.addEventListener(
    "wheel",
    (event) => {
      const unit = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 1 : LINE_PIXELS;
      const [dx, dy] = [event.deltaX * unit, event.deltaY * unit];
      event.preventDefault();
      if (event.altKey) model.magnify(Math.exp(-dy * ZOOM_PER_PIXEL));
      else if (event.shiftKey) model.scroll(dx + dy);
      else if (Math.abs(dx) > Math.abs(dy) && !event.ctrlKey) model.scroll(dx);
      else {
        const x = event.clientX - leftEdge.getBoundingClientRect().left;
        const rate = event.ctrlKey ? PINCH_PER_PIXEL : ZOOM_PER_PIXEL;
        model.zoom(Math.exp(Math.max(-400, Math.min(400, dy)) * rate), Math.max(0, x));
      }
    },
    { passive: false },
  );
}
