import { channelNames } from "../../src/viewmodel/channelNames.js";
import { xToFrame } from "../../src/viewmodel/viewport.js";
import { element } from "../shared/element.js";
import { channelLane, concernsLanes, type LaneTiles } from "./channelLane.js";
import { horizontalScrollbar } from "./horizontalScrollbar.js";
import { selectByPointer, zoomByWheel, type LanePointerOptions } from "./lanePointer.js";
import { markerLane } from "./markerLane.js";
import { marksOverlay } from "./marksOverlay.js";
import { overviewStrip } from "./overviewStrip.js";
import { rulerLane } from "./rulerLane.js";
import { selectionOverlay } from "./selectionOverlay.js";
import type { WavModel } from "./wavModel.js";
import { hasAny, type WavPart } from "./wavPart.js";

export interface StageOptions extends LanePointerOptions {
  readonly model: WavModel;
  readonly tiles: LaneTiles;
  readonly loudness: WavPart;
  /** Frame that is being heard; `null` while nothing plays. */
  readonly playhead: () => number | null;
}

/** Everything along the time axis. */
export function stage(options: StageOptions): WavPart & { readonly lanes: HTMLElement } {
  const { model, tiles, loudness } = options;
  const overview = overviewStrip(tiles.peaks, model);
  const ruler = rulerLane();
  const scrollbar = horizontalScrollbar(model);
  const markers = markerLane(model, (frame) => options.onSeek(frame));
  const marks = marksOverlay();
  const overlay = selectionOverlay(options.playhead);
  const list = element("div", { class: "channels" });
  const lanes = element(
    "div",
    {
      ...{ class: "lanes", tabindex: 0, role: "application", "aria-roledescription": "waveform editor" },
      "aria-describedby": "lanes-help",
    },
    list,
  );
  const origin = element("div", { class: "origin" });
  const timeline = element(
    "div",
    { class: "timeline" },
    origin,
    loudness.element,
    ruler.element,
    markers.element,
    lanes,
    element("div", { class: "overlay" }, marks.element),
    overlay.element,
  );
  let shown: WavPart[] = [];
  let shownAs = "";
  selectByPointer(ruler.band, model, options);
  const pointerArea = laneArea(lanes, list);
  selectByPointer(pointerArea, model, options);
  followHover(pointerArea, list, model);
  zoomByWheel(timeline, origin, model);
  zoomByWheel(overview.element, origin, model);
  new ResizeObserver(() => measure()).observe(lanes);
  new ResizeObserver(() => measure()).observe(list);
  const measure = (): void => {
    timeline.style.setProperty("--bar", `${lanes.offsetWidth - lanes.clientWidth}px`);
    model.resize(Math.max(0, origin.clientWidth));
    model.touch("viewport");
  };
  return {
    element: element(
      "section",
      { class: "stage", "aria-label": "Audio" },
      overview.element,
      timeline,
      scrollbar.element,
    ),
    lanes,
    show(_, topics) {
      // The first picture is not to wait for the observers.
      if (model.viewport.width === 0) measure();
      const { channels } = model.audio;
      const names = channelNames(channels, model.state.facts?.channelMask ?? 0);
      if (names.join() !== shownAs) {
        shownAs = names.join();
        shown = names.map((name, channel) => channelLane(tiles, channel, name));
        list.replaceChildren(...shown.map((part) => part.element));
        list.append(pointerArea);
        list.style.setProperty("--channels", String(channels));
      }
      lanes.setAttribute("aria-label", `Waveform of ${model.state.name}`);
      const all = new Set(topics);
      if (hasAny(topics, "state")) all.add("viewport");
      for (const part of [overview, loudness, ruler, markers, marks, scrollbar]) part.show(model, topics);
      if (concernsLanes(all)) for (const part of shown) part.show(model, all);
      overlay.show(model, topics);
    },
  };
}

/** Lies over the lanes, without the rulers beside them, and takes the pointer. */
function laneArea(lanes: HTMLElement, list: HTMLElement): HTMLElement {
  const area = element("div", { class: "pointer-area" });
  area.addEventListener("pointerdown", () => lanes.focus({ preventScroll: true }));
  list.append(area);
  return area;
}

/** Tells the model what is under the pointer. */
function followHover(area: HTMLElement, list: HTMLElement, model: WavModel): void {
  area.addEventListener("pointermove", (event) => {
    const box = area.getBoundingClientRect();
    const frame = xToFrame(model.viewport, event.clientX - box.left);
    const strips = [...list.querySelectorAll<HTMLElement>(".strips > .strip:not([hidden])")];
    const at = strips.findIndex((strip) => event.clientY < strip.getBoundingClientRect().bottom);
    const strip = strips[at];
    if (!strip || frame < 0 || frame >= model.frames) return model.point(null);
    const inStrip = strip.getBoundingClientRect();
    const perChannel = strips.length / model.audio.channels;
    model.point({
      frame,
      channel: Math.floor(at / perChannel),
      y: Math.min(1, Math.max(0, (event.clientY - inStrip.top) / inStrip.height)),
      kind: strip.classList.contains("spectrogram") ? "spectrogram" : "waveform",
    });
  });
  area.addEventListener("pointerleave", () => model.point(null));
}
