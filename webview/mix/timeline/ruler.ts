/** The ruler: time or bars, the range that is looped, the playhead, the markers. */
import { rounded } from "../../../src/viewmodel/clipEdits.js";
import { snapped } from "../../../src/viewmodel/snapping.js";
import { positionText, rulerTicks } from "../../../src/viewmodel/timeRuler.js";
import { frameToX, xToFrame } from "../../../src/viewmodel/viewport.js";
import { element } from "../../shared/element.js";
import { Surface } from "../../shared/surface.js";
import { themeColors } from "../../shared/theme.js";
import { hasAny, type MixPart } from "../mixPart.js";
import type { Transport } from "../transport.js";
import { markerFlags } from "./markerFlags.js";
import type { TimelineModel } from "./timelineModel.js";

const COLORS = ["--quiet", "--axis", "--range"] as const;
/** Pixels that a press may move and still is a click. */
const CLICK_PIXELS = 3;

export function ruler(timeline: TimelineModel, transport: Transport): MixPart {
  const { mix } = timeline;
  const surface = new Surface("scale");
  const unit = element("button", { type: "button", class: "unit" });
  unit.addEventListener("click", () => timeline.toggleRuler());
  const flags = markerFlags(timeline, transport);
  const band = element(
    "div",
    {
      class: "band",
      title: "Click: go there. Drag: choose what is looped. Double click: nothing is chosen.",
    },
    surface.canvas,
    flags.element,
  );
  let from: { readonly x: number; readonly at: number } | undefined;
  const placeOf = (event: PointerEvent): { x: number; at: number } => {
    const x = event.clientX - band.getBoundingClientRect().left;
    const at = xToFrame(mix.viewport, x) / timeline.sampleRate;
    const isSnapped = timeline.snaps !== event.altKey;
    return { x, at: isSnapped ? snapped(at, timeline.snapPlaces(), timeline.snapReach) : at };
  };
  band.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || event.target !== surface.canvas) return;
    band.setPointerCapture(event.pointerId);
    from = placeOf(event);
  });
  band.addEventListener("pointermove", (event) => {
    if (!from) return;
    const to = placeOf(event);
    if (Math.abs(to.x - from.x) < CLICK_PIXELS) return;
    const [start, end] = [Math.min(from.at, to.at), Math.max(from.at, to.at)].map((at) =>
      Math.max(0, Math.round(at * timeline.sampleRate)),
    ) as [number, number];
    if (end > start) mix.select({ range: { start, end } });
  });
  band.addEventListener("pointerup", (event) => {
    if (from && Math.abs(placeOf(event).x - from.x) < CLICK_PIXELS)
      transport.seek(Math.max(0, placeOf(event).at) * timeline.sampleRate);
    from = undefined;
  });
  band.addEventListener("pointercancel", () => (from = undefined));
  band.addEventListener("dblclick", (event) => {
    if (event.target === surface.canvas) mix.select({ range: null });
  });
  let colors = themeColors(COLORS);
  return {
    element: element("div", { class: "row ruler" }, element("div", { class: "corner" }, unit), band),
    show(model, topics) {
      if (topics.has("theme")) colors = themeColors(COLORS);
      flags.show(model, topics);
      if (!hasAny(topics, "viewport", "theme", "mix", "selection")) return;
      const kind = timeline.units.kind === "bars" ? "Bars" : "Time";
      unit.textContent = kind;
      unit.setAttribute("aria-label", `Ruler: ${kind}; change the unit`);
      if (!surface.begin()) return;
      const { context, height } = surface;
      const { range } = mix.selection;
      if (range) {
        const [left, right] = [frameToX(mix.viewport, range.start), frameToX(mix.viewport, range.end)];
        context.fillStyle = colors["--range"];
        context.fillRect(left, height - 6, right - left, 6);
      }
      context.font = `10px ${getComputedStyle(document.body).fontFamily}`;
      context.textBaseline = "top";
      for (const { x, label } of rulerTicks(mix.viewport, timeline.units)) {
        const at = Math.round(x);
        context.fillStyle = colors["--axis"];
        context.fillRect(at, label === "" ? height - 5 : 4, 1, height);
        context.fillStyle = colors["--quiet"];
        if (label !== "") context.fillText(label, at + 4, 4);
      }
    },
  };
}

/** Adds a marker at the playhead. */
export function addMarker(timeline: TimelineModel, transport: Transport): void {
  const { mix } = timeline;
  const time = rounded(transport.playhead / timeline.sampleRate);
  const markers = mix.mix?.markers ?? [];
  const following = markers.findIndex((marker) => marker.time > time);
  const name = `Marker ${markers.length + 1}`;
  void mix.commit(`Marker at ${positionText(transport.playhead, timeline.units)}`, [
    { type: "insert", path: ["markers", following], value: { time, name } },
  ]);
}
