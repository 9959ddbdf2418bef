/** The session's markers as flags: press to go there, drag to move, double click or F2 to rename, Delete to remove. */
import { rounded } from "../../../src/viewmodel/clipEdits.js";
import { snapped } from "../../../src/viewmodel/snapping.js";
import { positionText } from "../../../src/viewmodel/timeRuler.js";
import { frameToX } from "../../../src/viewmodel/viewport.js";
import { element } from "../../shared/element.js";
import { editableText } from "../../shared/editableText.js";
import { hasAny, type MixPart } from "../mixPart.js";
import type { Transport } from "../transport.js";
import type { TimelineModel } from "./timelineModel.js";

/** Flags in the page at most. */
const MOST = 300;

export function markerFlags(timeline: TimelineModel, transport: Transport): MixPart {
  const { mix } = timeline;
  const group = element("div", { class: "flags", role: "group", "aria-label": "Markers" });
  let flags: { readonly flag: HTMLElement; readonly index: number }[] = [];
  let shown = "";
  return {
    element: group,
    show(_, topics) {
      if (!hasAny(topics, "viewport", "mix")) return;
      const markers = (mix.mix?.markers ?? []).slice(0, MOST);
      const key = markers.map(({ name }) => name).join("\n");
      if (key !== shown || flags.length !== markers.length) {
        shown = key;
        flags = markers.map((_marker, index) => ({ index, flag: markerFlag(timeline, transport, index) }));
        group.replaceChildren(...flags.map(({ flag }) => flag));
      }
      for (const { flag, index } of flags) {
        const { time, name } = markers[index]!;
        const x = frameToX(mix.viewport, time * timeline.sampleRate);
        flag.hidden = x < -160 || x > mix.viewport.width;
        flag.style.transform = `translateX(${x}px)`;
        const place = positionText(time * timeline.sampleRate, timeline.units);
        flag.title = `${name}, ${place}. Drag to move, F2 to rename, Delete to remove.`;
        flag.setAttribute("aria-label", `Marker ${name} at ${place}`);
      }
    },
  };
}

function markerFlag(timeline: TimelineModel, transport: Transport, index: number): HTMLElement {
  const { mix } = timeline;
  const path = ["markers", index] as const;
  const marker = () => mix.mix?.markers[index];
  const flag = element("button", { type: "button", class: "flag" }, marker()?.name ?? "");
  const rename = (): void =>
    editableText(
      flag,
      marker()?.name ?? "",
      "Name of the marker",
      (name) => void mix.set("Rename marker", [...path, "name"], name),
    );
  let from: { readonly x: number; readonly time: number } | undefined;
  let hasMoved = false;
  flag.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    flag.setPointerCapture(event.pointerId);
    from = { x: event.clientX, time: marker()?.time ?? 0 };
    hasMoved = false;
  });
  flag.addEventListener("pointermove", (event) => {
    if (!from || !mix.canEdit) return;
    hasMoved ||= Math.abs(event.clientX - from.x) > 3;
    if (!hasMoved) return;
    const by = ((event.clientX - from.x) * mix.viewport.framesPerPixel) / timeline.sampleRate;
    const at = Math.max(0, from.time + by);
    const time =
      timeline.snaps !== event.altKey ? snapped(at, timeline.snapPlaces(), timeline.snapReach) : at;
    mix.preview([...path, "time"], rounded(time));
  });
  flag.addEventListener("pointerup", () => {
    const { time } = marker() ?? { time: 0 };
    if (from && hasMoved)
      void mix.commit("Move marker", [{ type: "set", path: [...path, "time"], value: time }]);
    else transport.seek(time * timeline.sampleRate);
    from = undefined;
  });
  flag.addEventListener("dblclick", rename);
  flag.addEventListener("keydown", (event) => {
    if (event.key === "F2") rename();
    else if (event.key === "Delete" || event.key === "Backspace")
      void mix.commit("Remove marker", [{ type: "set", path, value: undefined }]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  return flag;
}
